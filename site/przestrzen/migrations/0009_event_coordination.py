"""A group for who runs events: registrations, the decisions on them, and what people need on the spot."""

from django.db import migrations

COORDINATION = "Koordynacja wydarzeń"
RIGHTS = {
    ("wagtailadmin", "admin"): {"access_admin": "Can access Wagtail admin"},
    ("events", "registration"): {
        "view_registration": "Can view zgłoszenie na wydarzenie",
        "change_registration": "Can change zgłoszenie na wydarzenie",
    },
    ("events", "registrationevent"): {"view_registrationevent": "Can view decyzja"},
    ("events", "supportneeds"): {"view_supportneeds": "Can view potrzeby"},
}


def begin(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    group, _ = Group.objects.get_or_create(name=COORDINATION)
    for (app, model), rights in RIGHTS.items():
        kind, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        for codename, words in rights.items():
            permission, _ = Permission.objects.get_or_create(
                content_type=kind, codename=codename, defaults={"name": words}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("przestrzen", "0008_joining"), ("events", "0005_told_state")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
