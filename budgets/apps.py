from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = _("Budżety obywatelskie")

    def ready(self) -> None:
        from home import registry

        from . import providers

        registry.municipality_sections.register("budgets", providers.editions_in, order=30)
