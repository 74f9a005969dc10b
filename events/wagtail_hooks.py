from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .staff import lists

hooks.register("register_admin_menu_item", lists.menu)
modeladmin_register(lists.RegistrationAdmin)
modeladmin_register(lists.DecisionAdmin)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission, Any]:
    """Needs have no list of their own, and a right of their own."""
    return Permission.objects.filter(content_type__app_label="events", codename="view_supportneeds")
