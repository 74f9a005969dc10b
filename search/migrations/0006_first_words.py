"""The thesaurus and the lexicon that editors start from."""

from django.db import migrations

from search.seeding import seed


def begin(apps, schema_editor):
    models = (apps.get_model("search", name) for name in ("ThesaurusGroup", "LexiconEntry", "RulesStamp"))
    seed(*models)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_thesaurus")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
