"""The form under a person's page, and the pages that the links of the mails lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.contact import challenge as challenges
from directory.contact import limits, refusing, sending
from directory.contact.forms import ContactForm
from directory.finder import foreign
from directory.models.practitioners import Practitioner
from home import navigation

if TYPE_CHECKING:
    from directory.models.pages import DirectoryPage

OUTCOMES = {"wyslano": True, "sprawdz-poczte": False}


def write(page: DirectoryPage, request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows the form, POST sends; what is wrong is said above the form, which keeps what was typed."""
    person = reached(slug)
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        return shown(page, request, person, ContactForm())
    now = timezone.now()
    form = ContactForm(request.POST)
    valid = form.is_valid()
    solution = request.POST.get("solution", "")
    try:
        challenge = challenges.read(request.POST.get("challenge", ""), person.source.public_id, now)
    except challenges.Unacceptable:
        form.add_error(None, _("Formularz stracił ważność. Sprawdź treść i wyślij jeszcze raz."))
        return shown(page, request, person, form)
    if not valid:
        return shown(page, request, person, form, challenge, solution)
    if form.cleaned_data["website"] or challenge.too_soon(now):
        form.add_error(None, _("Tak szybko wysyłają tylko automaty. Odczekaj chwilę i wyślij jeszcze raz."))
        return shown(page, request, person, form, challenge, solution)
    if solution and not challenge.solved_by(solution):
        form.add_error(None, _("Nie udało się sprawdzić formularza. Wyślij go jeszcze raz."))
        return shown(page, request, person, form)
    letter = sending.Letter(
        form.cleaned_data["name"], form.cleaned_data["email"], form.cleaned_data["message"], get_language()
    )
    try:
        log = sending.submit(
            person=person,
            letter=letter,
            challenge=challenge,
            solved=bool(solution),
            network=limits.network_hash(request),
            now=now,
        )
    except sending.AlreadyUsed:
        form.add_error(
            None,
            _("Z tego formularza poszła już inna wiadomość. Jeśli chcesz wysłać i tę, wyślij jeszcze raz."),
        )
        return shown(page, request, person, form)
    except sending.Unreachable as error:
        raise Http404 from error
    except limits.Reached as reached_limit:
        form.add_error(None, words_of(reached_limit.limit))
        response = shown(page, request, person, form, challenge, solution)
        return too_many(response, reached_limit)
    outcome = "wyslano" if log.state == log.State.SENT else "sprawdz-poczte"
    return redirect(f"{person.get_absolute_url()}kontakt/{outcome}/")


def written(page: DirectoryPage, request: HttpRequest, slug: str, outcome: str) -> HttpResponse:
    """Where a sender comes after the form."""
    if outcome not in OUTCOMES:
        raise Http404
    person = Practitioner.objects.visible().for_page().filter(slug=slug).first()
    if person is None:
        raise Http404
    context = around(page, request, person, f"kontakt/{outcome}/")
    return page.render(
        request,
        template="directory/contact/written.html",
        context_overrides=context | {"sent": OUTCOMES[outcome]},
    )


def reached(slug: str) -> Practitioner:
    """Whoever is visible and can be written to. Raises Http404."""
    person: Practitioner | None = Practitioner.objects.visible().for_page().filter(slug=slug).first()
    if person is None or not refusing.can_be_written_to(person):
        raise Http404
    return person


def shown(
    page: DirectoryPage,
    request: HttpRequest,
    person: Practitioner,
    form: ContactForm,
    challenge: challenges.Challenge | None = None,
    solution: str = "",
) -> HttpResponse:
    """The form, with the challenge that came with it or a new one."""
    challenge = challenge or challenges.issue(person.source.public_id, timezone.now())
    context = around(page, request, person, "kontakt/")
    response: HttpResponse = page.render(
        request,
        template="directory/contact/write.html",
        context_overrides=context
        | {
            "form": form,
            "challenge": challenge,
            "solution": solution if solution.isdigit() and challenge.solved_by(solution) else "",
        },
    )
    add_never_cache_headers(response)
    return response


def around(page: DirectoryPage, request: HttpRequest, person: Practitioner, below: str) -> dict[str, Any]:
    """What the frame of a page below a person's shows."""
    here = person.get_absolute_url()
    return {
        "person": person,
        "lang": foreign(person),
        "canonical": f"{here}{below}",
        "profile_url": here,
        "crumbs": [
            navigation.Link("", navigation.home_url()),
            navigation.Link(page.title, page.get_url(request) or ""),
            navigation.Link(person.name, here),
        ],
        "language_links": navigation.below(request, page, f"{person.slug}/{below}"),
    }


def words_of(limit: limits.Limit) -> str:
    return {
        limits.SENDER.name: _(
            "Z tego adresu wysłano dziś już tyle wiadomości, ile można jednego dnia. Spróbuj jutro."
        ),
        limits.NETWORK.name: _("Z Twojej sieci wysłano właśnie dużo wiadomości. Spróbuj za godzinę."),
        limits.RECIPIENT.name: _(
            "Ta osoba dostała dziś już tyle wiadomości, ile przekazujemy jednego dnia. Spróbuj jutro."
        ),
    }[limit.name]


def too_many(response: HttpResponse, reached_limit: limits.Reached) -> HttpResponse:
    response.status_code = 429
    left = (reached_limit.again - timezone.now()).total_seconds()
    response["Retry-After"] = str(max(1, round(left)))
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The sender's link: GET asks, POST sends. A second click finds the message sent; a day later it is gone (410)."""
    now = timezone.now()
    log = sending.log_of(token)
    if log is None:
        raise Http404
    state, limit = log.State(log.state), None
    if request.method == "POST":
        try:
            if sending.confirm(log=log, now=now):
                return redirect(request.path)
        except sending.Unreachable:
            return gone(request, unreachable=True)
        except limits.Reached as error:
            limit = error
    if state is not log.State.SENT and not sending.waits(log, now):
        return gone(request, unreachable=False)
    context = {
        "person": log.practitioner,
        "sent": state is log.State.SENT,
        "problem": words_of(limit.limit) if limit else "",
    }
    response = render(request, "directory/contact/confirm.html", context)
    return too_many(response, limit) if limit else response


def gone(request: HttpRequest, *, unreachable: bool) -> HttpResponse:
    return render(request, "directory/contact/gone.html", {"unreachable": unreachable}, status=410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: HttpRequest, token: str) -> HttpResponse:
    """The person's link: GET asks, POST stops messages (refuse=1) or lets them come again (refuse=0)."""
    person = refusing.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        if (choice := request.POST.get("refuse")) in ("0", "1"):
            refusing.decide(person=person, refuse=choice == "1", now=timezone.now())
        return redirect(request.path)
    return render(
        request,
        "directory/contact/refusal.html",
        {"person": person, "refused": refusing.refused(person)},
    )
