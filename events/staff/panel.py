"""Numbers on the admin's first page: applications of today, unanswered ones, seats of the next events."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from events.enums import Mode
from events.models import EventPage, Registration
from home.querysets import SOURCE_LANGUAGE

from .lists import SEE, RegistrationAdmin
from .views import SELECTION

#: Events in the panel.
MOST = 8


def figures(now: datetime) -> list[dict[str, Any]]:
    """The next events that somebody registered for, the soonest first. One query."""
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    state = F("registrations__state")
    events = (
        EventPage.objects.filter(locale__language_code=SOURCE_LANGUAGE, cancelled=False)
        .upcoming(now)
        .annotate(
            registered=Count("registrations"),
            today=Count("registrations", filter=Q(registrations__created_at__gte=today)),
            undecided=Count("registrations", filter=Q(registrations__state=Registration.State.APPLIED)),
            untold=Count("registrations", filter=~Q(registrations__told_state=state)),
            taken=Count("registrations", filter=Q(registrations__state__in=Registration.HOLDING)),
        )
        .filter(registered__gt=0)
    )
    return [
        {
            "event": event,
            "url": reverse(SELECTION, args=[event.pk]) if event.mode == Mode.SELECTION else "",
        }
        for event in events[:MOST]
    ]


class RegistrationsPanel(Component):
    """Nothing when no event ahead has a registration."""

    name = "registrations"
    template_name = "events/staff/panel.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"rows": figures(timezone.now()), "all_url": RegistrationAdmin().url_helper.index_url}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(SEE):
        panels.append(RegistrationsPanel())
