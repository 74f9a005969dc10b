"""The public interface for programs at /api/v1/: its parts' routers, one shape of refusals, a page that describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError
from ninja.openapi.docs import DocsBase

from directory.api import router as directory_router
from home.privacy.pace import Throttle
from home.refusals import Refused
from przestrzen.api_docs import described

PATH = "/api/"
RATE = "120/m"
#: Seconds for which an answer may be kept: as long as anybody who is taken out of the base may still be seen.
KEPT = 30
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
Handler = Callable[[HttpRequest], HttpResponse]


class Page(DocsBase):
    """The description as a page of this site: nothing is loaded from elsewhere."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        context = {
            "api": api,
            "operations": described(api.get_openapi_schema(path_params=kwargs)),
            "schema_url": self.get_openapi_url(api, kwargs),
            "rate": RATE.removesuffix("/m"),
        }
        return render(request, "api/docs.html", context)


api = NinjaAPI(
    title="Przestrzeń Praktyków Partycypacji",
    version="1",
    description="Public data of the practitioner base. No key is needed; no e-mail address is ever given.",
    urls_namespace="api",
    docs=Page(),
    throttle=Throttle("api", RATE),
)
api.add_router("", directory_router)


def refusal(problems: dict[str, str], status: int, detail: str = "") -> JsonResponse:
    errors = [{"parameter": name, "message": message} for name, message in problems.items()]
    said = detail or "; ".join(f"{name}: {message}" for name, message in problems.items())
    return JsonResponse({"detail": said, "errors": errors}, status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return refusal(error.problems, error.status)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    asked = request.GET.get("lang")
    with translation.override(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return refusal({name_of(each["loc"]): message(each) for each in error.errors}, 422)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    wait = int(error.wait or 60) + 1
    minutes = -(-wait // 60)
    said = ngettext(
        "Za dużo pytań. Spróbuj za %(minutes)d minutę.",
        "Za dużo pytań. Spróbuj za %(minutes)d minut.",
        minutes,
    ) % {"minutes": minutes}
    response = refusal({}, 429, said)
    response["Retry-After"] = str(wait)
    return response


def name_of(place: tuple[Any, ...]) -> str:
    return next((str(part) for part in reversed(place) if isinstance(part, str)), "")


def message(error: dict[str, Any]) -> str:
    """A sentence for what pydantic found."""
    more = error.get("ctx", {})
    kind = error["type"]
    if kind in ("enum", "literal_error"):
        return _("Nieznana wartość. Możliwe są: %(values)s.") % {"values": more.get("expected", "")}
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return _("Wpisz liczbę całkowitą.")
    if kind in ("less_than_equal", "greater_than_equal", "int_parsing_size"):
        return _("Wpisz liczbę od 1 do %(most)d.") % {"most": more.get("le", 100)}
    if kind == "string_too_long":
        return _("Za długi tekst: najwyżej %(most)d znaków.") % {"most": more["max_length"]}
    if kind == "too_long":
        return _("Za dużo wartości: najwyżej %(most)d.") % {"most": more["max_length"]}
    return _("Tej wartości nie da się odczytać.")


def missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    return refusal({}, 404, _("Pod tym adresem nic nie ma. Opis: /api/v1/docs."))


def shared(get_response: Handler) -> Handler:
    """Public data for pages of any origin: no cookie is read or set; answers may be kept for half a minute."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATH):
            return get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, content_type="", headers=PREFLIGHT)
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            return response
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response["X-Robots-Tag"] = "noindex"
        if response.status_code != 200:
            patch_cache_control(response, no_store=True)
            return response
        patch_cache_control(response, public=True, max_age=KEPT)
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    return handle
