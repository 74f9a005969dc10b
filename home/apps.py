from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Strona")

    def ready(self) -> None:
        from django.core.management import call_command

        from search import kinds, outbox, query_log, worker
        from search.backends.database.index import purge

        from . import clock, frame, visibility
        from .mail import outbox as mail
        from .privacy.tasks import forget_finished
        from .querysets import content_pages

        frame.connect()
        visibility.connect()
        clock.jobs.register(
            "publishing", lambda now: call_command("publish_scheduled", verbosity=0), order=10
        )
        clock.jobs.register("mail", mail.deliver_due, order=20)
        clock.jobs.register("stuck-mail", mail.settle_stuck, order=30)
        clock.jobs.register("old-mail", mail.erase_old_bodies, order=90)
        clock.jobs.register("search", worker.drain_due, order=40)
        clock.jobs.register("deleted-words", lambda _now: purge(), order=41)
        clock.jobs.register("old-changes", outbox.erase_done, order=90)
        clock.jobs.register("old-tasks", forget_finished, order=91)
        clock.jobs.register("old-queries", query_log.erase, order=92)
        kinds.register("page", _("Strony serwisu"), content_pages, order=80)
