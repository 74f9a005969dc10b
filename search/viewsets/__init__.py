"""The search in the admin: what editors teach it, and what people ask it."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .queries import QueriesViewSet
from .state import StateViewSet
from .thesaurus import LexiconViewSet, ThesaurusViewSet


class SearchGroup(SnippetViewSetGroup):
    menu_label = _("Wyszukiwarka")
    menu_name = "search-engine"
    menu_icon = "search"
    menu_order = 120
    items = (ThesaurusViewSet, LexiconViewSet, QueriesViewSet, StateViewSet)


__all__ = ["SearchGroup"]
