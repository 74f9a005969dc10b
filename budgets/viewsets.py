"""Projects in the editors' menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.model import ModelViewSet

from budgets.models import BudgetProject


class BudgetProjectViewSet(ModelViewSet):
    model = BudgetProject
    icon = "list-ul"
    menu_label = _("Projekty BO")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "edition", "pot", "cost", "votes", "get_selected_display"]
    list_filter = ["edition", "category", "selected", "status"]
    list_export = [
        "edition",
        "pot",
        "project_id",
        "name",
        "category",
        "place",
        "cost",
        "votes",
        "selected",
        "status",
    ]
    search_fields = ["name", "project_id", "place"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("pot")]),
        FieldRowPanel([FieldPanel("project_id"), FieldPanel("category")]),
        FieldPanel("name"),
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("cost"), FieldPanel("votes")]),
        FieldRowPanel([FieldPanel("selected"), FieldPanel("status")]),
    ]
