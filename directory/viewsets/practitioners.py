"""Practitioners in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from directory.completeness import completeness
from directory.forms import told_apart
from directory.models import Consent, Practitioner, State
from home.querysets import SOURCE_LANGUAGE
from search.exporting import SafeExportMixin

from .guardians import PractitionerFilterSet
from .moderation import ChangeView
from .ownership import SEE_EMAIL, OwnershipView
from .past import CompletenessPanel, HistoryPanel
from .standing import EraseView, StandingPanel, StateView

EXPORTED = [
    "public_id",
    "name",
    "headline",
    "organisation",
    "sector",
    "voivodeship",
    "works_in",
    "municipality",
    "method_slugs",
    "topic_slugs",
    "audience_slugs",
    "languages",
    "is_mentor",
    "state",
    "confirmed_at",
    "locale",
]


class PractitionerForm(WagtailAdminModelForm):
    """A stored address changes only on the page of ownership: a form that was open meanwhile brings none back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields and self.instance.pk and self.instance.email:
            field = self.fields["email"]
            field.disabled = True
            field.help_text = gettext("Inny adres wpiszesz na stronie „Opieka i przekazanie”.")


def standing(person: Practitioner) -> str:
    """Wagtail's own tag would ask for each row whether a publication is scheduled."""
    words = [person.get_state_display()]
    if person.state == State.LIVE and not person.live:
        words.append(gettext("bez opublikowanej treści"))
    elif person.has_unpublished_changes:
        words.append(gettext("nowszy szkic"))
    return ", ".join(words)


def complete(person: Any) -> str:
    """For the column; of rows of the viewset's queryset. A translation has its source's."""
    if person.locale.language_code != SOURCE_LANGUAGE:
        return ""
    return completeness(
        person,
        has_place=bool(person.municipality_id or person.voivodeship),
        has_methods=bool(person.methods.all()),
        has_consent=person.consented,
        today=localdate(),
    ).short


class PractitionerIndexView(SafeExportMixin, IndexView):
    export_headings = {
        "method_slugs": _("Metody"),
        "topic_slugs": _("Tematy"),
        "audience_slugs": _("Z kim pracuje"),
        "locale": _("Wersja językowa"),
    }

    @property
    def list_export(self) -> list[str]:
        """E-mail addresses only for those who may see them."""
        return [*EXPORTED, "email"] if self.request.user.has_perm(SEE_EMAIL) else EXPORTED

    @list_export.setter
    def list_export(self, value: list[str]) -> None:
        """The viewset passes its own list, which is the same for everybody."""


class TellingApartMixin:
    """What tells two Nowaks apart: what they do, where, and the state of the entry."""

    @property
    def columns(self) -> list[Column]:
        return [
            *(column for column in super().columns if not isinstance(column, LiveStatusTagColumn)),  # type: ignore[misc]
            Column("headline", label=_("Czym się zajmuje")),
            Column("organisation", label=_("Organizacja")),
            Column("place", label=_("Miejsce")),
            Column("get_state_display", label=_("Stan")),
        ]


class SourceRowsMixin:
    """One row a person: what points at people points at the Polish row, whatever language it is shown in."""

    i18n_enabled = False
    page_title = _("Wybierz osobę z bazy")
    page_subtitle = ""

    def get_object_list(self) -> QuerySet[Any]:
        rows = Practitioner.objects.filter(locale__language_code=SOURCE_LANGUAGE)
        return rows.select_related("municipality", "locale")


class NamedInFullMixin:
    def get_display_title(self, instance: Practitioner) -> str:
        return told_apart(instance)


class PractitionerChooseView(SourceRowsMixin, TellingApartMixin, ChooseView):
    pass


class PractitionerChooseResultsView(SourceRowsMixin, TellingApartMixin, ChooseResultsView):
    pass


class PractitionerChosenView(NamedInFullMixin, SnippetChosenView):
    pass


class PractitionerChosenMultipleView(NamedInFullMixin, SnippetChosenMultipleView):
    pass


class PractitionerChooser(AdminSnippetChooser):
    """The field of one person."""

    def get_display_title(self, instance: Practitioner) -> str:
        return told_apart(instance)


class PractitionerChooserViewSet(SnippetChooserViewSet):
    choose_view_class = PractitionerChooseView
    choose_results_view_class = PractitionerChooseResultsView
    chosen_view_class = PractitionerChosenView
    chosen_multiple_view_class = PractitionerChosenMultipleView
    base_widget_class = PractitionerChooser


class PractitionerViewSet(SnippetViewSet):
    model = Practitioner
    menu_label = _("Praktycy i praktyczki")
    icon = "user"
    index_view_class = PractitionerIndexView
    chooser_viewset_class = PractitionerChooserViewSet
    list_display = [
        "name",
        Column("headline", label=_("Czym się zajmuje")),
        Column("place", label=_("Miejsce")),
        Column("standing", label=_("Stan"), sort_key="state", accessor=standing),
        Column("confirmed_at", label=_("Potwierdzono"), sort_key="confirmed_at"),
        Column("complete", label=_("Kompletność"), accessor=complete),
        Column("guardian", label=_("Opieka"), sort_key="guardian"),
        LocaleColumn(),
    ]
    filterset_class = PractitionerFilterSet
    export_filename = "baza-praktykow"
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    CompletenessPanel(heading=_("Kompletność")),
                    FieldPanel("name", required_on_save=True),
                    FieldPanel("headline"),
                    FieldRowPanel([FieldPanel("organisation"), FieldPanel("sector")]),
                    MultiFieldPanel(
                        [FieldPanel("municipality"), FieldPanel("voivodeship"), FieldPanel("works_in")],
                        heading=_("Skąd i gdzie"),
                    ),
                    FieldPanel("photo"),
                    FieldPanel("slug"),
                ],
                heading=_("Wizytówka"),
            ),
            ObjectList(
                [
                    FieldPanel("methods"),
                    FieldPanel("topics"),
                    FieldPanel("audiences"),
                    FieldPanel("languages"),
                    FieldPanel("biography"),
                    FieldPanel("experience"),
                    InlinePanel("links", heading=_("Linki"), label=_("Link")),
                    FieldPanel("is_mentor"),
                ],
                heading=_("Doświadczenie"),
            ),
            ObjectList(
                [
                    StandingPanel(heading=_("Stan i zgody")),
                    FieldPanel("confirmed_at"),
                    FieldPanel("email", permission=SEE_EMAIL),
                ],
                heading=_("Widoczność i zgody"),
            ),
            ObjectList([HistoryPanel(heading=_("Co się działo z wpisem"))], heading=_("Historia")),
        ],
        base_form_class=PractitionerForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        consents = Consent.objects.standing().filter(
            practitioner=OuterRef("pk"), kind=Consent.Kind.PUBLIC_PROFILE
        )
        return (
            Practitioner.objects.select_related("municipality", "locale", "latest_revision", "guardian")
            .prefetch_related("methods", "topics", "audiences")
            .annotate(consented=Exists(consents))
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("state/<int:pk>/", StateView.as_view(), name="state"),
            path("ownership/<int:pk>/", OwnershipView.as_view(), name="ownership"),
            path("change/<int:pk>/", ChangeView.as_view(), name="change"),
            path("erase/<int:pk>/", EraseView.as_view(), name="erase"),
        ]
