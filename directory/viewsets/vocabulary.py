"""Methods, topics and audiences in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn, NumberColumn, UpdatedAtColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from directory.models import Audience, Method, Practitioner, Topic
from directory.models.vocabulary import Term
from search.exporting import SafeExportMixin


def with_people(rows: QuerySet[Term]) -> QuerySet[Term]:
    """Each with `people`: how many practitioners the term (of this language) is set on."""
    name = str(rows.model._meta.model_name)
    relation: Any = Practitioner._meta.get_field(f"{name}s")
    links = relation.remote_field.through
    counted = (
        links.objects.filter(**{name: OuterRef("pk")})
        .order_by()
        .values(name)
        .annotate(n=Count("pk"))
        .values("n")
    )
    return rows.annotate(people=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


class TermIndexView(SafeExportMixin, IndexView):
    pass


class OtherNamesMixin:
    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("other_names_line", label=_("Inne nazwy"))]  # type: ignore[misc]


class TermChooseView(OtherNamesMixin, ChooseView):
    pass


class TermChooseResultsView(OtherNamesMixin, ChooseResultsView):
    pass


class TermChooserViewSet(SnippetChooserViewSet):
    choose_view_class = TermChooseView
    choose_results_view_class = TermChooseResultsView


class TermViewSet(SnippetViewSet):
    index_view_class = TermIndexView
    chooser_viewset_class = TermChooserViewSet
    list_display = [
        "name",
        Column("other_names_line", label=_("Inne nazwy")),
        NumberColumn("people", label=_("Osób w bazie"), sort_key="people"),
        LocaleColumn(),
        UpdatedAtColumn(),
    ]
    list_filter = ["cover_topic"]
    list_export = ["name", "slug", "other_names_line", "description", "people", "locale"]
    list_per_page = 50
    ordering = ["name"]
    copy_view_enabled = False
    icon = "tag"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Term]:
        return with_people(self.model.objects.select_related("locale"))


class MethodViewSet(TermViewSet):
    model = Method
    menu_label = _("Metody")
    icon = "cogs"


class TopicViewSet(TermViewSet):
    model = Topic
    menu_label = _("Tematy")
    icon = "tag"


class AudienceViewSet(TermViewSet):
    model = Audience
    menu_label = _("Grupy")
    icon = "group"
