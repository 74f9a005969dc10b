"""Who may do what in the admin: four groups that an installation begins with; what editors change later stays."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW, ADD, CHANGE, DELETE, PUBLISH = "view", "add", "change", "delete", "publish"
EMAIL = "email"  # sees the private addresses of people in the base
EDIT = (VIEW, ADD, CHANGE)
TRANSLATIONS = {("wagtail_localize", "translation"): ("submit",)}
ALL = (*EDIT, DELETE, PUBLISH)

WRITERS = "Redakcja: piszący"
PUBLISHERS = "Redakcja: prowadzący"
DIRECTORY = "Opieka nad bazą praktyków"
COORDINATION = "Koordynacja programu"

PAGES = {WRITERS: ("add", "change"), PUBLISHERS: ("add", "change", "publish", "lock", "unlock")}
COLLECTIONS = {WRITERS: ("add",), PUBLISHERS: ("add", "change"), DIRECTORY: ("add", "change"), COORDINATION: ("add",)}
MODELS = {
    WRITERS: {**TRANSLATIONS, ("directory", "practitioner"): (VIEW,)},
    PUBLISHERS: {
        **TRANSLATIONS,
        ("blog", "series"): ALL,
        ("directory", "practitioner"): (VIEW,),
        ("home", "sitesettings"): EDIT,
        ("budgets", "budgetproject"): ALL,
    },
    DIRECTORY: {
        **TRANSLATIONS,
        ("directory", "practitioner"): (*ALL, EMAIL),
        ("directory", "method"): EDIT,
        ("directory", "topic"): EDIT,
        ("directory", "audience"): EDIT,
        ("directory", "municipality"): EDIT,
        ("directory", "importrun"): EDIT,
        ("mentoring", "mentoringoffer"): ALL,
    },
    COORDINATION: {
        ("home", "outboxmail"): (VIEW,),
        ("home", "programmesettings"): (VIEW, CHANGE),
        ("mentoring", "mentoringoffer"): ALL,
        ("directory", "practitioner"): (VIEW,),
    },
}


def begin(apps, schema_editor):
    # Permissions are otherwise made after the last migration.
    for config in installed.get_app_configs():
        config.models_module, kept = True, config.models_module
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = kept
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    PagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    CollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    # Wagtail's own two groups, and the workflow that asks the second, get their Polish names.
    Group.objects.filter(name="Editors").update(name=WRITERS)
    Group.objects.filter(name="Moderators").update(name=PUBLISHERS)
    for model in (apps.get_model("wagtailcore", "Workflow"), apps.get_model("wagtailcore", "Task")):
        model.objects.filter(name="Moderators approval").update(name="Akceptacja redakcji")

    root = Page.objects.filter(depth=1).order_by("path").first()
    collection = Collection.objects.filter(depth=1).first()
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name, models in MODELS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(enter)
        for (app, model), actions in models.items():
            codes = [f"{action}_{model}" for action in actions]
            group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename__in=codes))
        for action in PAGES.get(name, ()):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
            PagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for action in COLLECTIONS.get(name, ()):
            for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
                permission = Permission.objects.get(content_type__app_label=app, codename=f"{action}_{model}")
                CollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )


class Migration(migrations.Migration):
    dependencies = [
        ("przestrzen", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("blog", "0001_initial"),
        ("budgets", "0001_initial"),
        ("directory", "0003_imports"),
        ("home", "0002_first_home"),
        ("mentoring", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
