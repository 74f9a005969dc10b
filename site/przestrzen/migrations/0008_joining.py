"""Who keeps the base sees sign-ups and consents; what an installation changes later stays."""

from django.db import migrations

DIRECTORY = "Opieka nad bazą praktyków"
SEEN = {"signup": "zgłoszenie do bazy", "consent": "zgoda"}


def begin(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for model, words in SEEN.items():
        kind, _ = ContentType.objects.get_or_create(app_label="directory", model=model)
        permission, _ = Permission.objects.get_or_create(
            content_type=kind, codename=f"view_{model}", defaults={"name": f"Can view {words}"}
        )
        for group in Group.objects.filter(name=DIRECTORY):  # an installation may have renamed or removed it
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("przestrzen", "0007_directory_settings"), ("directory", "0009_joining")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
