"""Who keeps the thesaurus and sees what people ask for; what an installation changes later stays."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITERS = "Redakcja: piszący"
PUBLISHERS = "Redakcja: prowadzący"
DIRECTORY = "Opieka nad bazą praktyków"
COORDINATION = "Koordynacja programu"

KEEP = [f"{action}_{model}" for action in ("view", "add", "change", "delete") for model in ("thesaurusgroup", "lexiconentry")]
SEE = ["view_querycount"]
CODES = {WRITERS: SEE, PUBLISHERS: KEEP + SEE, DIRECTORY: KEEP + SEE, COORDINATION: SEE}


def begin(apps, schema_editor):
    # Permissions are otherwise made after the last migration.
    config = installed.get_app_config("search")
    config.models_module, kept = True, config.models_module
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = kept
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codes in CODES.items():
        for group in Group.objects.filter(name=name):  # an installation may have renamed or removed it
            found = Permission.objects.filter(content_type__app_label="search", codename__in=codes)
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("przestrzen", "0002_groups"), ("search", "0007_query_log")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
