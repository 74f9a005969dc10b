"""The pages of a saved search. GET changes nothing; the question stands in the address, as on the page of results."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory.addresses import base_url
from directory.contact import limits
from directory.contact.views import too_many
from directory.models.saved import SavedSearch
from directory.self_service.views import private
from home.navigation import Link, home_url

from . import searches
from .forms import NewsForm

FORM_METHODS = ["GET", "HEAD", "POST"]


def page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    crumbs = [Link("", home_url()), Link(_("Baza praktyków"), base_url())]
    around = {"crumbs": crumbs, "canonical": reverse("saved_search"), "base": base_url()}
    return render(request, f"directory/saved/{name}.html", around | context, status=status)


@private
@require_http_methods(FORM_METHODS)
def ask(request: HttpRequest) -> HttpResponse:
    """The form, for the question in the address; without one there is nothing to hear of."""
    question = searches.Question.of(request.GET)
    if not question.words:
        return redirect(base_url() or home_url())
    form = NewsForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "question": question, "back": f"{base_url()}?{question.query}"}
    if request.method != "POST":
        return page(request, "ask", **context)
    if not form.is_valid():
        return page(request, "ask", 422, **context)
    try:
        searches.ask_for(
            email=form.cleaned_data["email"],
            question=question,
            language=get_language() or "pl",
            network=limits.network_hash(request),
            now=timezone.now(),
        )
    except limits.Reached as reached:
        form.add_error(None, _("Z tej sieci przyszło za dużo próśb. Spróbuj za godzinę."))
        return too_many(page(request, "ask", **context), reached)
    return redirect("saved_search_sent")


@private
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return page(request, "sent")


@private
@require_http_methods(FORM_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first mail and of the yearly one: GET asks, POST confirms."""
    if searches.id_of(token, "confirm") is None:
        raise Http404
    search = searches.to_confirm(token, timezone.now())
    if search is None:
        return page(request, "gone", 410)
    if request.method == "POST":
        searches.confirm(search=search, now=timezone.now())
        return redirect(request.path)
    question = searches.Question.kept(search)
    return page(
        request,
        "confirm",
        question=question,
        on=bool(search.confirmed_at and not search.asked_again_at),
        again=bool(search.asked_again_at),
        results=f"{base_url()}?{question.query}",
        leave_token=searches.token_of(search, "leave"),
    )


# Mail programs post here on the reader's word (RFC 8058), with no cookie and no page before it: the link is the secret.
@csrf_exempt
@private
@require_http_methods(FORM_METHODS)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """The link in every mail: GET asks, POST deletes; a second time it says that it is done."""
    pk = searches.id_of(token, "leave")
    if pk is None:
        raise Http404
    if request.method == "POST":
        searches.leave(pk)
    search = SavedSearch.objects.filter(pk=pk).first()
    if search is None:
        return page(request, "left")
    return page(request, "leave", question=searches.Question.kept(search))
