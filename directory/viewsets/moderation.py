"""Changes that people sent, for the staff: what waits, how it differs, publish it or say what to correct."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from directory.models import EntryChange, Practitioner
from directory.self_service import editing
from directory.self_service.differences import differences, label_of

from .guardians import ChangesFilterSet
from .standing import StandingView, url_of

NAME = "entry_changes"
MODERATE = "directory.publish_practitioner"


class ReturnForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Co poprawić?"),
        help_text=_("Osoba dostanie te słowa listem i zobaczy je przy swoim wpisie."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeView(StandingView, FormView):
    """One change beside what is published. What was seen is named, so that nobody publishes what they did not read."""

    form_class = ReturnForm
    template_name = "directory/admin/change.html"
    page_title = _("Zmiany od osoby")
    permission = MODERATE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = None
        if request.user.has_perm(self.permission) and request.method == "GET":
            response = self.nothing_waits()
        return response or super().dispatch(request, *args, **kwargs)

    def nothing_waits(self) -> HttpResponse | None:
        if editing.waiting(self.person):
            return None
        messages.info(self.request, gettext("Ta osoba nie ma zmian, które czekają na redakcję."))
        return redirect(NAME)

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.person.latest_revision_id}

    def form_valid(self, form: ReturnForm) -> HttpResponse:
        reason = form.cleaned_data["reason"].strip()
        returning = self.request.POST.get("act") == "return"
        if returning and not reason:
            form.add_error("reason", gettext("Napisz, co poprawić."))
            return self.form_invalid(form)
        act: Callable[..., None] = editing.send_back if returning else editing.publish
        more = {"reason": reason} if returning else {}
        try:
            act(
                person=self.person,
                seen=form.cleaned_data["seen"],
                now=timezone.now(),
                user=self.request.user,
                **more,
            )
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(url_of("change", self.person))
        done = (
            gettext("Odesłano do poprawy. Osoba dostanie list.")
            if returning
            else gettext("Opublikowano zmiany.")
        )
        messages.success(self.request, f"{self.person}: {done}")
        return redirect(NAME)

    def form_invalid(self, form: ReturnForm) -> HttpResponse:
        return self.nothing_waits() or super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.person
        return super().get_context_data(
            person=person,
            change=editing.waiting(person),
            differences=differences(person, editing.newest(person)),
            edit_url=self.edit_url,
            **kwargs,
        )


def fields_of(change: EntryChange) -> str:
    return ", ".join(label_of(name) for name in change.fields)


class ChangesView(ReportView):
    page_title = _("Zmiany od praktyków")
    header_icon = "edit"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    permission_policy = ModelPermissionPolicy(Practitioner)
    any_permission_required = ["publish"]
    filterset_class = ChangesFilterSet
    paginate_by = 50
    columns = [
        TitleColumn(
            "practitioner", label=_("Imię i nazwisko"), get_url=lambda row: url_of("change", row.practitioner)
        ),
        Column("place", label=_("Miejsce"), accessor="practitioner.place"),
        Column("fields", label=_("Co się zmienia"), accessor=fields_of),
        Column("guardian", label=_("Opieka"), accessor=lambda row: row.practitioner.guardian or ""),
        DateColumn("sent_at", label=_("Od kiedy")),
    ]

    def get_queryset(self) -> QuerySet[EntryChange]:
        people = ("practitioner__municipality", "practitioner__locale", "practitioner__guardian")
        return EntryChange.objects.waiting().select_related(*people).order_by("sent_at", "pk")


class ChangesMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(MODERATE))


class ChangesPanel(Component):
    """On the first page of the admin, when something waits."""

    order = 90
    template_name = "directory/admin/changes_panel.html"

    def __init__(self, count: int) -> None:
        self.count = count

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"count": self.count, "url": reverse(NAME)}


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(MODERATE) and (count := EntryChange.objects.waiting().count()):
        panels.append(ChangesPanel(count))


def urls() -> list[URLPattern]:
    return [
        path("reports/entry-changes/", ChangesView.as_view(), name=NAME),
        path(
            "reports/entry-changes/results/", ChangesView.as_view(results_only=True), name=f"{NAME}_results"
        ),
    ]


def menu_item() -> MenuItem:
    return ChangesMenuItem(_("Zmiany od praktyków"), reverse(NAME), icon_name="edit", order=690)
