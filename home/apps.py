from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Strona")

    def ready(self) -> None:
        from django.core.management import call_command

        from search import kinds, query_log

        from . import clock, frame
        from .mail import outbox
        from .querysets import content_pages

        frame.connect()
        clock.jobs.register(
            "publishing", lambda now: call_command("publish_scheduled", verbosity=0), order=10
        )
        clock.jobs.register("mail", outbox.deliver_due, order=20)
        clock.jobs.register("stuck-mail", outbox.settle_stuck, order=30)
        clock.jobs.register("old-mail", outbox.erase_old_bodies, order=90)
        clock.jobs.register("old-queries", query_log.erase, order=92)
        kinds.register("page", _("Strony serwisu"), content_pages, order=80)
