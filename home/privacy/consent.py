"""What the reader agreed to beyond the necessary: kept in one cookie, changed by POST only.

The cookie names the purposes agreed to, after the version of the question: `1:film` agrees to films, `1:` to
nothing optional. It is itself necessary (it remembers the answer) and holds nothing about the person.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseForbidden,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

COOKIE = "zgody"
VERSION = "1"  # raised when the question changes, so that everybody is asked again
FILMS = "film"
PURPOSES = (FILMS,)
MAX_AGE = 180 * 24 * 3600  # seconds; half a year, then the question is asked again


@dataclass(frozen=True, slots=True)
class Consent:
    """`answered` is False until the reader has chosen something."""

    answered: bool
    purposes: frozenset[str]

    @property
    def films(self) -> bool:
        return FILMS in self.purposes

    @classmethod
    def read(cls, cookie: str) -> "Consent":
        version, separator, names = cookie.partition(":")
        if not separator or version != VERSION:
            return cls(answered=False, purposes=frozenset())
        return cls(answered=True, purposes=frozenset(names.split(".")) & frozenset(PURPOSES))


def remember(response: HttpResponse, purposes: Iterable[str]) -> None:
    """Write the answer; unknown purposes are dropped."""
    value = f"{VERSION}:{'.'.join(name for name in PURPOSES if name in set(purposes))}"
    response.set_cookie(
        COOKIE, value, max_age=MAX_AGE, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give templates `request.consent`; a response that looked at it varies by cookie."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        looked: list[bool] = []

        def read() -> Consent:
            looked.append(True)
            return Consent.read(request.COOKIES.get(COOKIE, ""))

        request.consent = SimpleLazyObject(read)  # type: ignore[attr-defined]
        response = get_response(request)
        if looked:
            patch_vary_headers(response, ["Cookie"])
        return response

    return handle


def _from_here(request: HttpRequest) -> bool:
    """Whether the form was on a page of this site.

    The notice stands on every page, cached ones too, so it carries no token; the browser's own headers say
    where a form came from.
    """
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.get_host()


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cookie_settings(request: HttpRequest) -> HttpResponse:
    """GET shows the choice, POST stores it and goes back (or answers 204 to the script)."""
    if request.method != "POST":
        back = request.GET.get("next", "")
        return render(request, "home/cookie_settings.html", {"next": _local(request, back)})
    if not _from_here(request):
        return HttpResponseForbidden(
            _("Wyślij ten formularz ze strony serwisu."), content_type="text/plain; charset=utf-8"
        )
    response: HttpResponse
    if request.headers.get("Accept") == "application/json":
        response = HttpResponse(status=204)
    else:
        response = HttpResponseRedirect(_local(request, request.POST.get("next", "")) or request.path)
    remember(response, request.POST.getlist("purpose"))
    return response


def _local(request: HttpRequest, address: str) -> str:
    """The address if it is one of ours, else nothing."""
    allowed = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed else ""
