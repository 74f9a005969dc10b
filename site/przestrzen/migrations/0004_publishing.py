"""The right to publish people and mentoring offers, which 0002 promised: Wagtail makes it only after the last migration."""

from django.db import migrations

DIRECTORY = "Opieka nad bazą praktyków"
COORDINATION = "Koordynacja programu"

PUBLISH = {
    ("directory", "practitioner"): (DIRECTORY,),
    ("mentoring", "mentoringoffer"): (DIRECTORY, COORDINATION),
}


def begin(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for (app, model), names in PUBLISH.items():
        kind, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        permission, _ = Permission.objects.get_or_create(
            content_type=kind, codename=f"publish_{model}", defaults={"name": f"Can publish {model}"}
        )
        for group in Group.objects.filter(name__in=names):  # an installation may have renamed or removed one
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("przestrzen", "0003_search_groups"),
        ("directory", "0003_imports"),
        ("mentoring", "0001_initial"),
    ]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
