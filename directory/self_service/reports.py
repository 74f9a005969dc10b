"""For the staff: entries that nobody has confirmed for a year, and why no mail asks for it."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from directory.models import FreshnessStep, Practitioner

from . import freshness

NAME = "stale_entries"


def edit_url(person: Practitioner) -> str:
    viewset: Any = Practitioner.snippet_viewset
    return reverse(f"{viewset.url_namespace}:edit", args=[person.pk])


def asked(person: Any) -> str:
    if not person.email:
        return str(_("brak adresu e-mail: zadzwoń albo poszukaj adresu"))
    if not person.last_step:
        return str(_("jeszcze nie"))
    return f"{FreshnessStep.Step(person.last_step).label}, {person.last_on:%d.%m.%Y}"


class StaleView(ReportView):
    page_title = _("Wpisy bez potwierdzenia")
    header_icon = "time"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    permission_policy = ModelPermissionPolicy(Practitioner)
    any_permission_required = ["change"]
    paginate_by = 50
    columns = [
        TitleColumn("name", label=_("Imię i nazwisko"), get_url=edit_url),
        Column("place", label=_("Miejsce")),
        Column("get_state_display", label=_("Stan")),
        Column("since", label=_("Ostatnio potwierdzono")),
        Column("asked", label=_("Prośba o potwierdzenie"), accessor=asked),
    ]

    def get_queryset(self) -> QuerySet[Practitioner]:
        steps = FreshnessStep.objects.filter(practitioner=OuterRef("pk"), since=OuterRef("since")).order_by(
            "-on", "-pk"
        )
        return (
            freshness.stale(localdate())
            .select_related("municipality", "locale")
            .annotate(last_step=Subquery(steps.values("step")[:1]), last_on=Subquery(steps.values("on")[:1]))
        )


class StaleMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("directory.change_practitioner"))


def urls() -> list[URLPattern]:
    return [
        path("reports/stale-entries/", StaleView.as_view(), name=NAME),
        path("reports/stale-entries/results/", StaleView.as_view(results_only=True), name=f"{NAME}_results"),
    ]


def menu_item() -> MenuItem:
    return StaleMenuItem(_("Wpisy bez potwierdzenia"), reverse(NAME), icon_name="time", order=700)
