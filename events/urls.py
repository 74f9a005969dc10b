"""Calendar files. Wagtail serves no address with a full stop, so that these stand beside the tree."""

from django.urls import re_path

from events import feeds

urlpatterns = [
    re_path(r"^(?P<path>[-\w/]+/)kalendarz\.ics$", feeds.calendar_of_all, name="events_calendar"),
    re_path(r"^(?P<path>[-\w/]+/)wydarzenie\.ics$", feeds.calendar_of_one, name="event_calendar"),
    re_path(
        r"^(?P<path>[-\w/]+/)sesja-(?P<key>[0-9]{1,9})\.ics$",
        feeds.calendar_of_session,
        name="session_calendar",
    ),
]
