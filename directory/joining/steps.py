"""The steps of the form, and what was answered in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from directory.models import Consent
from directory.municipality_field import MunicipalityField

from .forms import ConsentForm, WhatForm, WhereForm, WhoForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

#: Signs of one answer, and boxes of one question, that are kept.
LONGEST_KEPT, MOST_KEPT = 6000, 200
#: The trap, and the photograph, which is kept beside what was typed.
NOT_TYPED = {"website", "photo", "remove_photo"}
Typed = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    slug: str
    title: StrPromise
    form: type[forms.Form]

    @property
    def url(self) -> str:
        return reverse("joining") if self is STEPS[0] else reverse("joining_step", args=[self.slug])

    def typed(self, sent: QueryDict) -> Typed:
        """What the step asks for out of what a browser sent, within bounds and without what a database refuses."""
        kept: Typed = {}
        for name, field in self.form.base_fields.items():
            if name in NOT_TYPED:
                continue
            if isinstance(field, MunicipalityField):
                kept |= {key: bounded(sent.get(key, ""), LONGEST_KEPT) for key in field.widget.names(name)}
            elif isinstance(field, forms.MultipleChoiceField):
                kept[name] = [bounded(value, 80) for value in sent.getlist(name)[:MOST_KEPT]]
            else:
                kept[name] = bounded(sent.get(name, ""), LONGEST_KEPT)
        return kept


def bounded(value: str, most: int) -> str:
    return value[:most].replace("\0", "")


STEPS = (
    Step("kim-jestes", _("Kim jesteś"), WhoForm),
    Step("gdzie-i-z-kim", _("Gdzie i z kim"), WhereForm),
    Step("co-robisz", _("Co robisz"), WhatForm),
    Step("zgody-i-podglad", _("Zgody i podgląd"), ConsentForm),
)
BY_SLUG = {step.slug: step for step in STEPS}


class Answers:
    """What was typed in every step, as a draft holds it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.forms = {step: step.form(data[step.slug]) for step in STEPS if step.slug in data}

    def form(self, step: Step) -> forms.Form:
        """With what was typed and what is wrong with it; empty where the step was never sent."""
        return self.forms.get(step) or step.form()

    def done(self, step: Step) -> bool:
        return step in self.forms and self.forms[step].is_valid()

    @cached_property
    def first_open(self) -> Step | None:
        """The first step that is not filled in rightly."""
        return next((step for step in STEPS if not self.done(step)), None)

    def may_see(self, step: Step) -> bool:
        """A step can be seen when all before it are done."""
        return all(self.done(before) for before in STEPS[: STEPS.index(step)])

    @cached_property
    def cleaned(self) -> dict[str, Any]:
        """All answers that are right, by field."""
        found: dict[str, Any] = {}
        for form in self.forms.values():
            form.is_valid()
            found |= form.cleaned_data
        return found

    @property
    def consents(self) -> list[Consent.Kind]:
        return [kind for kind in Consent.Kind if self.cleaned.get(kind.value)]
