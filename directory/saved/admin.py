"""For the staff: how many saved searches there are; their addresses only for those with the right to see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory.models import SavedSearch
from directory.staff_list import DirectoryList

from .searches import Question

NAME = "saved_searches_report"
PERMISSION = "directory.change_practitioner"
MONTH = timedelta(days=30)


class SavedSearchAdmin(DirectoryList):
    model = SavedSearch
    menu_label = _("Powiadomienia")
    menu_icon = "mail"
    menu_order = 116
    list_display = ["email", "words", "created_at", "confirmed_at", "due_at"]
    search_fields = ["email"]
    inspect_view_enabled = True
    inspect_view_fields = ["email", "words", "language", "created_at", "confirmed_at", "seen_until", "due_at"]

    def words(self, search: SavedSearch) -> str:
        return ", ".join(Question.kept(search).words)

    words.short_description = _("Pytanie")  # type: ignore[attr-defined]


class NumbersView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "directory/admin/saved_searches.html"
    page_title = _("Powiadomienia o nowych osobach")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        confirmed = SavedSearch.objects.confirmed()
        month = confirmed.filter(confirmed_at__gt=timezone.now() - MONTH)
        numbers = [
            (gettext("Włączone powiadomienia"), confirmed.count()),
            (gettext("Różne adresy, na które idą"), confirmed.values("email").distinct().count()),
            (gettext("Włączone albo przedłużone w ostatnich 30 dniach"), month.count()),
            (
                gettext("Czekają na potwierdzenie adresu"),
                SavedSearch.objects.filter(confirmed_at=None).count(),
            ),
        ]
        return super().get_context_data(numbers=numbers, **kwargs)


class NumbersMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(PERMISSION))


def urls() -> list[URLPattern]:
    return [path("reports/saved-searches/", NumbersView.as_view(), name=NAME)]


def menu_item() -> MenuItem:
    return NumbersMenuItem(_("Powiadomienia o nowych osobach"), reverse(NAME), icon_name="mail", order=710)
