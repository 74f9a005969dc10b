from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentoringConfig(AppConfig):
    name = "mentoring"
    verbose_name = _("Mentoring")

    def ready(self) -> None:
        from home import registry
        from search import kinds

        from . import providers

        registry.profile_sections.register("mentoring", providers.offers_of, order=10)
        registry.term_sections.register("mentoring", providers.offers_about, order=10)
        kinds.register("offer", _("Oferty mentorskie"), providers.offers_to_find, order=15)
