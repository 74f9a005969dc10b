"""The base as a page of the tree: the finder, and below it a page for each person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from home.models import BasePage
from home.models.base import tabbed


class DirectoryPage(RoutablePageMixin, BasePage):
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    edit_handler = tabbed(BasePage.content_panels)

    class Meta:
        verbose_name = _("baza praktyków")
        verbose_name_plural = _("bazy praktyków")

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        from directory.finder import Found

        found = Found(request.GET)
        if found.asked.page > found.pages:
            return redirect(f"{self.get_url(request)}{found.asked.paged(found.pages)}")
        return self.render(request, context_overrides={"found": found, "asked": found.asked})
