from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from .enums import Mode
from .models import EventPage
from .staff import lists, panel, views

hooks.register("register_admin_menu_item", lists.menu)
modeladmin_register(lists.RegistrationAdmin)
modeladmin_register(lists.DecisionAdmin)
hooks.register("register_admin_urls", views.urls)
hooks.register("construct_homepage_panels", panel.add_panel)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission, Any]:
    """Needs have no list of their own, and a right of their own."""
    return Permission.objects.filter(content_type__app_label="events", codename="view_supportneeds")


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def selection_button(page: Page, user: Any, *_view_name: str, **_more: Any) -> Iterator[Button]:
    """From the editor and the list of pages; a translation has the selection of its source."""
    if not isinstance(page, EventPage) or not user.has_perm(lists.SEE):
        return
    if page.mode == Mode.SELECTION and page.locale.language_code == views.SOURCE_LANGUAGE:
        yield Button(
            _("Nabór"), reverse(views.SELECTION, args=[page.pk]), icon_name="calendar-alt", priority=25
        )
