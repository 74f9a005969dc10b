"""The page on which a need is described, and the people it leads to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from directory.contact import limits
from directory.contact.views import too_many
from home import navigation

from .finding import Advice, advise
from .forms import NeedForm
from .understanding import understand

if TYPE_CHECKING:
    from directory.models.pages import DirectoryPage

PATH = "opisz/"
#: Reading a paragraph costs more than a question.
NETWORK = limits.Limit("needs-network", 30, timedelta(hours=1))


def describe(page: DirectoryPage, request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST the same form with the answer below. Nothing of it is kept."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        return shown(page, request, NeedForm())
    form = NeedForm(request.POST)
    if not form.is_valid():
        return shown(page, request, form)
    try:
        with transaction.atomic():
            limits.take({NETWORK: limits.network_hash(request)}, timezone.now())
    except limits.Reached as reached:
        form.add_error(None, _("Z Twojej sieci przyszło właśnie dużo opisów. Spróbuj za godzinę."))
        return too_many(shown(page, request, form), reached)
    return shown(page, request, form, advise(understand(form.cleaned_data["text"])))


def shown(
    page: DirectoryPage, request: HttpRequest, form: NeedForm, advice: Advice | None = None
) -> HttpResponse:
    here = page.get_url(request) or ""
    response: HttpResponse = page.render(
        request,
        template="directory/need.html",
        context_overrides={
            "form": form,
            "advice": advice,
            "canonical": f"{here}{PATH}",
            "base_url": here,
            "crumbs": [navigation.Link("", navigation.home_url()), navigation.Link(page.title, here)],
            "language_links": navigation.below(request, page, PATH),
        },
    )
    add_never_cache_headers(response)
    return response
