"""State and consents of a person in the admin: shown in the editor, changed on a page of their own.

They are no fields of the editing form, because they take effect at once and are no part of a draft.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.panels import Panel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory import services
from directory.models import Consent, Practitioner, State
from directory.self_service import editing


def standing_of(person: Practitioner) -> dict[str, Any]:
    """What the panel and the page show: state, consents with the latest first, whether the public sees the profile."""
    source = person.source
    consents = list(source.consents.order_by("-given_at", "-pk"))
    agreed = any(
        consent.kind == Consent.Kind.PUBLIC_PROFILE and consent.withdrawn_at is None for consent in consents
    )
    return {
        "person": source,
        "consents": consents,
        "agreed": agreed,
        "visible": agreed and source.state == State.LIVE and source.live,
    }


class StandingPanel(Panel):
    def clone_kwargs(self) -> dict[str, Any]:
        kwargs = super().clone_kwargs()
        del kwargs["help_text"]
        return kwargs

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/standing_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                source = self.instance.source
                context |= standing_of(source)
                context["state_url"] = url_of("state", source)
                context["ownership_url"] = url_of("ownership", source)
                context["change_url"] = url_of("change", source) if editing.waiting(source) else ""
            return context


def url_of(view: str, person: Practitioner) -> str:
    return reverse(f"{Practitioner.snippet_viewset.url_namespace}:{view}", args=[person.pk])


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("Nowy stan"), required=False, widget=forms.RadioSelect)
    state_reason = forms.CharField(
        label=_("Powód"),
        required=False,
        max_length=200,
        help_text=_("Konieczny, gdy ukrywasz albo wycofujesz wpis; widzi go tylko zespół."),
    )
    consent = forms.BooleanField(
        label=_("Ta osoba zgodziła się na publikację profilu"),
        help_text=_("Bez zgody nikt poza zespołem nie zobaczy profilu."),
        required=False,
    )

    mentoring = forms.BooleanField(
        label=_("Ta osoba zgodziła się na ofertę mentorską"),
        help_text=_("Bez tej zgody nie można zapisać jej oferty."),
        required=False,
    )
    withdrawn = forms.MultipleChoiceField(
        label=_("Ta osoba wycofała zgodę"),
        help_text=_(
            "Działa od razu: bez zgody na profil znika on z bazy, bez zgody na mentoring znika oferta."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    asked = {"consent": Consent.Kind.PUBLIC_PROFILE, "mentoring": Consent.Kind.MENTORING}

    def __init__(self, *args: Any, person: Practitioner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        held = [Consent.Kind(kind) for kind in person.consents.standing().values_list("kind", flat=True)]
        for name, kind in self.asked.items():
            if kind in held:
                del self.fields[name]
        if held:
            choices = cast(forms.MultipleChoiceField, self.fields["withdrawn"])
            choices.choices = [(kind.value, str(kind.label)) for kind in held]
        else:
            del self.fields["withdrawn"]
        stay = gettext("bez zmian: %(state)s") % {"state": person.get_state_display()}
        states = services.allowed_states(person)
        field = cast(forms.ChoiceField, self.fields["state"])
        field.choices = [("", stay), *((state.value, str(state.label)) for state in states)]
        field.initial = ""

    def save(self, user: Any) -> None:
        """Raises ValidationError."""
        now = timezone.now()
        with transaction.atomic():
            for name, kind in self.asked.items():
                if self.cleaned_data.get(name):
                    services.record_consent(practitioner=self.person, kind=kind, now=now, user=user)
            for kind in self.cleaned_data.get("withdrawn", []):
                services.withdraw_consent(practitioner=self.person, kind=kind, now=now, user=user)
            if state := self.cleaned_data["state"]:
                services.change_state(
                    practitioner=self.person,
                    state=state,
                    reason=self.cleaned_data["state_reason"],
                    now=now,
                    user=user,
                )


class StandingView(WagtailAdminTemplateMixin):
    """A page about one person, for those who hold `permission`."""

    kwargs: dict[str, Any]
    header_icon = "user"
    permission: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> Practitioner:
        return get_object_or_404(Practitioner.objects.select_related("locale"), pk=self.kwargs["pk"]).source

    @property
    def edit_url(self) -> str:
        return url_of("edit", self.person)

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.edit_url, "label": str(self.person)},
            {"url": "", "label": self.page_title},
        ]


class StateView(StandingView, FormView):
    form_class = StateForm
    template_name = "directory/admin/state.html"
    page_title = _("Stan i zgody")
    permission = "directory.publish_practitioner"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.person}

    def form_valid(self, form: StateForm) -> HttpResponse:
        try:
            form.save(self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, gettext("Zapisano. Zmiana jest w historii wpisu."))
        return redirect(self.edit_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_erase = self.request.user.has_perm(EraseView.permission)
        return super().get_context_data(
            edit_url=self.edit_url,
            erase_url=url_of("erase", self.person) if may_erase else "",
            **standing_of(self.person),
            **kwargs,
        )


class EraseView(StandingView, TemplateView):
    """Asks, and on POST removes the person for good."""

    template_name = "directory/admin/erase.html"
    page_title = _("Usunięcie danych osoby")
    permission = "directory.delete_practitioner"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            services.erase(practitioner=self.person, now=timezone.now(), user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(url_of("erase", self.person))
        messages.success(request, gettext("Usunięto dane tej osoby."))
        return redirect(f"{Practitioner.snippet_viewset.url_namespace}:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, back_url=url_of("state", self.person), **kwargs)
