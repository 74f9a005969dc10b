"""Who keeps the base sees what readers report as out of date; what an installation changes later stays."""

from django.db import migrations

DIRECTORY = "Opieka nad bazą praktyków"


def begin(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    kind, _ = ContentType.objects.get_or_create(app_label="directory", model="outdatedreport")
    permission, _ = Permission.objects.get_or_create(
        content_type=kind,
        codename="view_outdatedreport",
        defaults={"name": "Can view zgłoszenie nieaktualnych danych"},
    )
    for group in Group.objects.filter(name=DIRECTORY):  # an installation may have renamed or removed it
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("przestrzen", "0005_contact_log"), ("directory", "0006_outdated_reports")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
