"""Thesaurus and lexicon in the admin, each with a look at what an unsaved form would change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from search import rules
from search.analysis import fold, lexicon
from search.analysis.thesaurus import Thesaurus
from search.exporting import SafeExportMixin
from search.models import LexiconEntry, ThesaurusGroup
from search.preview import preview
from search.rereading import holding


class RulesIndexView(SafeExportMixin, IndexView):
    export_headings = {
        "terms_line": _("hasła"),
        "answers_line": _("szukaj także"),
    }


class ThesaurusIndexView(RulesIndexView):
    add_item_label = _("Dodaj grupę")


class LexiconIndexView(RulesIndexView):
    add_item_label = _("Dodaj słowo")


class SavedByHandMixin:
    """Without drafts Wagtail's autosave would put half-written rules before readers."""

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class RuleEditView(SavedByHandMixin, EditView):
    pass


class PrefilledCreateView(SavedByHandMixin, CreateView):
    """Takes the first field from the address: the report of questions leads here with what was asked."""

    def get_initial_form_instance(self) -> Model:
        asked = " ".join(self.request.GET.get("terms", "").split())[:80]
        instance: Model = super().get_initial_form_instance() or self.model()
        setattr(instance, "terms" if self.model is ThesaurusGroup else "base", asked)
        return instance


class ThesaurusViewSet(SnippetViewSet):
    model = ThesaurusGroup
    menu_label = _("Tezaurus")
    icon = "list-ul"
    index_view_class = ThesaurusIndexView
    add_view_class = PrefilledCreateView
    edit_view_class = RuleEditView
    list_display = [
        "terms_line",
        Column("arrow", label=_("Rodzaj")),
        Column("answers_line", label=_("Szukaj także")),
        Column("get_language_display", label=_("Język")),
        StatusTagColumn("state", label=_("Stan"), primary=lambda row: row.active),
        DateColumn("changed_at", label=_("Zmieniono"), sort_key="changed_at"),
    ]
    list_filter = ["kind", "language", "active", "origin"]
    list_export = ["terms_line", "kind", "answers_line", "language", "active", "origin", "note"]
    search_fields = ["terms", "answers", "note"]
    ordering = ["origin", "terms"]
    list_per_page = 50
    copy_view_enabled = False


class LexiconViewSet(SnippetViewSet):
    model = LexiconEntry
    menu_label = _("Słownik")
    icon = "openquote"
    index_view_class = LexiconIndexView
    add_view_class = PrefilledCreateView
    edit_view_class = RuleEditView
    list_display = [
        "base",
        "like",
        Column("forms_line", label=_("Czytane tak samo")),
        StatusTagColumn("state", label=_("Stan"), primary=lambda row: row.active),
        DateColumn("changed_at", label=_("Zmieniono"), sort_key="changed_at"),
    ]
    list_filter = ["active", "origin"]
    list_export = ["base", "like", "forms", "active", "origin", "note"]
    search_fields = ["base", "forms", "note"]
    list_per_page = 50
    copy_view_enabled = False


def unsaved(request: HttpRequest, viewset: SnippetViewSet) -> tuple[Any, Any]:
    """The form as it was sent, checked, and the row as it stands (None for a new one). Nothing is stored."""
    name = f"{viewset.model._meta.app_label}.{{}}_{viewset.model._meta.model_name}"
    if not (request.user.has_perm(name.format("change")) or request.user.has_perm(name.format("add"))):
        raise PermissionDenied
    key = request.GET.get("pk", "")
    stored = get_object_or_404(viewset.model, pk=int(key)) if key.isascii() and key.isdigit() else None
    instance = get_object_or_404(viewset.model, pk=stored.pk) if stored else viewset.model()
    form_class = viewset.model.snippet_viewset.get_edit_handler().get_form_class()
    form = form_class(request.POST, instance=instance, for_user=request.user)
    form.is_valid()
    return form, stored


@require_POST
def thesaurus_preview(request: HttpRequest) -> HttpResponse:
    form, stored = unsaved(request, ThesaurusViewSet())
    context: dict[str, Any] = {"form": form, "title": _("Co zmieni ta grupa")}
    if not form.errors:
        rules.forget()
        groups = [row.group for row in (stored, form.instance) if row and row.active]
        before: Thesaurus = rules.snapshot()
        after = rules.snapshot(instead_of=stored.pk if stored else None, unsaved=form.instance)
        context |= {"preview": preview(before, after, groups), "row": form.instance}
    return TemplateResponse(request, "search/admin/thesaurus_preview.html", context)


@require_POST
def lexicon_preview(request: HttpRequest) -> HttpResponse:
    form, stored = unsaved(request, LexiconViewSet())
    context: dict[str, Any] = {"form": form, "title": _("Co zmieni to słowo")}
    if not form.errors:
        before = rules.keys_of(stored)
        after = rules.keys_of(form.instance)
        touched = {word for word in before.keys() | after.keys() if before.get(word) != after.get(word)}
        context |= {
            "row": form.instance,
            "forms": lexicon.forms_of(form.instance.entry),
            "texts": [
                (kind_label(kind), len(keys)) for kind, keys in holding([fold(word) for word in touched])
            ],
        }
    return TemplateResponse(request, "search/admin/lexicon_preview.html", context)


def kind_label(kind: str) -> str:
    return str(apps.get_model(kind)._meta.verbose_name_plural)


VIEWS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "thesaurus_preview": thesaurus_preview,
    "lexicon_preview": lexicon_preview,
}
