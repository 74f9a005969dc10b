"""The form of an event and the page of one's own registration. GET never changes anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.contact import limits
from directory.contact.views import too_many
from directory.self_service.views import private
from events.display import days_range, facts, facts_of
from events.enums import Kind, Mode
from events.models import EventPage, Registration
from events.status import takes_applications
from home.navigation import Link, home_url
from home.querysets import in_readers_words

from . import changing, letters, links, seats
from .forms import PersonForm, RegistrationForm

HERE = "events/registration/"
State = Registration.State
#: An office or a school is one network for many people.
NETWORK = limits.Limit("event-network", 60, timedelta(hours=1))


def page(
    request: HttpRequest, name: str, event: EventPage, status: int = 200, **context: Any
) -> HttpResponse:
    (told,) = in_readers_words([event])
    context = {
        "crumbs": [Link("", home_url()), Link(told.title, told.get_url(request) or "")],
        "canonical": reverse("event_register", args=[event.slug]),
        "language_links": [],
        "event": told,
        "days": days_range(event),
        "facts": facts(told)[:2],
        "selection": event.mode == Mode.SELECTION,
        **context,
    }
    return render(request, f"{HERE}{name}.html", context, status=status)


def event_called(slug: str) -> EventPage:
    """A live, public event. Raises Http404."""
    found: EventPage | None = (
        EventPage.objects.sources().select_related("municipality", "locale").filter(slug=slug).first()
    )
    if found is None:
        raise Http404
    return found


@private
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    event, now = event_called(slug), timezone.now()
    is_invited, pool = links.invited(request.GET.get(links.INVITATION, ""), event.pk)
    if event.kind == Kind.STUDY_VISIT and not is_invited:
        return page(request, "closed", event, 403 if request.method == "POST" else 200, invited=True)
    form = RegistrationForm(request.POST or None, event=event)
    if not takes_applications(facts_of(event), now):
        # A form that was open when the time ended: told so, with what was typed still there to copy.
        late = form if request.method == "POST" else None
        return page(request, "closed", event, 409 if late else 200, form=late)
    if request.method != "POST":
        return page(request, "register", event, form=form)
    if not form.is_valid():
        return page(request, "register", event, 422, form=form)
    if form.cleaned_data["website"]:
        form.add_error(None, _("Pole, którego nie widać, ma zostać puste. Wyczyść je i wyślij jeszcze raz."))
        return page(request, "register", event, 422, form=form)
    try:
        with transaction.atomic():
            limits.take({NETWORK: limits.network_hash(request)}, now)
            person = form.person | {"language": get_language() or "pl"}
            found, new = seats.register(page=event, person=person, needs=form.needs, now=now, pool=pool)
            if not new:
                letters.once_more(found, now)
    except limits.Reached as reached:
        form.add_error(None, _("Z tej sieci przyszło w tej godzinie za dużo zgłoszeń. Spróbuj za godzinę."))
        return too_many(page(request, "register", event, 429, form=form), reached)
    except OperationalError:
        form.add_error(
            None,
            _(
                "Serwer jest teraz bardzo zajęty i tego zgłoszenia nie zapisał. Wyślij je jeszcze raz za chwilę."
            ),
        )
        return page(request, "register", event, 503, form=form)
    return redirect("event_registered", slug=slug)


@private
@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, "registered", event_called(slug))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """What stands now, and a button for each thing that may be done; POST does one (`act`)."""
    now = timezone.now()
    found = links.look_up(token, now)
    if found is None:
        return render(request, f"{HERE}gone.html", {"crumbs": [Link("", home_url())]}, status=410)
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "change":
            return change(request, found)
        try:
            said = changing.act(found, act, now)
        except seats.NotAllowed:
            messages.error(request, _("Tego nie da się już zrobić. Niżej jest to, co obowiązuje teraz."))
        except seats.NoSeat:
            messages.error(request, _("Nie ma już wolnego miejsca."))
        else:
            messages.success(request, said)
        return redirect(request.path)
    return shown(request, found)


def change(request: HttpRequest, found: Registration) -> HttpResponse:
    form = PersonForm(request.POST, event=found.page)
    if not changing.may_edit(found, timezone.now()):
        messages.error(request, _("Tego nie da się już zrobić. Niżej jest to, co obowiązuje teraz."))
        return redirect(request.path)
    if not form.is_valid():
        return shown(request, found, form=form, status=422)
    changing.save(found, form.person, form.needs)
    messages.success(request, _("Zapisane."))
    return redirect(request.path)


def shown(
    request: HttpRequest, found: Registration, *, form: PersonForm | None = None, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "own",
        found.page,
        status,
        registration=found,
        place=changing.place_in_queue(found),
        acts=changing.acts(found, timezone.now()),
        form=form or PersonForm(initial=changing.values(found), event=found.page),
        open=form is not None,
        editable=changing.may_edit(found, timezone.now()),
    )
