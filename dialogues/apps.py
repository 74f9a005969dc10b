from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialoguesConfig(AppConfig):
    name = "dialogues"
    verbose_name = _("Dialogi")

    def ready(self) -> None:
        from home import registry
        from search import kinds

        from . import providers
        from .models import DialoguePage

        registry.promises.register("dialogues", providers.progress)
        registry.upcoming.register("dialogues", providers.upcoming)
        registry.profile_sections.register("dialogues", providers.led_by, order=40)
        registry.municipality_sections.register("dialogues", providers.held_in, order=40)
        registry.municipal_pages.register("dialogues", DialoguePage.objects.sources)
        registry.term_sections.register("dialogues", providers.dialogues_about, order=40)
        kinds.register("dialogue", _("Dialogi"), lambda: DialoguePage.objects.visible().for_cards(), order=50)
