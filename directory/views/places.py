"""A municipality's page, to which every part of the programme adds what it has there, and the list of all that have one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from directory.addresses import base_url
from directory.finder import foreign
from directory.gazetteer import gazetteer
from directory.models import Municipality, Practitioner, Voivodeship
from directory.names import alphabetical, sort_key
from home import registry
from home.drawings import Region, Spot
from home.navigation import Link, home_url
from home.querysets import SOURCE_LANGUAGE
from home.typography import thousands
from search.typed import question

#: People that a municipality's page shows; of more it says where the others are.
PEOPLE = 24
#: Municipalities suggested while somebody types, and seconds for which an answer is kept.
SUGGESTED, KEPT = 8, 300


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality in the list: `people` whom the public may find there; `kind` tells it from its namesake."""

    name: str
    kind: str
    url: str
    people: int


@require_safe
def municipality(request: HttpRequest, teryt: str, slug: str) -> HttpResponse:
    """301 from an address with another name, which the register may have changed; 404 for a code that it does not have."""
    place = get_object_or_404(Municipality, teryt=teryt)
    if slug != place.slug:
        return redirect(place.get_absolute_url(), permanent=True)
    people = Practitioner.objects.visible().living_in(place)
    total = people.count()
    found = sorted(people.for_cards().order_by("name", "pk")[:PEOPLE], key=lambda one: sort_key(one.name))
    sections = registry.named_sections(registry.municipality_sections, place)
    base = base_url()
    region = f"{base}?wojewodztwo={place.voivodeship}" if base else ""
    return render(
        request,
        "directory/municipality.html",
        {
            "place": place,
            "facts": facts(place, region),
            "people": [replace(person.card(), lang=foreign(person)) for person in found],
            "total": total,
            "all_url": f"{base}?{urlencode({'q': place.name, 'wojewodztwo': place.voivodeship})}"
            if total > PEOPLE and base
            else "",
            "region_url": region,
            "sections": sections,
            "spots": [Spot(float(place.latitude), float(place.longitude), place.name)]
            if place.latitude is not None and place.longitude is not None
            else [],
            "crumbs": [Link("", home_url()), Link(_("Gminy"), reverse("municipalities"))],
        },
    )


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """All municipalities of the register, while somebody types a name: what they are called in the field, and by which code."""
    register = gazetteer()
    found = register.beginning(question(request.GET.get("q", "")))[:SUGGESTED]
    items = [
        {"text": place.name, "detail": place.detail, "value": register.label(place), "code": place.code}
        for place in found
    ]
    groups = [{"name": "municipalities", "label": str(_("Gminy")), "items": items}] if items else []
    response = JsonResponse({"groups": groups})
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def facts(place: Municipality, region_url: str) -> list[tuple[str, ...]]:
    kind = _("miasto na prawach powiatu") if place.city_with_county_rights else place.get_kind_display()
    rows: list[tuple[str, ...]] = [
        (_("Rodzaj"), str(kind)),
        (_("Powiat"), "" if place.city_with_county_rights else place.county),
        (_("Województwo"), str(place.get_voivodeship_display()), region_url),
        (_("Mieszkańcy"), thousands(place.population) if place.population else ""),
        (_("Kod TERYT"), place.teryt),
    ]
    return [row for row in rows if row[1]]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Municipalities that somebody of the base comes from, or some part of the programme tells of; by voivodeship."""
    people = living()
    rows: dict[str, list[Row]] = {slug: [] for slug in Voivodeship.values}
    places = told_of(people)
    namesakes = Counter((place.name, place.voivodeship) for place in places)
    for place in places:
        alone = namesakes[place.name, place.voivodeship] == 1
        kind = "" if alone else str(place.get_kind_display())
        rows[place.voivodeship].append(
            Row(place.name, kind, place.get_absolute_url(), people.get(place.pk, 0))
        )
    groups = [
        (Voivodeship(slug), sorted(found, key=lambda row: alphabetical(row.name)))
        for slug, found in rows.items()
    ]
    return render(
        request,
        "directory/municipalities.html",
        {
            "groups": [(region, found) for region, found in groups if found],
            "regions": [region_of(region, len(found)) for region, found in groups],
            "crumbs": [Link("", home_url())],
        },
    )


def living() -> dict[str, int]:
    """How many people of the base the public may find in each municipality, by its key."""
    rows = Practitioner.objects.visible(SOURCE_LANGUAGE).exclude(municipality=None).order_by()
    return dict(rows.values_list("municipality").annotate(Count("pk")))


def told_of(people: Mapping[str, int] | None = None) -> list[Municipality]:
    """Those whose page has something on it."""
    keys = {*(living() if people is None else people)}
    for pages in registry.municipal_pages:
        keys.update(
            pages().exclude(municipality=None).order_by().values_list("municipality", flat=True).distinct()
        )
    return list(Municipality.objects.filter(pk__in=keys))


def region_of(region: Voivodeship, number: int) -> Region:
    words = ngettext("%(name)s: %(count)d gmina", "%(name)s: %(count)d gmin", number)
    label: dict[str, Any] = {"name": str(region.label), "count": number}
    return Region(region.value, number, words % label, f"#{region.value}" if number else "")
