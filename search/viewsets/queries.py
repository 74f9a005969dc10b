"""The report of what people ask for, and what of it finds nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import ModelPermissionPolicy

from search.exporting import SafeExportMixin
from search.models import QueryCount, ThesaurusGroup
from search.query_log import LEAST_SHOWN, counted

USUAL_PERIOD = "30"


class QueryFilters(WagtailFilterSet):
    period = ChoiceFilter(
        label=_("Okres"),
        choices=[
            ("7", _("ostatnie 7 dni")),
            ("30", _("ostatnie 30 dni")),
            ("90", _("ostatnie 90 dni")),
            ("400", _("wszystko, co mamy")),
        ],
        empty_label=None,
    )
    found = ChoiceFilter(label=_("Wyniki"), choices=[("none", _("bez wyników")), ("some", _("z wynikami"))])

    class Meta:
        model = QueryCount
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[QueryCount]) -> QuerySet[Any, Any]:
        """The texts of the period with their sums, in place of the single days."""
        texts = of_period(queryset, self.form.cleaned_data.get("period"))
        wanted = self.form.cleaned_data.get("found")
        if wanted:
            texts = texts.filter(results=0) if wanted == "none" else texts.filter(results__gt=0)
        return texts


def of_period(rows: QuerySet[QueryCount], period: str | None = None) -> QuerySet[Any, Any]:
    """Each text with `times`, `last` and `results`: how many it found when it was last asked."""
    since = timezone.localdate() - timedelta(days=int(period or USUAL_PERIOD))
    newest = QueryCount.objects.filter(text=OuterRef("text")).order_by("-day").values("found")[:1]
    return counted(rows.filter(day__gte=since)).annotate(results=Subquery(newest))


class AddColumn(Column):
    """A link to the thesaurus's form, filled in with what was asked."""

    cell_template_name = "search/admin/add_cell.html"

    def get_value(self, instance: Any) -> str:
        add = reverse(ThesaurusGroup.snippet_viewset.get_url_name("add"))
        return f"{add}?{urlencode({'terms': instance['text']})}"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        context["text"] = instance["text"]
        return context


class QueriesView(SafeExportMixin, ReportView):
    page_title = _("Zapytania do wyszukiwarki")
    header_icon = "search"
    model = QueryCount
    permission_policy = ModelPermissionPolicy(QueryCount)
    permission_required = "view"
    filterset_class = QueryFilters
    default_ordering = None
    list_export = ["text", "times", "results", "last"]
    export_headings = {
        "text": _("Pytanie"),
        "times": _("Ile razy"),
        "results": _("Ile wyników"),
        "last": _("Ostatnio"),
    }
    results_template_name = "search/admin/queries_results.html"

    @cached_property
    def columns(self) -> list[Column]:
        shown = [
            Column("text", label=_("Pytanie"), accessor="text"),
            NumberColumn("times", label=_("Ile razy"), accessor="times"),
            NumberColumn("results", label=_("Ile wyników"), accessor="results"),
            Column("last", label=_("Ostatnio"), accessor=lambda row: date_format(row["last"])),
        ]
        if self.request.user.has_perm("search.add_thesaurusgroup"):
            shown.append(AddColumn("add", label=_("Tezaurus")))
        return shown

    def get_base_queryset(self) -> QuerySet[QueryCount]:
        return QueryCount.objects.all()

    def filter_queryset(self, queryset: QuerySet[QueryCount]) -> QuerySet[Any, Any]:
        if self.filters is None or not self.filters.is_valid():
            return of_period(queryset)
        return self.filters.filter_queryset(queryset)

    def get_filename(self) -> str:
        return "zapytania"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(least=LEAST_SHOWN, **kwargs)


class QueriesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("search.view_querycount"))


class QueriesViewSet(ViewSet):
    name = "search_queries"
    url_prefix = "zapytania"
    menu_label = _("Zapytania")
    icon = "help"
    menu_item_class = QueriesItem

    def get_urlpatterns(self) -> list[URLPattern]:
        more = {
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("results"),
        }
        return [
            path("", QueriesView.as_view(**more), name="index"),
            path("wyniki/", QueriesView.as_view(results_only=True, **more), name="results"),
        ]
