"""What can be done with many people of the list at once: each action says first for whom it can be done, and why not for the
others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from directory import services
from directory.models import Consent, Method, Practitioner, State
from directory.self_service import freshness
from home.keys import numbers
from home.querysets import SOURCE_LANGUAGE

#: People in one action, which is one transaction.
MOST = 200


class PeopleAction(SnippetBulkAction):
    models = [Practitioner]
    template_name = "directory/admin/bulk.html"
    #: The right that it takes, of Practitioner.
    right: str
    #: What stands above the people for whom it can be done.
    question: Any
    request: Any

    def refusal(self, person: Any) -> str:
        """Why it cannot be done for this Polish row, or ""."""
        raise NotImplementedError

    def act(self, person: Practitioner, now: datetime) -> bool:
        """Do it; False where it was done already. Raises ValidationError where it cannot be done any more."""
        raise NotImplementedError

    @cached_property
    def sorted_out(self) -> tuple[list[Practitioner], list[tuple[Practitioner, str]]]:
        """For whom it can be done, and for whom not with the reason; in a fixed number of queries."""
        ids = numbers(self.request.GET.getlist("id"))
        people = Practitioner.objects.select_related("locale", "municipality", "latest_revision")
        people = people.filter(pk__in=ids[: MOST + 1])
        consents = Consent.objects.standing().filter(
            practitioner=OuterRef("pk"), kind=Consent.Kind.PUBLIC_PROFILE
        )
        lately = freshness.asked_lately(timezone.now()).filter(practitioner=OuterRef("pk"))
        rows = people.annotate(consented=Exists(consents), asked_lately=Exists(lately)).order_by("name", "pk")
        possible, refused = [], []
        for person in rows[: MOST + 1]:
            if why := self.why_not(person):
                refused.append((person, why))
            else:
                possible.append(person)
        return possible, refused

    @property
    def too_many(self) -> bool:
        """Also "all": Wagtail means everybody by it, whatever the list was narrowed to."""
        chosen = sum(len(part) for part in self.sorted_out)
        return chosen > MOST or "all" in self.request.GET.getlist("id")

    def why_not(self, person: Practitioner) -> str:
        if not self.request.user.has_perm(f"directory.{self.right}_practitioner"):
            return _("nie masz do tego prawa")
        if person.locale.language_code != SOURCE_LANGUAGE:
            return _("to tłumaczenie: zaznacz wpis polski")
        if person.locked:
            return _("wpis jest zablokowany")
        return self.refusal(person)

    def get_actionable_objects(self) -> tuple[list[Practitioner], dict[str, Any]]:
        possible, refused = self.sorted_out
        return ([] if self.too_many else possible), {"items_with_no_access": refused}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.display_name, question=self.question, too_many=self.too_many, most=MOST, **kwargs
        )

    @classmethod
    def execute_action(cls, objects: Sequence[Practitioner], **kwargs: Any) -> tuple[int, int]:
        """How many were done, and how many not after all: somebody was faster."""
        action, now = kwargs["self"], timezone.now()
        done: Counter[bool] = Counter()
        for person in objects:
            try:
                done[action.act(person, now)] += 1
            except ValidationError:
                done[False] += 1
        return done[True], done[False]

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        refused = len(self.sorted_out[1]) + num_child_objects
        said = ngettext("Zrobiono: %(count)d osoba.", "Zrobiono: %(count)d osób.", num_parent_objects)
        said %= {"count": num_parent_objects}
        if refused:
            left = ngettext("Bez zmian: %(count)d osoba.", "Bez zmian: %(count)d osób.", refused)
            said = f"{said} {left % {'count': refused}}"
        return said


class PublishAction(PeopleAction):
    display_name = gettext_lazy("Opublikuj")
    action_type = "publish"
    aria_label = gettext_lazy("Opublikuj wpisy zaznaczonych osób")
    action_priority = 10
    right = "publish"
    question = gettext_lazy(
        "Opublikować najnowsze wersje i przyjąć do bazy tych, którzy czekają na redakcję?"
    )

    def refusal(self, person: Any) -> str:
        if person.state not in (State.LIVE, State.MODERATION):
            return _("stan „%(state)s”") % {"state": person.get_state_display()}
        if not person.consented:
            return _("brak zgody na publikację")
        if person.state == State.LIVE and person.live and not person.has_unpublished_changes:
            return _("już opublikowany, bez nowszego szkicu")
        return ""

    def act(self, person: Practitioner, now: datetime) -> bool:
        services.publish(practitioner=person, now=now, user=self.request.user)
        return True


class PauseAction(PeopleAction):
    display_name = gettext_lazy("Wstrzymaj")
    action_type = "pause"
    aria_label = gettext_lazy("Wstrzymaj wpisy zaznaczonych osób")
    action_priority = 15
    right = "publish"
    question = gettext_lazy("Wstrzymać wpisy? Znikną z bazy od razu; osoba albo zespół może je przywrócić.")

    def refusal(self, person: Any) -> str:
        if person.state != State.LIVE:
            return _("stan „%(state)s”") % {"state": person.get_state_display()}
        return ""

    def act(self, person: Practitioner, now: datetime) -> bool:
        services.change_state(practitioner=person, state=State.PAUSED, now=now, user=self.request.user)
        return True


class AskAction(PeopleAction):
    display_name = gettext_lazy("Poproś o potwierdzenie")
    action_type = "ask"
    aria_label = gettext_lazy("Poproś zaznaczone osoby o potwierdzenie danych")
    action_priority = 20
    right = "change"
    question = gettext_lazy(
        "Wysłać prośbę o potwierdzenie danych? List nie wstrzymuje wpisu, gdy zabraknie odpowiedzi."
    )

    def refusal(self, person: Any) -> str:
        if person.state != State.LIVE:
            return _("stan „%(state)s”") % {"state": person.get_state_display()}
        if not person.email:
            return _("brak adresu e-mail")
        if person.asked_lately:
            return _("pytano w ostatnich dwóch tygodniach")
        return ""

    def act(self, person: Practitioner, now: datetime) -> bool:
        return freshness.ask_now(practitioner=person, now=now, user=self.request.user)


class MethodForm(forms.Form):
    method: forms.ModelChoiceField[Method] = forms.ModelChoiceField(
        label=gettext_lazy("Metoda"),
        queryset=Method.objects.none(),
        help_text=gettext_lazy("Kto ją już ma, zostaje bez zmian."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        polish = Method.objects.filter(locale__language_code=SOURCE_LANGUAGE).order_by("name")
        self.fields["method"].queryset = polish  # type: ignore[attr-defined]


class AddMethodAction(PeopleAction):
    display_name = gettext_lazy("Dodaj metodę")
    action_type = "add-method"
    aria_label = gettext_lazy("Dodaj metodę zaznaczonym osobom")
    action_priority = 25
    right = "publish"
    question = gettext_lazy(
        "Komu dodać metodę? Zmiana jest widoczna od razu i trafia też do nowszego szkicu."
    )
    form_class = MethodForm
    cleaned_form: Any

    def refusal(self, person: Any) -> str:
        return _("wycofany z bazy") if person.state == State.WITHDRAWN else ""

    def act(self, person: Practitioner, now: datetime) -> bool:
        method = self.cleaned_form.cleaned_data["method"]
        return services.add_method(practitioner=person, method=method, now=now, user=self.request.user)


ACTIONS = (PublishAction, PauseAction, AskAction, AddMethodAction)
