"""All Polish municipalities, from directory/data/municipalities.csv."""

from django.db import migrations

from directory.municipalities import load


def forwards(apps, schema_editor):
    load(apps.get_model("directory", "Municipality"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
