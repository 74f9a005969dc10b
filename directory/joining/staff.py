"""Newcomers in the admin: who waits (on the dashboard), the decision about one, and the list of all sign-ups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.ui.components import Component
from wagtail_modeladmin.views import IndexView

from directory.models import SignUp
from directory.models.joining import UNCONFIRMED
from directory.profiles import Profile
from directory.staff_list import DirectoryList
from directory.viewsets.practitioners import SEE_EMAIL
from directory.viewsets.standing import StandingView, url_of
from home.staff_lists import ReadOnly
from search.exporting import SafeExportMixin

from . import duplicates, moderation

DECIDE = "directory_sign_up"
MODERATE = "directory.publish_practitioner"
#: Newcomers on the dashboard.
MOST_ON_DASHBOARD = 10


class DecideForm(forms.Form):
    """`decision` comes with the button."""

    decision = forms.ChoiceField(choices=[("accept", ""), ("reject", "")], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Powód odrzucenia"),
        help_text=_("Osoba dostanie go w liście. Najwyżej 200 znaków."),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("decision") == "reject" and not data.get("reason", "").strip() and not self.errors:
            self.add_error("reason", gettext("Napisz, dlaczego: osoba dostanie to w liście."))
        return data


class DecideView(StandingView, FormView):
    form_class = DecideForm
    template_name = "directory/joining/admin/decide.html"
    page_title = _("Zgłoszenie do bazy")
    permission = MODERATE

    @cached_property
    def sign_up(self) -> SignUp:
        found = SignUp.objects.seen().filter(practitioner=self.person).first()
        if found is None:
            raise Http404
        found.practitioner = self.person
        return found

    def form_valid(self, form: DecideForm) -> HttpResponse:
        user, now = self.request.user, timezone.now()
        try:
            if form.cleaned_data["decision"] == "accept":
                moderation.accept(sign_up=self.sign_up, user=user, now=now)
                said = gettext("Wpis jest w bazie. Osoba dostanie list z odnośnikiem.")
            else:
                reason = form.cleaned_data["reason"]
                moderation.reject(sign_up=self.sign_up, reason=reason, user=user, now=now)
                said = gettext("Zgłoszenie odrzucone. Osoba dostanie list, a dane znikną za 30 dni.")
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(DECIDE, pk=self.person.pk)
        messages.success(self.request, said)
        return redirect("wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.person
        draft = person.get_latest_revision_as_object()
        return super().get_context_data(
            sign_up=self.sign_up,
            waits=self.sign_up.state == SignUp.State.MODERATION,
            person=draft,
            facts=Profile(person).facts,
            consents=person.consents.order_by("given_at", "pk"),
            may_be=[(other, url_of("edit", other)) for other in duplicates.for_staff([person])[person.pk]],
            email=person.email if self.request.user.has_perm(SEE_EMAIL) else "",
            edit_url=self.edit_url,
            **kwargs,
        )


class NewcomersPanel(Component):
    """Who waits for the staff, the longest first; nothing when nobody does."""

    name = "newcomers"
    template_name = "directory/joining/admin/panel.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        waiting = SignUp.objects.waiting().select_related(
            "practitioner__municipality", "practitioner__locale"
        )
        total = waiting.count()
        rows = [row for row in waiting[:MOST_ON_DASHBOARD] if row.practitioner]
        people = [row.practitioner for row in rows if row.practitioner]
        may_be = duplicates.for_staff(people)
        return {
            "total": total,
            "rows": [
                (person, row.confirmed_at, reverse(DECIDE, args=[person.pk]), may_be[person.pk])
                for row, person in zip(rows, people, strict=True)
            ],
            "all_url": SignUpAdmin().url_helper.index_url,
        }


class SignUpIndexView(SafeExportMixin, IndexView):
    export_headings = {
        "practitioner": _("Osoba"),
        "place": _("Miejsce"),
        "state": _("Stan"),
        "sent_at": _("Wysłane"),
        "confirmed_at": _("Adres potwierdzono"),
        "decided_at": _("Rozpatrzone"),
    }


class ConfirmedOnly(ReadOnly):
    """What nobody has confirmed may be about anybody."""

    def user_can_inspect_obj(self, user: Any, obj: SignUp) -> bool:
        return obj.practitioner_id is not None and super().user_can_inspect_obj(user, obj)


class SeenState(SimpleListFilter):
    """The states that this list shows."""

    title = _("stan")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, state.label) for state in SignUp.State if state not in UNCONFIRMED]

    def queryset(self, request: HttpRequest, rows: QuerySet[SignUp]) -> QuerySet[SignUp]:
        return rows.filter(state=self.value()) if self.value() else rows


class SignUpAdmin(DirectoryList):
    model = SignUp
    menu_label = _("Zgłoszenia do bazy")
    menu_icon = "user"
    menu_order = 112
    permission_helper_class = ConfirmedOnly
    index_view_class = SignUpIndexView
    list_display = ["practitioner", "place", "state", "sent_at", "confirmed_at", "decided_at", "decision"]
    list_filter = [SeenState]
    list_export = ["practitioner", "place", "state", "sent_at", "confirmed_at", "decided_at"]
    list_select_related = ["practitioner__municipality", "practitioner__locale"]
    export_filename = "zgloszenia-do-bazy"
    search_fields = ["practitioner__name"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "practitioner", "state", "language", "sent_at", "confirmed_at", "decided_at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignUp]:
        rows: Any = super().get_queryset(request)
        return rows.seen()

    def place(self, sign_up: SignUp) -> str:
        return sign_up.place

    place.short_description = _("Miejsce")  # type: ignore[attr-defined]

    def decision(self, sign_up: SignUp) -> SafeString | str:
        if sign_up.state != SignUp.State.MODERATION:
            return ""
        url = reverse(DECIDE, args=[sign_up.practitioner_id])
        return format_html('<a href="{}">{}</a>', url, gettext("Rozpatrz"))

    decision.short_description = _("Decyzja")  # type: ignore[attr-defined]


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(MODERATE):
        panels.append(NewcomersPanel())


def urls() -> list[URLPattern]:
    return [path("zgloszenia-do-bazy/<int:pk>/", DecideView.as_view(), name=DECIDE)]
