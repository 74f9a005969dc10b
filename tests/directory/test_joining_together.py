"""Two at once make one person: the same link twice, two forms with one address, one form sent by two tabs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from directory.joining import confirming, drafts
from directory.joining.steps import STEPS, Answers
from directory.models import Consent, Practitioner, SignUp
from home.models.mail import OutboxMail

from .test_import_together import threads, untouched  # noqa: F401

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]),
]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TYPED: dict[str, Any] = {
    "kim-jestes": {"name": "Łucja Ćwik", "email": "lucja@example.org", "headline": "narady"},
    "gdzie-i-z-kim": {"voivodeship": "lubelskie"},
    "co-robisz": {"experience": "Narady o wodzie."},
    "zgody-i-podglad": {"public_profile": "on"},
}


def begun() -> SignUp:
    draft, _secret = drafts.begin(network="", now=NOW)
    for step in STEPS:
        draft = drafts.save(draft=draft, step=step, typed=TYPED[step.slug], now=NOW) or draft
    return draft


def send(draft: SignUp) -> None:
    confirming.send(draft=draft, answers=Answers(TYPED), network="", language="pl", now=NOW)


def waiting(number: int) -> list[SignUp]:
    forms = [begun() for _n in range(number)]
    for form in forms:
        send(form)
    return list(SignUp.objects.all())


def confirm(sign_up: SignUp) -> confirming.Outcome:
    return confirming.confirm(sign_up=sign_up, now=NOW + timedelta(hours=1))


def made() -> tuple[int, int, int]:
    return Practitioner.objects.count(), Consent.objects.count(), SignUp.objects.count()


def test_a_link_pressed_four_times_makes_one_person(threads: Callable[..., list[Any]]) -> None:  # noqa: F811
    ((form,),) = threads(partial(waiting, 1))
    outcomes = threads(*[partial(confirm, form)] * 4)
    assert sorted(outcome.value for outcome in outcomes) == ["late"] * 3 + ["made"]
    assert threads(made) == [(1, 1, 1)]


def test_forms_with_one_address_make_one_person(threads: Callable[..., list[Any]]) -> None:  # noqa: F811
    (forms,) = threads(partial(waiting, 3))
    outcomes = threads(*[partial(confirm, form) for form in forms])
    assert sorted(outcome.value for outcome in outcomes) == ["known", "known", "made"]
    assert threads(made) == [(1, 1, 1)]


def test_a_form_sent_by_four_tabs_is_one_mail(threads: Callable[..., list[Any]]) -> None:  # noqa: F811
    (form,) = threads(begun)
    threads(*[partial(send, form)] * 4)
    assert threads(OutboxMail.objects.count) == [1]
    assert threads(SignUp.objects.count) == [1]
