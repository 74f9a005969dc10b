from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Wydarzenia")

    def ready(self) -> None:
        from home import clock, registry
        from search import kinds

        from . import providers
        from .models import EventPage
        from .registration import news, retention, seats

        for name, kind in providers.PROMISED.items():
            registry.promises.register(name, providers.promise(kind))
        clock.jobs.register("late-offers", seats.lapse_late, order=50)
        clock.jobs.register("event-news", news.run, order=45)
        clock.jobs.register("open-seats", seats.open_seats, order=51)
        clock.jobs.register("old-needs", retention.erase_needs, order=90)
        clock.jobs.register("old-registrations", retention.erase_people, order=90)
        registry.upcoming.register("events", providers.upcoming_events)
        registry.profile_sections.register("sessions", providers.sessions_led, order=10)
        registry.municipality_sections.register("events", providers.events_in, order=10)
        registry.municipal_pages.register("events", EventPage.objects.sources)
        kinds.register(
            "event",
            _("Wydarzenia"),
            lambda: EventPage.objects.visible().select_related("municipality", "locale", "cover"),
            order=40,
        )
