from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
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
    list_display = ["title", "practitioner", "mode", "availability", "capacity"]
    list_filter = ["availability", "mode"]
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


register_snippet(OfferViewSet)
