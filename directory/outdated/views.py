"""The form under a person's page by which readers report what is out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from directory.contact import challenge as challenges
from directory.contact import limits
from directory.contact.views import around, too_many
from directory.models.practitioners import Practitioner
from directory.outdated import services
from directory.outdated.forms import OutdatedForm

if TYPE_CHECKING:
    from directory.models.pages import DirectoryPage

PATH = "nieaktualne/"
SENT = "wyslano"


def write(page: DirectoryPage, request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows the form, POST stores the report; what is wrong is said above the form, which keeps what was typed."""
    person = seen(slug)
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    now = timezone.now()
    if request.method != "POST":
        return shown(page, request, person, OutdatedForm(), challenges.issue(person.source.public_id, now))
    form = OutdatedForm(request.POST)
    try:
        challenge = challenges.read(request.POST.get("challenge", ""), person.source.public_id, now)
    except challenges.Unacceptable:
        form.add_error(None, _("Formularz stracił ważność. Sprawdź treść i wyślij jeszcze raz."))
        return shown(page, request, person, form, challenges.issue(person.source.public_id, now))
    if not form.is_valid():
        return shown(page, request, person, form, challenge)
    if form.cleaned_data["website"] or challenge.too_soon(now):
        form.add_error(None, _("Tak szybko wysyłają tylko automaty. Odczekaj chwilę i wyślij jeszcze raz."))
        return shown(page, request, person, form, challenge)
    try:
        services.report(
            person=person,
            text=form.cleaned_data["text"],
            answer_to=form.cleaned_data["answer_to"],
            nonce=challenge.nonce,
            network=limits.network_hash(request),
            now=now,
        )
    except services.AlreadyUsed:
        form.add_error(
            None,
            _("Z tego formularza poszło już inne zgłoszenie. Jeśli chcesz wysłać i to, wyślij jeszcze raz."),
        )
        return shown(page, request, person, form, challenges.issue(person.source.public_id, now))
    except limits.Reached as reached:
        form.add_error(None, words_of(reached.limit))
        return too_many(shown(page, request, person, form, challenge), reached)
    return redirect(f"{person.get_absolute_url()}{PATH}{SENT}/")


def written(page: DirectoryPage, request: HttpRequest, slug: str) -> HttpResponse:
    context = around(page, request, seen(slug), f"{PATH}{SENT}/")
    return page.render(request, template="directory/outdated/written.html", context_overrides=context)


def seen(slug: str) -> Practitioner:
    """Whom the reader may see. Raises Http404."""
    person: Practitioner | None = Practitioner.objects.visible().for_page().filter(slug=slug).first()
    if person is None:
        raise Http404
    return person


def shown(
    page: DirectoryPage,
    request: HttpRequest,
    person: Practitioner,
    form: OutdatedForm,
    challenge: challenges.Challenge,
) -> HttpResponse:
    response: HttpResponse = page.render(
        request,
        template="directory/outdated/write.html",
        context_overrides=around(page, request, person, PATH) | {"form": form, "challenge": challenge},
    )
    add_never_cache_headers(response)
    return response


def words_of(limit: limits.Limit) -> str:
    if limit == services.PERSON:
        return _("O tej osobie przyszło dziś już wiele zgłoszeń. Spróbuj jutro.")
    return _("Z Twojej sieci wysłano właśnie dużo zgłoszeń. Spróbuj za godzinę.")
