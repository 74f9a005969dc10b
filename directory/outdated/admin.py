"""The staff's list of reports, and the page of one: ask the person, or say that it is settled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdmin

from directory.models import OutdatedReport, Practitioner
from directory.outdated import services
from home.mail.admin import ReadOnly

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


class OutdatedReportAdmin(ModelAdmin):
    model = OutdatedReport
    menu_label = _("Nieaktualne dane")
    menu_icon = "warning"
    menu_order = 116
    permission_helper_class = ReadOnly
    button_helper_class = ReportButtons
    list_display = ["practitioner", "text", "created_at", "asked_at", "settled_at"]
    list_select_related = ["practitioner"]
    list_filter = ["settled_at", "created_at"]
    search_fields = ["practitioner__name", "text"]


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
