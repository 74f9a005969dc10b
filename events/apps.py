from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Wydarzenia")

    def ready(self) -> None:
        from home import registry
        from search import kinds

        from . import providers
        from .models import EventPage

        for name, kind in providers.PROMISED.items():
            registry.promises.register(name, providers.promise(kind))
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
