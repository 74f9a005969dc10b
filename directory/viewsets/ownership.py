"""Whose an entry is and who looks after it: a page of its own, because it takes effect at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from directory.models import Practitioner
from directory.self_service import ownership

from .standing import StandingView

SEE_EMAIL = "directory.email_practitioner"
CHANGE = "directory.change_practitioner"


def staff(person: Practitioner) -> Any:
    """Who may edit people, and whoever looks after this one now."""
    users: Any = get_user_model()._default_manager
    able = users.with_perm(CHANGE, backend="django.contrib.auth.backends.ModelBackend")
    return users.filter(pk__in=[*able.values_list("pk", flat=True), person.guardian_id]).order_by(
        "last_name", "username"
    )


class GuardianField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.get_full_name() or obj.get_username()


class OwnershipForm(forms.Form):
    guardian = GuardianField(
        None,
        label=_("Kto opiekuje się wpisem"),
        help_text=_("Ktoś z zespołu. Na stronie tego nie widać."),
        empty_label=_("nikt"),
        required=False,
    )
    address = forms.EmailField(
        label=_("Przekaż wpis pod adres"),
        help_text=_(
            "Zostaw puste, jeśli adres się nie zmienia. Dotychczasowy adres dostanie wiadomość bez nowego, "
            "nowy dostanie odnośnik do wpisu, a wszystkie wcześniejsze odnośniki przestaną działać."
        ),
        max_length=254,
        required=False,
    )
    reason = forms.CharField(
        label=_("Dlaczego zmienia się adres"),
        help_text=_(
            "Konieczne przy przekazaniu. Zostanie w historii, którą osoba może przeczytać: bez adresów."
        ),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, person: Practitioner, may_hand_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        guardian: Any = self.fields["guardian"]
        guardian.queryset = staff(person)
        if not may_hand_over:
            del self.fields["address"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("address") and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", gettext("Podaj powód: zostanie w historii wpisu."))
        return cleaned

    @transaction.atomic
    def save(self, user: Any) -> None:
        """Raises ValidationError."""
        cleaned, now = self.cleaned_data, timezone.now()
        ownership.set_guardian(practitioner=self.person, guardian=cleaned["guardian"], now=now, user=user)
        if cleaned.get("address"):
            ownership.hand_over(
                practitioner=self.person,
                address=cleaned["address"],
                reason=cleaned["reason"],
                now=now,
                user=user,
            )


class OwnershipView(StandingView, FormView):
    form_class = OwnershipForm
    template_name = "directory/admin/ownership.html"
    page_title = _("Opieka i przekazanie")
    permission = CHANGE

    def get_initial(self) -> dict[str, Any]:
        return {"guardian": self.person.guardian_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        may_hand_over = self.request.user.has_perm(SEE_EMAIL)
        return super().get_form_kwargs() | {"person": self.person, "may_hand_over": may_hand_over}

    def form_valid(self, form: OwnershipForm) -> HttpResponse:
        try:
            form.save(self.request.user)
        except ValidationError as error:
            form.add_error("address", error)
            return self.form_invalid(form)
        messages.success(self.request, gettext("Zapisano. Zmiana jest w historii wpisu."))
        return redirect(self.edit_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, edit_url=self.edit_url, **kwargs)
