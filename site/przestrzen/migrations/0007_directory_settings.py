"""Who keeps the base says which of people's own changes go live at once; what an installation changes later stays."""

from django.db import migrations

DIRECTORY = "Opieka nad bazą praktyków"


def begin(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    kind, _ = ContentType.objects.get_or_create(app_label="directory", model="directorysettings")
    permission, _ = Permission.objects.get_or_create(
        content_type=kind,
        codename="change_directorysettings",
        defaults={"name": "Can change ustawienia bazy praktyków"},
    )
    for group in Group.objects.filter(name=DIRECTORY):  # an installation may have renamed or removed it
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("przestrzen", "0006_outdated_reports"), ("directory", "0008_own_changes")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
