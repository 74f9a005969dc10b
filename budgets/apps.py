from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = _("Budżety obywatelskie")

    def ready(self) -> None:
        from home import registry
        from search import kinds

        from . import providers
        from .models import BudgetEditionPage

        registry.municipality_sections.register("budgets", providers.editions_in, order=30)
        registry.municipal_pages.register("budgets", BudgetEditionPage.objects.sources)
        kinds.register(
            "budget",
            _("Budżety obywatelskie"),
            lambda: BudgetEditionPage.objects.visible().select_related("municipality", "locale", "cover"),
            order=60,
        )
