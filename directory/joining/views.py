"""The pages of joining. GET never changes anything; what was typed is in no address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.addresses import base_url
from directory.contact import limits
from directory.contact.views import too_many
from directory.models import SignUp, SignUpPhoto
from directory.self_service.views import private
from home.navigation import Link, home_url

from . import confirming, drafts, duplicates
from .newcomer import NewProfile, person_of
from .steps import BY_SLUG, STEPS, Answers, Step

HERE = "directory/joining/"


def page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    above = [Link("", home_url())]
    if base := base_url():
        above.append(Link(_("Baza praktyków"), base))
    context = {"crumbs": above, "canonical": reverse("joining"), "language_links": [], **context}
    return render(request, f"{HERE}{name}.html", context, status=status)


def draft_of(request: HttpRequest) -> SignUp | None:
    return drafts.look_up(request.COOKIES.get(drafts.COOKIE, ""))


def keep(response: HttpResponse, secret: str) -> HttpResponse:
    if secret:
        response.set_cookie(
            drafts.COOKIE,
            secret,
            max_age=drafts.KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(drafts.COOKIE, samesite="Lax")
    return response


@private
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    return at(request, STEPS[0])


@private
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    here = BY_SLUG.get(slug)
    if here is None:
        raise Http404
    return redirect(here.url) if here is STEPS[0] else at(request, here)


def at(request: HttpRequest, here: Step) -> HttpResponse:
    """One step: shown as it was left; POST keeps what was typed and goes on, back, or says what to mend."""
    draft = draft_of(request)
    if request.method == "POST":
        return sent_in(request, here, draft)
    answers = Answers(draft.data if draft else {})
    if not answers.may_see(here):
        return redirect((answers.first_open or STEPS[0]).url)
    return shown(request, here, draft, answers)


def sent_in(request: HttpRequest, here: Step, draft: SignUp | None) -> HttpResponse:
    now, network, secret = timezone.now(), limits.network_hash(request), ""
    typed = here.typed(request.POST)
    # A second press of the last button, or another tab; the first step begins anew.
    if draft is None and here is not STEPS[0] and drafts.was_sent(request.COOKIES.get(drafts.COOKIE, "")):
        return redirect("joining_sent")
    if request.POST.get("website"):
        answers = Answers((draft.data if draft else {}) | {here.slug: typed})
        error = _("Wypełniono pole, którego nie widać. Wyślij jeszcze raz.")
        return shown(request, here, draft, answers, 422, error=error)
    try:
        if draft is None:
            draft, secret = drafts.begin(network=network, now=now)
        kept = drafts.save(draft=draft, step=here, typed=typed, now=now)
        if kept is None:  # another tab has sent it
            return redirect("joining_sent")
        answers = Answers(kept.data)
        if problem := photo_sent(request, here, kept, network, now):
            return keep(shown(request, here, kept, answers, 422, error=problem), secret)
        if "back" in request.POST and here is not STEPS[0]:
            return keep(redirect(STEPS[STEPS.index(here) - 1].url), secret)
        if not answers.may_see(here):
            return keep(redirect((answers.first_open or STEPS[0]).url), secret)
        if not answers.done(here):
            return keep(shown(request, here, kept, answers, 422), secret)
        if here is not STEPS[-1]:
            following = STEPS[STEPS.index(here) + 1]
            return keep(redirect(following.url), secret)
        confirming.send(
            draft=kept, answers=answers, network=network, language=get_language() or "pl", now=now
        )
    except limits.Reached as reached:
        answers = Answers((draft.data if draft else {}) | {here.slug: typed})
        error = words_of(reached.limit)
        stopped = shown(request, here, draft, answers, 429, error=error)
        return keep(too_many(stopped, reached), secret)
    return redirect("joining_sent")


def photo_sent(
    request: HttpRequest, here: Step, draft: SignUp, network: str, now: datetime
) -> ValidationError | None:
    """Keep the photograph that came with a step, or remove the one there is; what is wrong with it. Raises limits.Reached."""
    if "photo" not in here.form.base_fields:
        return None
    if upload := request.FILES.get("photo"):
        try:
            drafts.keep_photo(draft=draft, upload=upload, network=network, now=now)
        except ValidationError as error:
            return ValidationError({"photo": error})
    elif request.POST.get("remove_photo"):
        drafts.remove_photo(draft)
    return None


def words_of(limit: limits.Limit) -> str:
    if limit is confirming.PER_ADDRESS:
        return _("Na ten adres wysłaliśmy już dziś kilka listów. Sprawdź pocztę albo spróbuj jutro.")
    return _(
        "Z Twojej sieci przyszło właśnie dużo zgłoszeń. Spróbuj za godzinę: nic z formularza nie zginie."
    )


def shown(
    request: HttpRequest,
    here: Step,
    draft: SignUp | None,
    answers: Answers,
    status: int = 200,
    error: str | ValidationError = "",
) -> HttpResponse:
    form = answers.form(here)
    if error:
        form.is_valid()
        form.add_error(None, error)
    number = STEPS.index(here) + 1
    marks = [
        (one, "now" if one is here else "done" if answers.done(one) else "", answers.may_see(one))
        for one in STEPS
    ]
    context: dict[str, Any] = {
        "step": here,
        "form": form,
        "number": number,
        "total": len(STEPS),
        "marks": marks,
        "draft": draft,
        "begun": bool(draft and draft.data),
        "photo_url": photo_url(draft),
        "previous": STEPS[number - 2] if number > 1 else None,
    }
    if here is STEPS[-1] and draft:
        person = person_of(draft, answers)
        context |= {
            "person": person,
            "card": replace(person.card(), image=photo_url(draft)),
            "profile": NewProfile(person, photo_url(draft)),
            "alike": duplicates.public(person),
            "steps": STEPS[:-1],
        }
    return page(request, "review" if "person" in context else "step", status, **context)


@private
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The person's page as it will look."""
    draft = draft_of(request)
    answers = Answers(draft.data if draft else {})
    if draft is None or not answers.may_see(STEPS[-1]):
        return redirect((answers.first_open or STEPS[0]).url)
    person = person_of(draft, answers)
    return page(
        request, "preview", person=person, profile=NewProfile(person, photo_url(draft)), back=STEPS[-1].url
    )


def photo_url(draft: SignUp | None) -> str:
    kept = draft is not None and SignUpPhoto.objects.filter(sign_up=draft).exists()
    return reverse("joining_photo") if kept else ""


@private
@require_safe
def photo(request: HttpRequest) -> HttpResponse:
    """The photograph of this browser's draft."""
    draft = draft_of(request)
    kept = SignUpPhoto.objects.filter(sign_up=draft).first() if draft else None
    if kept is None:
        raise Http404
    return HttpResponse(bytes(kept.content), content_type="image/jpeg")


@private
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    if draft := draft_of(request):
        drafts.remove(draft)
    messages.success(request, _("Usunęliśmy wszystko, co było wpisane w formularzu."))
    return forget(redirect("joining"))


@private
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return page(request, "sent")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: GET shows a button, POST uses the link up."""
    now = timezone.now()
    sign_up = confirming.look_up(token)
    if sign_up is None:
        return page(request, "gone", 404, why="unknown")
    if sign_up.state != SignUp.State.SENT:
        return page(request, "gone", 410, why="used")
    if sign_up.expires_at is None or sign_up.expires_at <= now:
        return page(request, "gone", 410, why="late")
    if request.method != "POST":
        return page(request, "confirm", who=Answers(sign_up.data).cleaned.get("name", ""))
    outcome = confirming.confirm(sign_up=sign_up, now=now)
    if outcome is confirming.Outcome.MADE:
        return redirect("joining_confirmed")
    why = "known" if outcome is confirming.Outcome.KNOWN else "used"
    return page(request, "gone", 410, why=why)


@private
@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    return page(request, "confirmed")
