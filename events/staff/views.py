"""The selection of an event: who applied, the balance, decisions, and the answers that go out together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from events.enums import Mode
from events.models import EventPage, Registration
from events.registration import rules, telling
from home.keys import numbers
from home.querysets import SOURCE_LANGUAGE

from . import deciding, selection
from .lists import SEE, SEE_NEEDS, RegistrationAdmin

SELECTION, ANSWERS = "event_selection", "event_answers"
DECIDE = "events.change_registration"
PAGE = 50


class SelectionMixin(WagtailAdminTemplateMixin):
    """A page about one event's selection, for those who hold `permission`; never kept by a browser."""

    kwargs: dict[str, Any]
    header_icon = "calendar-alt"
    permission = SEE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perms([SEE, self.permission]):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    @cached_property
    def event(self) -> EventPage:
        found: EventPage | None = EventPage.objects.filter(
            pk=self.kwargs["pk"], mode=Mode.SELECTION, locale__language_code=SOURCE_LANGUAGE
        ).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @property
    def over(self) -> bool:
        return rules.closed(self.event, self.now)

    @property
    def url(self) -> str:
        return reverse(SELECTION, args=[self.event.pk])

    def get_page_subtitle(self) -> str:
        return str(self.event.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": RegistrationAdmin().url_helper.index_url, "label": gettext("Zgłoszenia na wydarzenia")},
            {"url": self.url, "label": self.event.title},
        ]


class SelectionView(SelectionMixin, TemplateView):
    template_name = "events/staff/selection.html"
    page_title = _("Nabór")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        form = deciding.DecisionForm(request.POST, page=self.event, now=self.now)
        keys = numbers(request.POST.getlist("chosen"))
        if not keys:
            form.add_error(None, gettext("Zaznacz w tabeli, kogo to dotyczy."))
        if self.over:
            form.add_error(None, gettext("Wydarzenie już się zaczęło albo jest odwołane."))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, chosen=keys), status=422)
        outcome = deciding.decide(
            page=self.event,
            keys=keys[:PAGE],
            act=form.cleaned_data["act"],
            now=self.now,
            user=request.user,
            reason=form.cleaned_data["reason"],
            until=form.deadline,
        )
        good, bad = deciding.said(form.cleaned_data["act"], outcome)
        for words in good:
            messages.success(request, words)
        for words in bad:
            messages.warning(request, words)
        return redirect(self.here)

    @property
    def here(self) -> str:
        """This page with its filters, but without the boxes that are checked."""
        params = self.request.GET.copy()
        params.pop("zaznacz", None)
        return f"{self.url}?{params.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request, event = self.request, self.event
        params = request.GET.copy()
        filters = selection.FilterForm(params, sees_needs=request.user.has_perm(SEE_NEEDS))
        paginator = Paginator(selection.rows_of(event, filters), PAGE)
        shown = paginator.get_page(params.get("p"))
        rows: list[Registration] = list(shown.object_list)
        everybody = {row.pk for row in rows} if "zaznacz" in params else set()
        chosen = set(kwargs.pop("chosen", everybody))
        links = RegistrationAdmin().url_helper
        params["zaznacz"] = selection.YES
        context = {
            "event": event,
            "filters": filters,
            "filtered": any(filters.asked.values()),
            "rows": [(row, row.pk in chosen, links.get_action_url("inspect", row.pk)) for row in rows],
            "items": shown,
            "elided_page_range": paginator.get_elided_page_range(shown.number),
            "all_url": f"{self.url}?{params.urlencode()}",
            "here": self.here,
            "url": self.url,
            "balances": selection.balances(event),
            "room": selection.room(event, self.now),
            "untold": sum(telling.untold(event).values()),
            "answers_url": reverse(ANSWERS, args=[event.pk]),
            "may_decide": request.user.has_perm(DECIDE) and not self.over,
            "over": self.over,
            "sees_needs": "potrzeby" in filters.fields,
        }
        if "form" not in kwargs:
            context["form"] = deciding.DecisionForm(page=event, now=self.now)
        return super().get_context_data(**context, **kwargs)


class AnswersView(SelectionMixin, TemplateView):
    """How many answers of each kind wait; POST sends those that were decided when this page was drawn (`seen`)."""

    template_name = "events/staff/answers.html"
    page_title = _("Wyślij odpowiedzi")
    permission = DECIDE

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            seen = parse_datetime(request.POST.get("seen", ""))
        except ValueError:
            seen = None
        if seen is None or timezone.is_naive(seen) or self.over:
            messages.error(request, gettext("Nic nie wysłano. Sprawdź, co czeka, i spróbuj jeszcze raz."))
            return redirect(ANSWERS, pk=self.event.pk)
        sent = telling.send(page=self.event, now=self.now, seen=min(seen, self.now))
        messages.success(request, gettext("Wysłane odpowiedzi: %(count)s.") % {"count": sent.total()})
        if left := sum(telling.untold(self.event).values()):
            messages.warning(
                request,
                gettext(
                    "Nadal czekają: %(count)s. To decyzje podjęte w tej chwili albo oferty, których termin minąłby, zanim dojdą."
                )
                % {"count": left},
            )
        return redirect(self.url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = telling.untold(self.event)
        words = {
            "offered": gettext("Masz miejsce, potwierdź je"),
            "waiting": gettext("Jesteś na liście rezerwowej"),
            "rejected": gettext("Tym razem bez miejsca"),
        }
        return super().get_context_data(
            event=self.event,
            kinds=[(words.get(state, state), count) for state, count in sorted(waiting.items())],
            total=sum(waiting.values()),
            seen=self.now.isoformat(),
            over=self.over,
            url=self.url,
            **kwargs,
        )


def urls() -> list[URLPattern]:
    return [
        path("wydarzenia/<int:pk>/nabor/", SelectionView.as_view(), name=SELECTION),
        path("wydarzenia/<int:pk>/nabor/odpowiedzi/", AnswersView.as_view(), name=ANSWERS),
    ]
