"""The directory in the admin: one menu with people, their words and their places."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from directory.staff_list import DirectoryList

from .importing import ImportViewSet
from .municipalities import MunicipalityViewSet
from .practitioners import PractitionerViewSet
from .vocabulary import AudienceViewSet, MethodViewSet, TopicViewSet


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Baza praktyków")
    menu_name = "directory"
    menu_icon = "group"
    menu_order = 110
    submenu_hook = DirectoryList.menu_hook
    items = (
        PractitionerViewSet,
        ImportViewSet,
        MethodViewSet,
        TopicViewSet,
        AudienceViewSet,
        MunicipalityViewSet,
    )


__all__ = ["DirectoryGroup"]
