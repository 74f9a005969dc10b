from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Baza praktyków")

    def ready(self) -> None:
        from home import clock, frame, registry
        from search import kinds

        from . import forms, importing, providers
        from .models import Audience, Consent, Method, Practitioner, Topic

        forms.register()
        frame.forget_with(Audience, Consent, Method, Practitioner, Topic)
        registry.totals.register("people", providers.people_in_the_base)
        kinds.register("person", _("Osoby z bazy"), providers.people_to_find, order=10)
        clock.jobs.register("old-imports", importing.erase_stale_staging, order=90)
