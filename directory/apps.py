from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Baza praktyków")

    def ready(self) -> None:
        from home import clock, frame, registry
        from search import kinds
        from search import suggestions as shown

        from . import forms, importing, providers, suggestions
        from .contact import retention
        from .joining import retention as joining
        from .models import Audience, Consent, Method, Municipality, Practitioner, Topic
        from .outdated import services as outdated
        from .saved import news
        from .saved import retention as saved
        from .self_service import editing, freshness, limits, links, photos

        forms.register()
        frame.forget_with(Audience, Consent, Method, Municipality, Practitioner, Topic)
        registry.totals.register("people", providers.people_in_the_base)
        kinds.register("person", _("Osoby z bazy"), providers.people_to_find, order=10)
        shown.register("people", _("Osoby z bazy"), suggestions.people, order=10)
        shown.register("methods", _("Metody"), suggestions.terms("metoda"), order=20)
        shown.register("topics", _("Tematy"), suggestions.terms("temat"), order=30)
        shown.register("municipalities", _("Gminy"), suggestions.municipalities, order=40)
        clock.jobs.register("old-imports", importing.erase_stale_staging, order=90)
        clock.jobs.register("freshness", freshness.run, order=50)
        clock.jobs.register("entry-links", links.clear, order=90)
        clock.jobs.register("returned-changes", editing.forget_returned, order=90)
        clock.jobs.register("unused-photos", photos.forget_unused, order=95)
        clock.jobs.register("link-requests", limits.forget, order=90)
        clock.jobs.register("old-contacts", retention.erase_old, order=90)
        clock.jobs.register("old-outdated-reports", outdated.erase_old, order=90)
        clock.jobs.register("saved-searches", news.run, order=60)
        clock.jobs.register("old-saved-searches", saved.run, order=90)
        clock.jobs.register("old-sign-ups", joining.erase_old, order=90)
