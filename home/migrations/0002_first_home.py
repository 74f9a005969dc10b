"""A site to begin with: both languages, and a Polish home page in place of Wagtail's welcome."""

from django.db import migrations


def begin(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")

    polish, _ = Locale.objects.get_or_create(language_code="pl")
    Locale.objects.get_or_create(language_code="en")
    if HomePage.objects.exists():
        return
    root = Page.objects.filter(depth=1).order_by("path").first()
    Page.objects.filter(path__startswith=root.path, depth=2).delete()
    kind, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    home = HomePage.objects.create(
        title="Przestrzeń Praktyków Partycypacji",
        draft_title="Przestrzeń Praktyków Partycypacji",
        slug="start",
        path=f"{root.path}0001",
        depth=2,
        numchild=0,
        url_path="/start/",
        content_type=kind,
        locale=polish,
    )
    Page.objects.filter(pk=root.pk).update(numchild=1)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page_id": home.pk, "site_name": home.title},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
