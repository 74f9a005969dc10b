"""The pages on which a person edits their entry, sees how it will look, and takes a change back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.models import EntryLink, Practitioner
from directory.profiles import Profile

from . import editing, photos
from .differences import differences
from .entry_form import EntryForm
from .views import about, page, visiting


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def edit(request: HttpRequest, visit: EntryLink) -> HttpResponse:
    """The form; POST shows how the entry will look, leads back to the form, or sends the change."""
    person = visit.practitioner
    if not editing.may_edit(person):
        return page(request, "entry", 409, **about(visit), closed=True)
    begun = editing.start(person)
    if request.method != "POST":
        return form_page(request, visit, EntryForm(instance=begun))
    form = with_kept_photo(request, person, begun)
    if not form.is_valid():
        return form_page(request, visit, form, 422)
    act = request.POST.get("act")
    if act == "edit":
        return form_page(request, visit, form)
    draft = form.draft()
    if act != "send":
        return page(
            request, "preview", **about(visit), form=form, draft=draft, card=draft.card(),
            profile=Profile(draft, draft=True), crumbs_of_profile=[],
        )  # fmt: skip
    return send(request, visit, form, draft)


def with_kept_photo(request: HttpRequest, person: Practitioner, begun: Practitioner) -> EntryForm:
    """The form as sent; a good new photograph is kept at once, so that a mistake elsewhere does not lose it."""
    form = EntryForm(request.POST, request.FILES, instance=begun)
    form.is_valid()
    if not (content := form.cleaned_data.get("photo")):
        return form
    try:
        kept = photos.keep(person=person, content=content, now=timezone.now())
    except ValidationError as error:
        form.add_error("photo", error)
        return form
    data = request.POST.copy()
    data["kept_photo"] = str(kept.pk)
    data.pop("remove_photo", None)
    return EntryForm(data, instance=editing.start(person))


def send(request: HttpRequest, visit: EntryLink, form: EntryForm, draft: Practitioner) -> HttpResponse:
    said = {
        editing.Sent.WAITING: _("Dziękujemy. Zmiany czekają na redakcję; do tego czasu wpis jest taki jak przedtem."),
        editing.Sent.LIVE: _("Zapisano. Zmiany już widać w bazie."),
        editing.Sent.SAME: _("Wpis jest już taki: nie ma czego wysyłać."),
    }  # fmt: skip
    person = visit.practitioner
    try:
        sent = editing.send(
            person=person, draft=draft, made_from=form.cleaned_data["made_from"], now=timezone.now()
        )
    except editing.Conflict as conflict:
        data = form.data.copy()
        again = EntryForm(data, instance=conflict.now)
        data["made_from"] = again.initial["made_from"]
        return form_page(request, visit, again, 409, conflict=differences(editing.start(person), draft))
    except ValidationError as error:
        form.add_error(None, error.messages)
        return form_page(request, visit, form, 409)
    messages.success(request, said[sent])
    return redirect("self_service_entry")


def form_page(
    request: HttpRequest, visit: EntryLink, form: EntryForm, status: int = 200, **context: Any
) -> HttpResponse:
    return page(request, "edit", status, **about(visit), form=form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@visiting
def change(request: HttpRequest, visit: EntryLink) -> HttpResponse:
    """What differs from what is published; POST takes the change back."""
    person = visit.practitioner
    if request.method == "POST":
        try:
            editing.take_back(person=person, now=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Zmiany są cofnięte. Wpis jest taki jak przedtem."))
        return redirect("self_service_entry")
    if (own := editing.change_of(person)) is None:
        return redirect("self_service_entry")
    now = Practitioner.objects.select_related("municipality", "locale", "photo").get(pk=person.pk)
    return page(
        request, "change", **about(visit), own=own, differences=differences(now, editing.start(person))
    )
