"""The staff's list of reports, and the page of one: ask the person, or say that it is settled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import ButtonHelper

from directory.models import OutdatedReport, Practitioner
from directory.outdated import services
from directory.staff_list import DirectoryList
from home.staff_lists import is_set

NAME = "outdated_report"
view_reports = permission_required("directory.view_outdatedreport", login_url="wagtailadmin_login")


class ReportButtons(ButtonHelper):
    def get_buttons_for_obj(self, obj: OutdatedReport, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        return [self.get_primary_button(obj)]

    def get_primary_button(self, obj: OutdatedReport) -> dict[str, Any]:
        return {
            "url": reverse(NAME, args=[obj.pk]),
            "label": gettext("Otwórz"),
            "classname": "button button-small button-secondary",
            "title": gettext("Otwórz zgłoszenie: %(name)s") % {"name": obj},
        }


class OutdatedReportAdmin(DirectoryList):
    model = OutdatedReport
    menu_label = _("Nieaktualne dane")
    menu_icon = "warning"
    menu_order = 116
    button_helper_class = ReportButtons
    list_display = ["practitioner", "text", "created_at", "asked_at", "settled_at"]
    list_select_related = ["practitioner"]
    list_filter = [is_set("settled_at", OutdatedReport), "created_at"]
    search_fields = ["practitioner__name", "text"]
    ordering = ["is_settled", "-created_at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutdatedReport]:
        return OutdatedReport.objects.alias(is_settled=Q(settled_at__isnull=False))


@view_reports
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows a report, POST acts on it (act=ask or act=settle)."""
    found = get_object_or_404(OutdatedReport.objects.select_related("practitioner", "settled_by"), pk=pk)
    if request.method == "POST":
        now = timezone.now()
        if request.POST.get("act") == "ask" and services.ask(found=found, now=now):
            messages.success(request, gettext("Prośba o potwierdzenie wpisu czeka na wysłanie."))
        elif request.POST.get("act") == "settle" and services.settle(found=found, user=request.user, now=now):
            messages.success(request, gettext("Zgłoszenie załatwione."))
        return redirect(request.path)
    person: Any = found.practitioner
    return TemplateResponse(
        request,
        "directory/admin/outdated.html",
        {
            "report": found,
            "can_be_asked": services.can_be_asked(found),
            "edit_url": reverse(f"{Practitioner.snippet_viewset.url_namespace}:edit", args=[person.pk])
            if request.user.has_perm("directory.change_practitioner")
            else "",
            "back": OutdatedReportAdmin().url_helper.index_url,
        },
    )


def urls() -> list[Any]:
    return [path("nieaktualne-dane/<int:pk>/", report, name=NAME)]
