from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentoringConfig(AppConfig):
    name = "mentoring"
    verbose_name = _("Mentoring")

    def ready(self) -> None:
        from home import registry

        from . import providers

        registry.profile_sections.register("mentoring", providers.offers_of, order=10)
