"""A person's vCard; below the base's page, whose own addresses have no dots."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory import vcard
from directory.addresses import base_url
from directory.standing import Moved, Withdrawn, person_at

CARD = "wizytowka.vcf"


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """301, 404 and 410 where the person's page says so."""
    if request.path != f"{base_url()}{slug}/{CARD}":
        raise Http404
    try:
        person = person_at(slug)
    except Moved as moved:
        return redirect(f"{moved.person.get_absolute_url()}{CARD}", permanent=True)
    except Withdrawn:
        return HttpResponse(
            _("Tego profilu już nie ma."), status=410, content_type="text/plain; charset=utf-8"
        )
    text = vcard.of(person, request.build_absolute_uri(person.get_absolute_url()))
    response = HttpResponse(text, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{person.slug}.vcf"'
    response["X-Robots-Tag"] = "noindex"
    return response
