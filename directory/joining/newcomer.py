"""A person out of what was typed: shown as a preview, and made when the address is confirmed."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail.models import Locale

from directory.models import Audience, Method, Practitioner, PractitionerLink, SignUp, State, Topic
from directory.models.vocabulary import Term
from directory.profiles import Profile
from directory.terms import TERMS
from home.querysets import SOURCE_LANGUAGE
from home.registry import Section

from .steps import Answers

PLAIN = ("name", "email", "headline", "organisation", "sector", "voivodeship", "experience", "biography")
TERM_FIELDS: dict[str, type[Term]] = {"methods": Method, "topics": Topic, "audiences": Audience}


def person_of(sign_up: SignUp, answers: Answers) -> Practitioner:
    """Not saved. Without what has become wrong since it was typed, such as a term that is no more."""
    given = answers.cleaned
    source = Locale.objects.get(language_code=SOURCE_LANGUAGE)
    person = Practitioner(
        locale=source,
        translation_key=sign_up.translation_key,
        public_id=sign_up.public_id,
        state=State.MODERATION,
        live=False,
        has_unpublished_changes=True,
        municipality=given.get("place"),
        works_in=given.get("works_in", []),
        languages=given.get("languages", []),
        **{name: given.get(name, "") for name in PLAIN},
    )
    for name, model in TERM_FIELDS.items():
        terms: Any = model._default_manager
        setattr(person, name, list(terms.filter(locale=source, slug__in=given.get(name, []))))
    person.links = [
        PractitionerLink(url=url, sort_order=number) for number, url in enumerate(given.get("links", []))
    ]
    return person


class NewProfile(Profile):
    """The page of somebody who is not saved yet: terms and links are on the row, nothing else is known of them. `photo`: the
    address of their photograph, or ""."""

    sections: list[tuple[str, Section]] = []
    contact_url = ""

    def __init__(self, person: Practitioner, photo: str) -> None:
        super().__init__(person)
        self.photo = photo

    @cached_property
    def _rows(self) -> list[tuple[str, str, str, str]]:
        person = self.person
        fields = dict(zip(TERMS, (person.methods, person.topics, person.audiences), strict=True))
        terms = [
            (facet, term.slug, term.name, term.description)
            for facet, rows in fields.items()
            for term in rows.all()
        ]
        return [*terms, *(("link", link.url, link.label, "") for link in person.links.all())]
