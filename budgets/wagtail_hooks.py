from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from budgets.models import BudgetEditionPage
from budgets.views import paste_projects
from budgets.viewsets import BudgetProjectViewSet


@hooks.register("register_admin_viewset")
def projects() -> BudgetProjectViewSet:
    return BudgetProjectViewSet("budget_projects", url_prefix="budzety/projekty")


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("budzety/<int:page_id>/wklej/", paste_projects, name="budget_paste_projects")]


@hooks.register("register_page_header_buttons")
def paste_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """ "Paste projects" in the menu of an edition's page, beside the other things to do with it."""
    if isinstance(page, BudgetEditionPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Wklej projekty"),
            url=reverse("budget_paste_projects", args=[page.pk]),
            icon_name="table",
            priority=60,
        )
