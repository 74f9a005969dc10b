"""How the indexes do: which engine answers, how far behind they are, what could not be indexed."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from search import outbox, worker
from search.condition import condition
from search.models import Change, QueryCount
from search.viewsets.queries import QueriesItem

#: Objects that the page names.
SHOWN = 50
REASONS = {
    "unreachable": _("serwer wyszukiwania nie odpowiada"),
    "timeout": _("serwer wyszukiwania nie odpowiada na czas"),
    "slow": _("serwer wyszukiwania odpowiada zbyt wolno"),
    "tls": _("certyfikat serwera wyszukiwania budzi wątpliwości"),
    "unauthorized": _("serwer wyszukiwania nie przyjmuje naszego hasła lub klucza"),
    "version": _("serwer wyszukiwania ma niewłaściwą wersję"),
    "overloaded": _("serwer wyszukiwania jest przeciążony"),
    "garbage": _("odpowiedzi serwera wyszukiwania są nieczytelne"),
    "read-only": _("serwer wyszukiwania nie przyjmuje zmian (może pełny dysk)"),
    "rebuild": _("indeks trzeba zbudować od nowa (manage.py update_index)"),
    "catching up": _("indeks nadrabia zaległości po przerwie"),
}


class StateView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    page_title = _("Stan wyszukiwarki")
    header_icon = "search"
    template_name = "search/admin/state.html"
    permission_policy = ModelPermissionPolicy(QueryCount)
    permission_required = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = condition()
        lag = outbox.lag()
        return super().get_context_data(
            condition=found,
            reason=REASONS.get(found.reason, found.reason),
            lag=lag,
            minutes=lag.seconds(timezone.now()) // 60,
            refused=[(name_of(change), change) for change in refused()[:SHOWN]],
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try now what waits; with "again" what was given up too."""
        if "again" in request.POST:
            for change in refused():
                outbox.note(change.kind, [change.object_id], "default")
            refused().update(error="")
        Change.objects.pending().update(not_before=timezone.now())
        done = worker.drain()
        left = outbox.lag().pending
        if left:
            messages.warning(
                request,
                ngettext("Nadal czeka %d zmiana.", "Nadal czekają zmiany: %d.", left) % left,
            )
        else:
            messages.success(
                request, ngettext("Zindeksowano %d zmianę.", "Zindeksowano zmiany: %d.", done) % done
            )
        return redirect(request.path)


def refused() -> QuerySet[Change]:
    """What was given up in the last day."""
    return Change.objects.exclude(done_at=None).exclude(error="").order_by("-done_at")


def name_of(change: Change) -> str:
    """The object in an editor's words: what it is and what it is called."""
    try:
        model = apps.get_model(change.kind)
    except LookupError:
        return str(change)
    found = model._base_manager.filter(pk=change.object_id).first()
    return f"{model._meta.verbose_name}: {found or change.object_id}"


class StateViewSet(ViewSet):
    name = "search_state"
    url_prefix = "stan-wyszukiwarki"
    menu_label = _("Stan")
    icon = "history"
    menu_item_class = QueriesItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", StateView.as_view(), name="index")]
