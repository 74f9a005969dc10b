"""What the staff's lists of records share: records are written by the site, people read, filter and export them."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin


class ReadOnly(PermissionHelper):
    """Records are written by the site; people read them."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_list(self, user: Any) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.user_can_list(user)


class StaffList(ModelAdmin):
    """A list in the menu that `menu_hook` names: the main one, or a group's `submenu_hook`."""

    permission_helper_class = ReadOnly
    menu_hook = "register_admin_menu_item"
    add_to_admin_menu = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """`list_select_related` holds for exports and single records too, not for the list alone."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows

    def register_with_wagtail(self) -> None:
        super().register_with_wagtail()
        hooks.register(self.menu_hook, self.get_menu_item)


def is_set(field: str, model: Any) -> type[SimpleListFilter]:
    """A filter: whether the date of that name is there, as yes or no."""

    class IsSet(SimpleListFilter):
        title = model._meta.get_field(field).verbose_name
        parameter_name = field

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return [("tak", _("tak")), ("nie", _("nie"))]

        def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
            if self.value() not in ("tak", "nie"):
                return rows
            return rows.filter(**{f"{field}__isnull": self.value() == "nie"})

    return IsSet
