"""Municipalities in the admin: a register to look at and choose from; editors add only what the register lacks."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from directory.models import Municipality, Voivodeship
from search.exporting import SafeExportMixin


class MunicipalityIndexView(SafeExportMixin, IndexView):
    # The register is searched by its own columns: it must be found before anything was indexed.
    is_searchable = True

    def search_queryset(self, queryset: QuerySet[Municipality]) -> QuerySet[Municipality]:
        if not self.is_searching:
            return queryset
        found = queryset.matching(self.search_query)  # type: ignore[attr-defined]
        return self.order_queryset(found) if self.is_explicitly_ordered else found


class MunicipalityFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Nazwa, powiat albo kod TERYT"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Szukaj")}),
    )
    voivodeship = forms.ChoiceField(
        label=_("Województwo"),
        choices=[("", _("wszystkie")), *Voivodeship.choices],
        required=False,
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def filter(self, objects: QuerySet[Municipality]) -> QuerySet[Municipality]:
        objects = super().filter(objects)
        if self.cleaned_data["voivodeship"]:
            objects = objects.filter(voivodeship=self.cleaned_data["voivodeship"])
        if self.cleaned_data["q"]:
            objects = objects.matching(self.cleaned_data["q"])  # type: ignore[attr-defined]
            self.is_searching, self.search_query = True, self.cleaned_data["q"]
        return objects


class NamesakesMixin:
    """Columns that tell the town from the rural municipality around it."""

    filter_form_class = MunicipalityFilterForm

    @property
    def columns(self) -> list[Column]:
        title, *_rest = super().columns  # type: ignore[misc]
        title.accessor = "name"
        return [
            title,
            Column("kind", label=_("Rodzaj"), accessor="get_kind_display"),
            Column("county", label=_("Powiat")),
            Column("voivodeship", label=_("Województwo"), accessor="get_voivodeship_display"),
        ]


class MunicipalityChooseView(NamesakesMixin, ChooseView):
    pass


class MunicipalityChooseResultsView(NamesakesMixin, ChooseResultsView):
    pass


class MunicipalityChooserViewSet(SnippetChooserViewSet):
    choose_view_class = MunicipalityChooseView
    choose_results_view_class = MunicipalityChooseResultsView
    choose_one_text = _("Wybierz gminę")
    choose_another_text = _("Wybierz inną gminę")


class MunicipalityViewSet(SnippetViewSet):
    model = Municipality
    icon = "globe"
    menu_label = _("Gminy")
    index_view_class = MunicipalityIndexView
    chooser_viewset_class = MunicipalityChooserViewSet
    chooser_per_page = 20
    list_display = [
        "name",
        "kind",
        "county",
        "voivodeship",
        "teryt",
        BooleanColumn("is_demo", label=_("do pokazu")),
    ]
    list_filter = ["voivodeship", "kind", "is_demo"]
    list_export = [
        "teryt",
        "name",
        "get_kind_display",
        "county",
        "get_voivodeship_display",
        "latitude",
        "longitude",
        "population",
    ]
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_locative")]),
        FieldRowPanel([FieldPanel("teryt"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("city_with_county_rights")]),
        FieldRowPanel([FieldPanel("county"), FieldPanel("voivodeship")]),
        FieldPanel("population"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]), FieldPanel("approximate")],
            heading=_("Położenie siedziby"),
        ),
        FieldPanel("is_demo"),
    ]
