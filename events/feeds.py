"""Calendar files: of all events or those chosen, of one, of a session. Only what everybody may read is in them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.entries import entries_of, session_entry
from events.ical import Entry, calendar
from events.listing import chosen_events, filters
from events.models import EventIndexPage, EventPage, EventSession
from home import routing
from home.querysets import in_readers_words

KEPT = 900  # seconds
MOST = 1000  # entries of a feed; the oldest events are left out

PageT = TypeVar("PageT", EventIndexPage, EventPage)


@require_safe
def calendar_of_all(request: HttpRequest, path: str) -> HttpResponse:
    """What the list shows with the same filters; one that cannot be read is left out, as there."""
    index = public_page(EventIndexPage, request, path)
    rows = chosen_events(filters(request.GET)).filter(starts_at__isnull=False).prefetch_related("days")
    events = in_readers_words(rows.order_by("-starts_at", "-pk")[:MOST])
    entries = [entry for event in reversed(events) for entry in entries_of(event, request)]
    name = _("%(title)s: Przestrzeń Praktyków Partycypacji") % {"title": index.title}
    return answer(request, entries, name, "wydarzenia")


@require_safe
def calendar_of_one(request: HttpRequest, path: str) -> HttpResponse:
    event = public_page(EventPage, request, path)
    return answer(request, entries_of(event, request), event.title, event.slug)


@require_safe
def calendar_of_session(request: HttpRequest, path: str, key: str) -> HttpResponse:
    event = public_page(EventPage, request, path)
    rows = EventSession.objects.filter(pk=int(key), block__page=event.source.pk).select_related("block")
    session = rows.first()
    entry = session_entry(event, session, request) if session else None
    return answer(request, [entry] if entry else [], event.title, f"{event.slug}-sesja-{key}")


def public_page(model: type[PageT], request: HttpRequest, path: str) -> PageT:
    """The page at the address; 404 for another kind, a draft, and what stands behind a password."""
    found = routing.route(request, path)
    page: Any = found.page if found else None
    if not isinstance(page, model) or not model.objects.live().public().filter(pk=page.pk).exists():
        raise Http404
    return page


def answer(request: HttpRequest, entries: list[Entry], name: str, filename: str) -> HttpResponse:
    """An empty feed is still a calendar that one may subscribe to; 404 for an event without a date."""
    if not entries and filename != "wydarzenia":
        raise Http404
    response = HttpResponse(calendar(entries, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=KEPT)
    set_response_etag(response)
    kept = get_conditional_response(request, etag=response["ETag"], response=response)
    return kept if kept is not None else response
