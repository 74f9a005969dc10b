from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Series


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "list-ol"
    menu_label = _("Cykle artykułów")
    list_display = ["name", "description"]
    search_fields = ["name"]


register_snippet(SeriesViewSet)
