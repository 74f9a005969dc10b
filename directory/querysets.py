"""Reading rules for practitioners and municipalities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Case, DateField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower, TruncDate
from django.utils.text import slugify
from wagtail.search.queryset import SearchableQuerySetMixin

from directory.sharing import share
from home.querysets import SOURCE_LANGUAGE, for_reader, name_languages, row_for_each
from search import scopes
from search.querysets import IndexedQuerySet

if TYPE_CHECKING:
    from directory.models import Practitioner  # noqa: F401 (in a subscript)


#: Columns of a card, and of what tells why it is among the answers.
CARD = [
    "translation_key",
    "public_id",
    "slug",
    "name",
    "headline",
    "organisation",
    "experience",
    "biography",
    "is_mentor",
    "languages",
    "voivodeship",
    "works_in",
    "state",
    "locale",
    "municipality__name",
    "municipality__county",
    "municipality__voivodeship",
    "photo__title",
    "photo__file",
    "photo__description",
    "photo__width",
    "photo__height",
    "photo__file_hash",
    "photo__focal_point_x",
    "photo__focal_point_y",
    "photo__focal_point_width",
    "photo__focal_point_height",
]
#: Rows of an iterator that are completed at a time.
AT_ONCE = 500


def ascii_slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; also for ł, which has no decomposition."""
    return slugify(text.replace("ł", "l").replace("Ł", "L"))


def folded_words(*texts: str) -> str:
    """The words of all texts without diacritics, each after a space: a LIKE with a leading space finds word beginnings."""
    return "".join(f" {word}" for text in texts for word in ascii_slug(text).split("-"))


def since(prefix: str = "") -> Coalesce:
    """The day on which the data were last known to be true; without one, the day the entry got its state."""
    return Coalesce(f"{prefix}confirmed_at", TruncDate(f"{prefix}state_changed_at"), output_field=DateField())


class TermQuerySet(SearchableQuerySetMixin, IndexedQuerySet):
    """Words of the vocabulary."""


class MunicipalityQuerySet(SearchableQuerySetMixin, IndexedQuerySet):
    def matching(self, text: str) -> MunicipalityQuerySet:
        """Those of which every word of `text` begins the name's, the county's or the voivodeship's word, or the code.

        Works on columns, without the search engine, so that a chooser finds all of them right after installation.
        Diacritics and case don't matter, and no text breaks it. Those of that very name come first, then those whose
        name begins so: "łódź" is first of all the city, not every municipality of łódzkie.
        """
        rows, slug = self, ascii_slug(text[:200])
        for word in slug.split("-")[:8]:
            rows = rows.filter(
                Q(teryt__startswith=word) | Q(search_words__contains=f" {word}") if word else Q()
            )
        nearness = Case(When(slug=slug, then=0), When(slug__startswith=slug, then=1), default=2)
        return rows.order_by(nearness, "slug", "teryt")


class PractitionerQuerySet(SearchableQuerySetMixin, IndexedQuerySet):
    """Rows of people, a row a language."""

    def visible(self, language: str | None = None) -> PractitionerQuerySet:
        """Who the public may see: published, in the base, with a standing consent; one row a person.

        The row is in `language` (the reader's when None) where a published translation exists, else the Polish
        source. State and consent are always the source's.
        """
        from .models import Consent

        language = for_reader(language)

        def rule() -> PractitionerQuerySet:
            consented = Consent.objects.standing().filter(
                practitioner=OuterRef("pk"), kind=Consent.Kind.PUBLIC_PROFILE
            )
            return row_for_each(Q(Exists(consented), state="live"), self, language)

        return scopes.built(self, language, rule)

    def appeared(self, after: datetime, until: datetime) -> PractitionerQuerySet:
        """Of those who are visible: whom the public sees since a moment in (after, until].

        That is the latest of the entry's first publication, of its present state and of its standing consent; so who
        comes back from a pause appears again, and who only changed a text does not.
        """
        from .models import Consent

        consents = Consent.objects.standing().filter(
            practitioner=OuterRef("pk"), kind=Consent.Kind.PUBLIC_PROFILE
        )
        sources = self.model._default_manager.filter(
            Q(state_changed_at__gt=after)
            | Q(first_published_at__gt=after)
            | Exists(consents.filter(given_at__gt=after)),
            Q(first_published_at__lte=until) | Q(first_published_at=None),
            ~Exists(consents.filter(given_at__gt=until)),
            translation_key=OuterRef("translation_key"),
            locale__language_code=SOURCE_LANGUAGE,
            state_changed_at__lte=until,
        )
        return self.filter(Exists(sources))

    def known_since(self) -> dict[Any, date]:
        """`since` of each row's Polish source, by key. One query."""
        sources = self.model._default_manager.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=SOURCE_LANGUAGE
        ).annotate(since=since())
        rows = self.order_by().annotate(since=Subquery(sources.values("since")[:1]))
        return {pk: day for pk, day in rows.values_list("pk", "since") if day}

    def with_address(self, email: str) -> PractitionerQuerySet:
        """Whose e-mail address that is, in any case; nobody's where it is empty."""
        if not email:
            return self.none()
        return self.alias(_address=Lower("email")).filter(_address=Lower(Value(email)))

    def living_in(self, municipality: Any) -> PractitionerQuerySet:
        """The rows of those whose Polish source names that municipality."""
        there = self.model._default_manager.filter(
            municipality=municipality, locale__language_code=SOURCE_LANGUAGE
        )
        return self.filter(translation_key__in=there.values("translation_key"))

    def naming_only(self, voivodeship: str) -> PractitionerQuerySet:
        """The rows of those whose Polish source names that voivodeship and no municipality."""
        there = self.model._default_manager.filter(
            municipality=None, voivodeship=voivodeship, locale__language_code=SOURCE_LANGUAGE
        )
        return self.filter(translation_key__in=there.values("translation_key"))

    def same_as(self, people: Iterable[Any]) -> PractitionerQuerySet:
        """The rows of these people, whatever the language of the rows given; with what a card shows."""
        return self.filter(translation_key__in=[person.translation_key for person in people]).for_cards()

    def for_page(self) -> PractitionerQuerySet:
        """With what a person's page shows; the Polish sources of translated rows come in one more query."""
        rows = self.select_related("municipality", "photo")
        rows._with_sources = True
        return rows

    def for_profile(self) -> PractitionerQuerySet:
        """The same, and whether the person refuses messages and in which other languages they speak."""
        from .models import ContactRefusal

        refused = ContactRefusal.objects.filter(practitioner__translation_key=OuterRef("translation_key"))
        spoken = {
            f"speaks_{code}": Exists(
                self.model._default_manager.visible(code).filter(
                    translation_key=OuterRef("translation_key"), locale__language_code=code
                )
            )
            for code, _name in settings.LANGUAGES
            if code != SOURCE_LANGUAGE
        }
        return (
            self.for_page()
            .select_related("municipality", "photo", "locale")
            .annotate(refuses=Exists(refused), **spoken)
        )

    def for_cards(self) -> PractitionerQuerySet:
        """The same with the columns that a card and a list of answers show, and no others: half the work of a list is to
        make rows of what the database gives."""
        return self.for_page().only(*CARD)

    def for_indexing(self) -> PractitionerQuerySet:
        """With all that a document is made of."""
        rows = self.all()
        rows._for_indexing = True
        return rows

    _with_sources = False
    _for_indexing = False

    def _clone(self) -> PractitionerQuerySet:
        clone: PractitionerQuerySet = super()._clone()
        clone._with_sources = self._with_sources
        clone._for_indexing = self._for_indexing
        return clone

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh:
            self._complete(self._result_cache or ())

    def iterator(self, *args: Any, **more: Any) -> Iterator[Any]:
        rows = super().iterator(*args, **more)
        while part := list(islice(rows, AT_ONCE)):
            self._complete(part)
            yield from part

    def _complete(self, rows: Sequence[Any]) -> None:
        """Put on the rows what was asked for with them."""
        if not rows or not isinstance(rows[0], self.model):
            return
        if self._for_indexing:
            share(rows, self.db)
        if self._with_sources:
            name_languages(rows)
        translated = [
            row
            for row in (rows if self._with_sources or self._for_indexing else ())
            if row.locale.language_code != SOURCE_LANGUAGE
        ]
        if translated:
            sources = self.model._default_manager.using(self.db).filter(
                translation_key__in=[row.translation_key for row in translated],
                locale__language_code=SOURCE_LANGUAGE,
            )
            sources = (
                sources.for_indexing()
                if self._for_indexing
                else sources.select_related("municipality", "locale")
            )
            found = {source.translation_key: source for source in sources}
            for row in translated:
                row._source = found.get(row.translation_key)
