from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn, LocaleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import MentoringOffer


class OfferViewSet(SnippetViewSet):
    model = MentoringOffer
    icon = "group"
    menu_label = _("Oferty mentorskie")
    menu_name = "mentoring-offers"
    menu_order = 130
    add_to_admin_menu = True
    list_display = [
        "title",
        "practitioner",
        "mode",
        "availability",
        "capacity",
        LocaleColumn(),
        # Wagtail's own tag asks for each row whether a publication is scheduled.
        BooleanColumn("live", label=_("Opublikowany")),
        BooleanColumn("has_unpublished_changes", label=_("Nowszy szkic")),
    ]
    list_filter = ["availability", "mode", "live"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("practitioner"),
                    FieldPanel("title"),
                    FieldPanel("description"),
                    FieldRowPanel([FieldPanel("availability"), FieldPanel("capacity"), FieldPanel("hours")]),
                    FieldPanel("mode"),
                ],
                heading=_("Oferta"),
            ),
            ObjectList(
                [
                    FieldPanel("methods"),
                    FieldPanel("topics"),
                    MultiFieldPanel(
                        [FieldPanel("voivodeships"), FieldPanel("languages")], heading=_("Gdzie i jak")
                    ),
                ],
                heading=_("Metody, tematy, region"),
            ),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return MentoringOffer.objects.select_related("practitioner", "locale", "latest_revision")


register_snippet(OfferViewSet)
