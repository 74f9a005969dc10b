from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Artykuły i przykłady działań")

    def ready(self) -> None:
        from home import registry
        from search import kinds, suggestions

        from . import providers
        from .models import ArticlePage, CasePage

        registry.latest.register("articles", providers.latest_articles)
        registry.profile_sections.register("articles", providers.articles_by, order=30)
        registry.profile_sections.register("cases", providers.cases_with, order=20)
        registry.municipality_sections.register("cases", providers.cases_in, order=20)
        registry.municipal_pages.register("cases", CasePage.objects.sources)
        registry.term_sections.register("cases", providers.cases_about, order=20)
        registry.term_sections.register("articles", providers.articles_about, order=30)
        kinds.register("article", _("Artykuły"), lambda: ArticlePage.objects.visible().for_cards(), order=20)
        suggestions.register("articles", _("Artykuły"), providers.articles_beginning, order=50)
        kinds.register(
            "case", _("Przykłady działań"), lambda: CasePage.objects.visible().for_cards(), order=30
        )
