"""What the pages of events show: plain values for the components."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from directory.models import Voivodeship
from directory.terms import in_readers_language
from events.agenda import programme_context
from events.enums import Kind, Mode
from events.schema_org import json_ld
from events.status import Facts, is_past, status, steps, takes_applications
from home.cards import Card
from home.querysets import BasePageQuerySet
from home.typography import date_range, thousands, zlotys

if TYPE_CHECKING:
    from events.models import EventPage


def facts_of(event: EventPage) -> Facts:
    source = event.source
    return Facts(
        starts_at=source.starts_at,
        ends_at=source.ends_at,
        mode=source.mode,
        applications_open=source.applications_open,
        applications_close=source.applications_close,
        decision_by=source.decision_by,
        confirm_by=source.confirm_by,
        cancelled=source.cancelled,
        full=source.full,
    )


def days_range(event: EventPage) -> str:
    """ "4–5 lutego 2027"; that the date is not known yet, when there are no days."""
    source = event.source
    if not source.starts_at or not source.ends_at:
        return _("termin podamy wkrótce")
    return date_range(timezone.localdate(source.starts_at), timezone.localdate(source.ends_at))


def card(event: EventPage, now: datetime) -> Card:
    source = event.source
    start = timezone.localdate(source.starts_at) if source.starts_at else None
    this_year = start is None or start.year == timezone.localdate(now).year
    return event.card_with(
        kicker=" · ".join(part for part in (source.get_kind_display(), event.town) if part),
        meta=" · ".join(part for part in (days_range(event), meant_for(source.voivodeships)) if part),
        date=start,
        day=str(start.day) if start else "",
        month=date_format(start, "E" if this_year else "E Y") if start else _("wkrótce"),
        status=status(facts_of(event), now),
    )


def meant_for(slugs: Iterable[str]) -> str:
    """For people from which voivodeships, or nothing when from anywhere."""
    regions = [Voivodeship(slug) for slug in slugs if slug in Voivodeship.values]
    if not regions:
        return ""
    # Every one of the sixteen names ends in -kie, and its genitive in -kiego.
    names = [region.english if get_language() == "en" else f"{region.polish}go" for region in regions]
    *first, last = names
    joined = _("%(first)s i %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    return ngettext("dla osób z województwa %(names)s", "dla osób z województw %(names)s", len(names)) % {
        "names": joined
    }


def hour(value: time) -> str:
    """ "9.00" in Polish, "9:00" in English."""
    return time_format(value, "G:i" if get_language() == "en" else "G.i")


def hours(start: time, end: time) -> str:
    return f"{hour(start)}–{hour(end)}"


def when(event: EventPage) -> SafeString | str:
    """Every day with its hours, a line a day."""
    days = sorted(event.source.days.all(), key=lambda day: day.date)
    if not days:
        return days_range(event)
    lines = [(date_format(day.date, "l, j E Y"), hours(day.start, day.end)) for day in days]
    return format_html_join(SafeString("<br>"), "{}, {}", lines)


def facts(event: EventPage) -> list[tuple[str, object]]:
    source = event.source
    place = [event.told("place"), event.told("address")]
    if source.municipality and source.municipality.name not in " ".join(place):
        place.append(source.municipality.name)
    where = format_html_join(SafeString(",<br>"), "{}", [(part,) for part in place if part])
    if source.address:
        where = format_html(
            '{}<br><a href="{}" rel="noreferrer">{}</a>', where, map_url(event), _("Pokaż na mapie")
        )
    if source.online:
        where = format_html("{}{}{}", where, SafeString("<br>") if where else "", _("online"))
    region = meant_for(source.voivodeships)
    rows: list[tuple[str, object]] = [
        (_("Kiedy"), when(event)),
        (_("Gdzie"), where),
        (_("Gmina"), source.municipality.link if source.municipality else ""),
        (_("Dla kogo"), event.told("audience")),
        (_("Skąd"), region[:1].upper() + region[1:]),
        (_("Miejsca"), source.seats or ""),
        (_("Opłata"), zlotys(source.price) if source.price else _("bez opłat")),
        (_("Zwolnienie z opłaty"), event.told("waiver")),
        (_("Dostępność"), event.told("accessibility")),
        (_("Dojazd"), event.told("getting_there")),
        (_("Organizatorzy"), event.told("organisers")),
        (_("Partnerzy"), event.told("partners")),
        (_("Finansowanie"), event.told("funder")),
    ]
    return [(name, str(value) if isinstance(value, int) else value) for name, value in rows if value]


def ticket(event: EventPage, now: datetime) -> dict[str, Any]:
    """How a seat is got: title, status, steps and a word when the event is cancelled."""
    source = event.source
    known = facts_of(event)
    state = status(known, now)
    rows = steps(known, event.town, now)
    title = _("Jak dostać miejsce")
    text = ""
    if source.cancelled:
        title, text = _("Wydarzenie odwołane"), event.cancelled_note or source.cancelled_note
    elif is_past(known, now):
        title = _("To już za nami")
    elif source.starts_at and source.starts_at <= now:
        title = _("Spotkanie trwa")
    elif not rows:
        text = _("Terminy zgłoszeń podamy wkrótce.")
    found = {"title": title, "status": state, "steps": rows, "text": text}
    if takes_applications(known, now) and source.kind != Kind.STUDY_VISIT:
        selection = source.mode == Mode.SELECTION
        found["button"] = _("Wyślij zgłoszenie") if selection else _("Zapisz się")
        found["url"] = reverse("event_register", args=[source.slug])
    return found


def kind_label(event: EventPage) -> str:
    source = event.source
    label = str(source.get_kind_display())
    if source.kind == Kind.SEMINAR and source.seminar_kind:
        return f"{label} {source.get_seminar_kind_display()}"
    return label


def map_url(event: EventPage) -> str:
    """Where OpenStreetMap looks for the address: asked only when somebody follows the link."""
    source = event.source
    town = source.municipality.name if source.municipality else ""
    words = source.address if town in source.address else f"{source.address}, {town}"
    return f"https://www.openstreetmap.org/search?{urlencode({'query': words})}"


def notices(event: EventPage, now: datetime) -> list[tuple[str, str]]:
    """What somebody who comes must know before all else, as title and text."""
    source = event.source
    if source.cancelled:
        return [(_("Wydarzenie odwołane"), event.told("cancelled_note"))]
    if is_past(facts_of(event), now):
        return []
    found = []
    if source.moved_from:
        words = {"new": days_range(event), "old": date_format(source.moved_from, "j E Y")}
        title = (
            _("Nowy termin: %(new)s (było: %(old)s)")
            if source.starts_at
            else _("Termin się zmieni (było: %(old)s)")
        )
        found.append((title % words, event.told("change_note")))
    elif source.change_note:
        found.append((_("Ważna zmiana"), event.told("change_note")))
    if source.full and not (source.starts_at and source.starts_at <= now):
        found.append((_("Nie ma już wolnych miejsc"), ""))
    return found


def related(event: EventPage) -> list[Card]:
    """Articles and cases that the editor chose, in that order, of those that the public may read."""
    chosen = [block.value for block in event.source.related if block.value]
    if not chosen:
        return []
    keys = [page.translation_key for page in chosen]
    pages = BasePageQuerySet(Page).visible().filter(translation_key__in=keys).specific()
    return [page.card() for page in sorted(pages, key=lambda page: keys.index(page.translation_key))]


def event_context(event: EventPage, now: datetime, url: str, query: QueryDict) -> dict[str, Any]:
    known = facts_of(event)
    attended = event.source.attended
    return {
        "kicker": " · ".join(part for part in (kind_label(event), days_range(event), event.town) if part),
        "notices": notices(event, now),
        "ticket": ticket(event, now),
        "facts": facts(event),
        **programme_context(event, query),
        "programme_note": ""
        if is_past(known, now) or event.source.cancelled
        else _("Godziny mogą się przesunąć o kwadrans."),
        "programme_lang": event.source.locale.language_code,
        "calendar_url": f"{event.get_url()}wydarzenie.ics" if event.source.starts_at else "",
        "attended": ngettext("Przyszła %(count)s osoba.", "Przyszło %(count)s osób.", attended)
        % {"count": thousands(attended)}
        if attended
        else "",
        "related": related(event),
        "topics": [term.name for term in in_readers_language(event.source.topics.all())],
        "methods": [term.name for term in in_readers_language(event.source.methods.all())],
        "json_ld": json_ld(event, now, url),
    }
