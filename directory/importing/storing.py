"""Plans of one chunk → the base: bulk statements, one short transaction, everything that an editor's save would do.

That is: rows, relations, links, consents, the entry in Wagtail's history, the unpublished draft where there is one, Wagtail's
reference index ("used in"), and a note to the search index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import router
from wagtail.models import Locale, ModelLogEntry, ReferenceIndex

from directory.models import Consent, FormerSlug, Municipality, Practitioner, PractitionerLink, State
from directory.models.consents import PROFILE_CONSENT_TEXT
from directory.querysets import ascii_slug
from directory.sharing import TERMS
from home.querysets import SOURCE_LANGUAGE
from search import indexing

from .lookups import Lookups
from .planning import Outcome, Plan

LOG_ACTION = "directory.import"


def apply(plans: Sequence[Plan], lookups: Lookups, slugs: Slugs, *, user: Any, now: datetime) -> None:
    """Write what the plans say. To be called in a transaction."""
    changed = [plan for plan in plans if plan.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    for plan in changed:
        for name, words in plan.unknown.items():
            known = lookups.terms[name]
            keys = [known.find(word) or known.create(word) for word in words]
            plan.terms[name] = [*plan.terms.get(name, []), *keys]
    create([plan for plan in changed if plan.person is None], slugs, now)
    drafts = {id(plan): draft for plan in changed if (draft := draft_of(plan))}
    for plan in changed:
        if plan.outcome == Outcome.UPDATED and plan.fields:
            values = {k: v for k, v in plan.fields.items() if k != "name"} | {"confirmed_at": now.date()}
            Practitioner.objects.filter(pk=key_of(plan)).update(**values)
            if "name" in plan.fields:
                rename(plan)
    relate(changed)
    link(changed)
    Consent.objects.bulk_create(
        Consent(
            practitioner_id=key_of(plan),
            kind=Consent.Kind.PUBLIC_PROFILE,
            text_version=PROFILE_CONSENT_TEXT,
            channel=Consent.Channel.IMPORT,
            given_at=now,
        )
        for plan in changed
        if plan.consent
    )
    for plan in changed:
        if draft := drafts.get(id(plan)):
            carry_into(draft, plan, user)
    record(changed, user, now)
    refer(changed)
    note_index(changed)


def planned(plan: Plan) -> Practitioner:
    """The person of a plan that is to be stored: by then there is one."""
    return cast(Practitioner, plan.person)


def key_of(plan: Plan) -> int:
    return planned(plan).pk


def create(plans: list[Plan], slugs: Slugs, now: datetime) -> None:
    locale = Locale.objects.get(language_code=SOURCE_LANGUAGE)
    taken = slugs.free([plan.fields["name"] for plan in plans])
    people = [
        Practitioner(
            public_id=plan.public_id,
            slug=slug,
            locale=locale,
            state=State.LIVE,
            state_changed_at=now,
            confirmed_at=now.date(),
            live=True,
            first_published_at=now,
            last_published_at=now,
            **plan.fields,
        )
        for plan, slug in zip(plans, taken, strict=True)
    ]
    for plan, person in zip(plans, Practitioner.objects.bulk_create(people), strict=True):
        plan.person = person


def rename(plan: Plan) -> None:
    """The address follows the name, and the old address goes on leading here: `save` knows how."""
    person = planned(plan)
    person.name = plan.fields["name"]
    person.save(update_fields=["name"])


def relate(plans: list[Plan]) -> None:
    for name in TERMS:
        relation = Practitioner._meta.get_field(name)
        through = relation.remote_field.through
        term = f"{relation.related_model._meta.model_name}_id"
        touched = [plan for plan in plans if name in plan.terms]
        old = [key_of(plan) for plan in touched if plan.outcome == Outcome.UPDATED]
        if old:
            through._default_manager.filter(practitioner__in=old).delete()
        through._default_manager.bulk_create(
            through(practitioner_id=key_of(plan), **{term: key})
            for plan in touched
            for key in dict.fromkeys(plan.terms[name])
        )


def link(plans: list[Plan]) -> None:
    touched = [plan for plan in plans if plan.links is not None]
    old = [key_of(plan) for plan in touched if plan.outcome == Outcome.UPDATED]
    if old:
        PractitionerLink.objects.filter(practitioner__in=old).delete()
    PractitionerLink.objects.bulk_create(
        PractitionerLink(practitioner_id=key_of(plan), url=url, label=label, sort_order=place)
        for plan in touched
        for place, (url, label) in enumerate(plan.links or [])
    )


def draft_of(plan: Plan) -> Practitioner | None:
    """The draft that waits to be published: what the file says goes there too, or publishing would undo it."""
    if plan.outcome != Outcome.UPDATED or plan.person is None or not plan.person.has_unpublished_changes:
        return None
    draft: Practitioner = plan.person.get_latest_revision_as_object()
    return draft


def carry_into(draft: Practitioner, plan: Plan, user: Any) -> None:
    for name, value in plan.fields.items():
        setattr(draft, name, value)
    for name, keys in plan.terms.items():
        relation = Practitioner._meta.get_field(name)
        setattr(draft, name, list(relation.related_model._default_manager.filter(pk__in=keys)))
    if plan.links is not None:
        draft.links = [
            PractitionerLink(url=url, label=label, sort_order=place)
            for place, (url, label) in enumerate(plan.links)
        ]
    draft.save_revision(user=user, clean=False)


def record(plans: list[Plan], user: Any, now: datetime) -> None:
    """An entry in the history of each person."""
    content_type = ContentType.objects.get_for_model(Practitioner, for_concrete_model=False)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=content_type,
            object_id=str(key_of(plan)),
            label=str(plan.fields.get("name") or plan.person),
            action=LOG_ACTION,
            data={"created": plan.outcome == Outcome.CREATED, "fields": sorted({*plan.fields, *plan.terms})},
            timestamp=now,
            user=user,
            content_changed=True,
        )
        for plan in plans
    )


def refer(plans: list[Plan]) -> None:
    """Tell Wagtail's reference index, which Wagtail itself tells in `save`: of what a file sets, only the municipality
    is in it.
    """
    types = ContentType.objects.get_for_models(Practitioner, Municipality, for_concrete_models=False)
    touched = [plan for plan in plans if "municipality_id" in plan.fields]
    old = [str(key_of(plan)) for plan in touched if plan.outcome == Outcome.UPDATED]
    if old:
        ReferenceIndex.objects.filter(
            base_content_type=types[Practitioner], object_id__in=old, content_path="municipality"
        ).delete()
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            base_content_type=types[Practitioner],
            content_type=types[Practitioner],
            object_id=str(key_of(plan)),
            to_content_type=types[Municipality],
            to_object_id=plan.fields["municipality_id"],
            model_path="municipality",
            content_path="municipality",
            content_path_hash=ReferenceIndex._get_content_path_hash("municipality"),
        )
        for plan in touched
        if plan.fields["municipality_id"]
    )


def note_index(plans: list[Plan]) -> None:
    """Put everybody on the index's list, translations too: their facets follow the Polish row."""
    alias = router.db_for_write(Practitioner)
    old = [plan.person.translation_key for plan in plans if plan.person and plan.outcome == Outcome.UPDATED]
    translations = Practitioner.objects.filter(translation_key__in=old)
    translated = translations.exclude(locale__language_code=SOURCE_LANGUAGE).values_list("pk", flat=True)
    if keys := [*map(key_of, plans), *(translated if old else [])]:
        indexing.note_keys(alias, Practitioner, keys)


class Slugs:
    """Free addresses for a run's newcomers. Remembers the last number of each repeated name only."""

    def __init__(self) -> None:
        self.last: Counter[str] = Counter()

    def free(self, names: Sequence[str]) -> list[str]:
        """An address for each name, in their order, all different and none taken. Few statements, whatever the names."""
        stems = [ascii_slug(name)[:80] or "osoba" for name in names]
        given: dict[int, str] = {}
        taken: set[str] = set()
        window = 1
        while waiting := [place for place in range(len(stems)) if place not in given]:
            candidates = {place: self.candidates(stems[place], window) for place in waiting}
            asked = {slug for slugs in candidates.values() for slug in slugs}
            taken |= set(
                Practitioner.objects.filter(
                    locale__language_code=SOURCE_LANGUAGE, slug__in=asked
                ).values_list("slug", flat=True)
            )
            taken |= set(FormerSlug.objects.filter(slug__in=asked).values_list("slug", flat=True))
            for place in waiting:
                stem, offered = stems[place], candidates[place]
                slug = next((slug for slug in offered if slug not in taken), None)
                if slug:
                    given[place] = slug
                    taken.add(slug)
                reached = slug or offered[-1]
                if reached != stem:
                    self.last[stem] = max(self.last[stem], int(reached.rpartition("-")[2]))
            window = min(window * 8, 512)
        return [given[place] for place in range(len(stems))]

    def candidates(self, stem: str, count: int) -> list[str]:
        last = self.last[stem]
        first = [] if last else [stem]
        start = max(last, 1) + 1
        return [*first, *(f"{stem}-{n}" for n in range(start, start + count))]
