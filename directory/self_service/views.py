"""The pages of one's own entry. GET never changes anything; no page names the person in its address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory import services
from directory.models import EntryLink, Practitioner, State
from directory.profiles import confirmed_words
from home.navigation import Link, home_url
from home.privacy.network import network_of

from . import acts, editing, holdings, limits, links
from .forms import AskForm, WithdrawForm

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
HERE = "directory/self_service/"


def private(view: View[P]) -> View[P]:
    """Kept by no cache and no search engine; nobody else is told the address of the page."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


def page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    crumbs = [Link("", home_url()), Link(_("Mój wpis"), reverse("self_service"))]
    context = {"crumbs": crumbs, "canonical": reverse("self_service"), **context}
    return render(request, f"{HERE}{name}.html", context, status=status)


def visiting(view: Callable[Concatenate[HttpRequest, EntryLink, P], HttpResponse]) -> View[P]:
    """For whoever came by a link less than an hour ago; others are asked for their address again.

    A form says whose entry it shows: after another entry was opened in another tab it changes neither.
    """

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visit = links.visitor(request.COOKIES.get(links.COOKIE, ""), timezone.now())
        if visit is None:
            return page(request, "ask", 403, form=AskForm(), why="ended")
        if request.method == "POST" and request.POST.get("entry") != visit.practitioner.public_id:
            return page(request, "entry", 409, **about(visit), other=True)
        return view(request, visit, *args, **kwargs)

    return guarded


def about(visit: EntryLink) -> dict[str, Any]:
    person = visit.practitioner
    day = person.confirmed_at
    seen = Practitioner.objects.visible().filter(translation_key=person.translation_key).exists()
    return {
        "person": person,
        "state": in_words(State(person.state), seen),
        "confirmed": confirmed_words(day.month, day.year) if day else "",
        "url": person.get_absolute_url() if seen else "",
        "may": acts.possible(person),
        "may_edit": editing.may_edit(person),
        "change": editing.change_of(person),
        "until": timezone.localtime((visit.used_at or visit.created_at) + links.VISIT),
    }


def in_words(state: State, seen: bool) -> str:
    if state == State.LIVE and not seen:
        return _(
            "Wpis jest przyjęty, ale nie widać go w bazie: brakuje zgody na publikację albo redakcja go przegląda."
        )
    return {
        State.UNCONFIRMED: _("Wpis czeka na potwierdzenie adresu. Nikt poza zespołem programu go nie widzi."),
        State.MODERATION: _("Wpis czeka na redakcję. Nikt poza zespołem programu go nie widzi."),
        State.LIVE: _("Wpis jest w bazie: każdy może go znaleźć i przeczytać."),
        State.PAUSED: _("Wpis jest wstrzymany: nikt poza zespołem programu go nie widzi. Możesz go przywrócić w każdej chwili."),
        State.HIDDEN: _("Redakcja ukryła ten wpis. Nikt poza zespołem programu go nie widzi. Napisz do nas, żeby to wyjaśnić."),
        State.WITHDRAWN: _("Wpis jest wycofany z bazy. Napisz do nas, jeśli chcesz do niej wrócić."),
    }[state]  # fmt: skip


@private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer never says whether the address is in the base."""
    now = timezone.now()
    if request.method != "POST":
        return page(request, "ask", form=AskForm())
    form = AskForm(request.POST)
    network = network_of(request)
    if limits.network_is_busy(network, now):
        form.add_error(None, _("Z tej sieci przyszło za dużo próśb. Spróbuj za godzinę."))
        response = page(request, "ask", 429, form=form)
        response["Retry-After"] = str(int(limits.WINDOW.total_seconds()))
        return response
    if not form.is_valid():
        return page(request, "ask", 422, form=form)
    acts.ask_for_link(address=form.cleaned_data["email"], network=network, now=now)
    return redirect("self_service_sent")


@private
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return page(request, "sent")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows buttons; POST uses the link up, does what the button says and opens the visit."""
    now = timezone.now()
    found = links.look_up(token, now)
    here = links.visitor(request.COOKIES.get(links.COOKIE, ""), now)
    if found.link is None:
        return page(request, "ask", 404, form=AskForm(), why="unknown")
    if not found.usable:
        if here and here.practitioner_id == found.link.practitioner_id:
            return redirect("self_service_entry")
        return page(request, "ask", 410, form=AskForm(), why="used" if found.link.used_at else "late")
    person = found.link.practitioner
    wanted = "show" if person.state == State.PAUSED else "confirm"
    quick = found.link.purpose == EntryLink.Purpose.FRESHNESS and wanted in acts.possible(person)
    if request.method != "POST":
        return page(request, "link", person=person, quick=wanted if quick else "")
    secret = links.use(found.link, now)
    if secret is None:
        return page(request, "ask", 410, form=AskForm(), why="used")
    if quick and request.POST.get("act") == wanted:
        act(request, person, wanted)
    response = redirect("self_service_entry")
    response.set_cookie(
        links.COOKIE,
        secret,
        max_age=links.VISIT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def entry(request: HttpRequest, visit: EntryLink) -> HttpResponse:
    """The entry's state, and the acts that need one button."""
    if request.method != "POST":
        return page(request, "entry", **about(visit))
    act(request, visit.practitioner, request.POST.get("act", ""))
    return redirect("self_service_entry")


def act(request: HttpRequest, person: Practitioner, name: str) -> None:
    """Do it and say so; what the state does not allow (any more) is said too."""
    doing: dict[str, tuple[Callable[..., None], str]] = {
        "confirm": (acts.confirm, _("Dziękujemy. Zapisaliśmy, że dane są aktualne.")),
        "pause": (acts.pause, _("Wpis jest wstrzymany. Od tej chwili nikt go nie znajdzie.")),
        "show": (acts.show_again, _("Wpis jest znowu w bazie, z dzisiejszą datą potwierdzenia.")),
    }
    try:
        if name not in doing or name not in acts.possible(person):
            raise ValidationError(name, code="forbidden")
        doing[name][0](practitioner=person, now=timezone.now())
    except ValidationError:
        messages.error(
            request, _("Tego nie da się teraz zrobić: wpis ma już inny stan. Poniżej jest aktualny.")
        )
    else:
        messages.success(request, doing[name][1])


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def withdraw(request: HttpRequest, visit: EntryLink) -> HttpResponse:
    person = visit.practitioner
    if "withdraw" not in acts.possible(person):
        return page(request, "entry", 409, **about(visit), closed=True)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.withdraw(practitioner=person, reason=form.cleaned_data["reason"], now=timezone.now())
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        else:
            messages.success(request, _("Wpis jest wycofany z bazy."))
            return redirect("self_service_entry")
    return page(request, "withdraw", 422 if request.method == "POST" else 200, **about(visit), form=form)


@require_safe
@visiting
def data(request: HttpRequest, visit: EntryLink) -> HttpResponse:
    """Everything the site keeps about the person, to read."""
    return page(request, "data", **about(visit), held=holdings.everything(visit.practitioner))


@require_safe
@visiting
def download(request: HttpRequest, visit: EntryLink) -> HttpResponse:
    """The same for a program."""
    response = JsonResponse(
        holdings.as_data(visit.practitioner), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="moje-dane.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def erase(request: HttpRequest, visit: EntryLink) -> HttpResponse:
    """Says what will be removed; POST removes it and says what was."""
    person = visit.practitioner
    goes = holdings.what_goes(person)
    if request.method != "POST":
        stays = [held.label for held in holdings.everything(person) if not held.goes]
        return page(request, "erase", **about(visit), goes=goes, stays=stays)
    try:
        services.erase(practitioner=person, now=timezone.now())
    except ValidationError:
        return page(request, "erase", 409, **about(visit), goes=goes, held_back=True)
    response = page(request, "erased", gone=goes)
    response.delete_cookie(links.COOKIE, samesite="Lax")
    return response


@require_http_methods(["POST"])
@visiting
def leave(request: HttpRequest, visit: EntryLink) -> HttpResponse:
    links.leave(visit)
    response = redirect("self_service")
    response.delete_cookie(links.COOKIE, samesite="Lax")
    return response
