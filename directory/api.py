"""The people of the base as JSON: the page's own question, answered for programs (docs/api.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.errors import Throttled
from pydantic import StringConstraints

from directory.asking import FACETS, Asked, ask
from directory.finder import best_snippet, value_names
from directory.models import Language, Practitioner, Sector, Voivodeship
from directory.models.choices import Likeness
from directory.nearness import Where
from directory.terms import TERMS, term_names, terms_of
from home.listing import LONGEST_VALUE, MOST_VALUES
from home.privacy.pace import Pace
from home.refusals import Refused
from search.analysis import highlight
from search.faceted import MAX_HITS, Hit, Results
from search.typed import LONGEST_QUESTION

MAX_PAGE_SIZE = 100
# What programs call a filter or an order → what the page calls it.
PARAMETERS = {
    "method": "metoda",
    "topic": "temat",
    "audience": "grupa",
    "voivodeship": "wojewodztwo",
    "sector": "sektor",
    "language": "jezyk",
    "mentor": "mentor",
    "municipality_kind": "rodzaj",
}
SORTS = {
    "relevance": "trafnosc",
    "distance": "odleglosc",
    "name": "nazwisko",
    "confirmed": "potwierdzone",
}
# Further pages of answers; with MAX_PAGE_SIZE it is six thousand people an hour.
FURTHER = Pace("further", "60/h")

router = Router(tags=["practitioners"])


# Written without classes, which dialects of regular expressions read differently; "" is a form's unchosen field.
Slug = Annotated[str, StringConstraints(max_length=LONGEST_VALUE, pattern=r"^[A-Za-z0-9_-]*$")]


def many(description: str) -> Any:
    return Field(default_factory=list, max_length=MOST_VALUES, description=description)


class Question(Schema):
    """Values of one filter are joined with OR, filters with AND."""

    q: str = Field(
        "",
        max_length=LONGEST_QUESTION,
        description="Words, as typed into the search field of the base. The last is also a beginning, unless a space follows.",
    )
    method: list[Slug] = many("Slugs of methods, as in `facets`; repeatable, as every filter.")
    topic: list[Slug] = many("Slugs of topics.")
    audience: list[Slug] = many("Slugs of the groups that people work with.")
    voivodeship: list[Voivodeship] = many("Where people work; a person may work in several.")
    sector: list[Sector] = many("Where people work from.")
    language: list[Language] = many(
        "Languages that people work in (ISO 639; `pjm` is the Polish Sign Language)."
    )
    mentor: list[Literal["tak"]] = many("`tak` for those who mentor.")
    municipality_kind: list[Likeness] = many("What kind of municipality people are in.")
    near: str = Field(
        "",
        pattern=r"^(\d{7})?$",
        description="Code (TERC) of a municipality that people are looked for near.",
    )
    km: Literal["", "25", "50", "100", "wojewodztwo", "polska"] = Field(
        "",
        description="How far from `near`: kilometres (usual: 50), its voivodeship, or anywhere.",
    )
    sort: Literal["relevance", "distance", "name", "confirmed"] | None = Field(
        None,
        description="`relevance` (usual with `q`), `distance` (usual with `near`), `name` (by surname; usual without either),"
        " `confirmed` (last confirmed first).",
    )
    page_size: int = Field(20, ge=1, le=MAX_PAGE_SIZE, description="People in an answer.")
    cursor: str = Field(
        "", max_length=4000, description="From `next`, with the same question; `next` itself will do too."
    )
    lang: Literal["pl", "en"] = Field("pl", description="Language of names, texts and messages.")

    def filters(self) -> dict[str, list[str]]:
        """By the names of the page; empty values are a form's unchosen fields."""
        chosen = {name: [str(value) for value in getattr(self, name)] for name in PARAMETERS}
        return {
            PARAMETERS[name]: [value for value in values if value]
            for name, values in chosen.items()
            if any(values)
        }


class Named(Schema):
    slug: str
    name: str


class Place(Schema):
    teryt: str = Field(description="Code of the register TERC.")
    name: str


class Person(Schema):
    id: str = Field(description="Stable for ever.")
    slug: str = Field(description="The last part of the page's address; it may change.")
    name: str
    headline: str = Field(description="What the person does.")
    organisation: str
    municipality: Place | None = Field(description="`teryt` and `name`.")
    voivodeship: Named | None = Field(description="`slug` and `name`.")
    methods: list[Named] = Field(description="`slug` and `name` of each.")
    topics: list[Named]
    audiences: list[Named] = Field(description="Groups that the person works with.")
    distance: int | None = Field(
        description="Whole kilometres from `near` to the person's municipality, as the crow flies from seat to seat."
    )
    url: str = Field(description="The person's page.")
    highlights: dict[str, str] = Field(
        description="Where words were met (`name`, `headline`, `organisation`, `text`, `place`): escaped HTML with `<mark>`."
    )
    by_meaning: bool = Field(description="No word was met; the profile is only similar in meaning.")


class Value(Schema):
    value: str
    name: str
    count: int
    selected: bool


class People(Schema):
    total: int = Field(description="Everybody who has the words and passes the filters.")
    results: list[Person] = Field(description="The people of this page.")
    facets: dict[str, list[Value]] = Field(
        description="By filter, its values among those found, the most frequent first. A filter does not narrow its own counts."
    )
    suggestion: str | None = Field(description="The question with misspelt words put right.")
    next: str | None = Field(description="Address of the next page.")


class Problem(Schema):
    parameter: str
    message: str


class Refusal(Schema):
    detail: str = Field(description="What is wrong, in a sentence.")
    errors: list[Problem] = Field(description="The same by parameter.")


@router.get(
    "/practitioners",
    response={200: People, 400: Refusal, 422: Refusal, 429: Refusal},
    summary="Find practitioners",
    operation_id="practitioners",
)
def practitioners(request: HttpRequest, response: HttpResponse, asked: Query[Question]) -> Any:
    """The same people in the same order as on the page of the base, with the counts of every filter."""
    unknown = sorted({*request.GET} - {*Question.model_fields})
    with translation.override(asked.lang):
        if unknown:
            raise Refused({name[:80]: _("Nie ma takiego parametru.") for name in unknown[:10]}, status=422)
        response["Content-Language"] = asked.lang
        # A filter is never taken for a narrower one: what Asked would leave out was refused above.
        where = Where.of(asked.near, asked.km)
        if asked.near and not where:
            raise Refused({"near": _("Takiej gminy nie ma w rejestrze.")}, status=422)
        order = SORTS.get(asked.sort or "", "")
        question = Asked.of(asked.q, asked.filters(), order=order, where=where)
        question = replace(question, page=(page := page_of(asked, question)))
        if page > 1 and (wait := FURTHER.wait(request)):
            raise Throttled(wait)
        results = ask(question, page_size=asked.page_size)
        more = page * asked.page_size < min(results.total, MAX_HITS)
        return {
            "total": results.total,
            "results": found(request, results, where),
            "facets": counts(results, asked),
            "suggestion": results.suggestion,
            "next": address(request, next_cursor(asked, question, page + 1)) if more else None,
        }


def found(request: HttpRequest, results: Results, where: Where) -> list[dict[str, Any]]:
    names = {facet: term_names(model) for facet, model in TERMS.items()}
    terms = terms_of([hit.object.source.pk for hit in results.hits])

    def person(hit: Hit) -> dict[str, Any]:
        row: Practitioner = hit.object
        source = row.source
        named: dict[str, list[dict[str, str]]] = {facet: [] for facet in TERMS}
        for facet, slug in terms.get(source.pk, ()):
            if slug in names[facet]:
                named[facet].append({"slug": slug, "name": names[facet][slug]})
        town = source.municipality
        region = Voivodeship(source.voivodeship) if source.voivodeship else None
        return {
            "id": row.public_id,
            "slug": row.slug,
            "name": row.name,
            "headline": row.headline,
            "organisation": row.organisation,
            "municipality": {"teryt": town.teryt, "name": town.name} if town else None,
            "voivodeship": {"slug": region.value, "name": str(region.label)} if region else None,
            "methods": named["metoda"],
            "topics": named["temat"],
            "audiences": named["grupa"],
            "distance": where.away(source),
            "url": request.build_absolute_uri(row.get_absolute_url()),
            "highlights": highlights(row, results),
            "by_meaning": hit.by_meaning,
        }

    return [person(hit) for hit in results.hits]


def highlights(person: Practitioner, results: Results) -> dict[str, str]:
    marked = {
        "name": highlight(person.name, results.query),
        "headline": highlight(person.headline, results.query),
        "organisation": highlight(person.organisation, results.query),
        "text": best_snippet((person.experience, person.biography), results.query),
        "place": highlight(person.place, results.query),
    }
    return {name: str(text) for name, text in marked.items() if "<mark>" in text}


def counts(results: Results, asked: Question) -> dict[str, list[dict[str, Any]]]:
    names = value_names()
    answer = {}
    for name, facet in PARAMETERS.items():
        values = results.facets[FACETS[facet]]
        answer[name] = [
            {
                "value": value.value,
                "name": names[facet].get(value.value, value.value),
                "count": value.count,
                "selected": value.selected,
            }
            for value in values
            if value.selected or value.value in names[facet]
        ]
    return answer


# ---- cursors: the number of a page, signed together with the question that it is a page of


def digest(asked: Question, question: Asked) -> str:
    parts = [asked.lang, str(asked.page_size), question.text, question.order, asked.near, asked.km]
    parts += [
        f"{name}={value}" for name, values in sorted(asked.filters().items()) for value in sorted(values)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def next_cursor(asked: Question, question: Asked, page: int) -> str:
    return signing.dumps([page, digest(asked, question)], salt="directory.api.cursor")


def page_of(asked: Question, question: Asked) -> int:
    """Raises Refused for a cursor that is not ours or that belongs to another question."""
    given = asked.cursor
    if not given:
        return 1
    if "cursor=" in given:
        given = parse_qs(urlsplit(given).query).get("cursor", [""])[0] if _splits(given) else ""
    try:
        page, of = signing.loads(given, salt="directory.api.cursor")
    except (signing.BadSignature, ValueError):
        raise Refused(
            {"cursor": _("Tego kursora nie wydał ten serwis. Zacznij od pierwszej strony.")}
        ) from None
    if of != digest(asked, question):
        raise Refused({"cursor": _("Ten kursor należy do innego pytania. Zacznij od pierwszej strony.")})
    return int(page)


def _splits(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def address(request: HttpRequest, cursor: str) -> str:
    kept: Iterable[tuple[str, str]] = [
        (name, value) for name, values in request.GET.lists() if name != "cursor" for value in values if value
    ]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*kept, ('cursor', cursor)])}")
