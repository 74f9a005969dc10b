"""An event as schema.org tells it to search engines. The online link is for participants only and is never here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from events.models import EventPage


def json_ld(event: EventPage, now: datetime, url: str) -> dict[str, Any]:
    """Schema.org Event; facts of the Polish source, words of this page."""
    source = event.source
    venue = source.place or source.municipality
    online = {"@type": "VirtualLocation", "url": url}
    place = {
        "@type": "Place",
        "name": source.place or (source.municipality.name if source.municipality else ""),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": source.address,
            "addressLocality": source.municipality.name if source.municipality else "",
            "addressCountry": "PL",
        },
    }
    mode = "MixedEventAttendanceMode" if venue else "OnlineEventAttendanceMode"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": url,
        "inLanguage": event.locale.language_code,
        "eventStatus": f"https://schema.org/Event{_standing(event)}",
        "eventAttendanceMode": "https://schema.org/"
        + (mode if source.online else "OfflineEventAttendanceMode"),
        "isAccessibleForFree": not source.price,
        "offers": _offer(event, now, url),
    }
    if venue and source.online:
        data["location"] = [place, online]
    elif venue or source.online:
        data["location"] = place if venue else online
    if source.starts_at and source.ends_at:
        data["startDate"] = timezone.localtime(source.starts_at).isoformat()
        data["endDate"] = timezone.localtime(source.ends_at).isoformat()
    if source.moved_from:
        data["previousStartDate"] = source.moved_from.isoformat()
    if source.funder:
        data["funder"] = {"@type": "Organization", "name": source.funder}
    if source.organisers:
        data["organizer"] = {"@type": "Organization", "name": source.organisers}
    if source.seats:
        data["maximumAttendeeCapacity"] = source.seats
    return data


def _standing(event: EventPage) -> str:
    source = event.source
    if source.cancelled:
        return "Cancelled"
    if source.moved_from:
        return "Rescheduled" if source.starts_at else "Postponed"
    return "Scheduled"


def _offer(event: EventPage, now: datetime, url: str) -> dict[str, Any]:
    source = event.source
    over = source.cancelled or (source.starts_at is not None and source.starts_at <= now)
    offer: dict[str, Any] = {
        "@type": "Offer",
        "price": str(source.price),
        "priceCurrency": "PLN",
        "url": url,
        "availability": f"https://schema.org/{'SoldOut' if source.full or over else 'InStock'}",
    }
    if source.applications_open:
        offer["validFrom"] = source.applications_open.isoformat()
    if source.applications_close:
        offer["validThrough"] = source.applications_close.isoformat()
    return offer
