"""The editors' page on which a table of projects is pasted."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.models import BudgetEditionPage
from budgets.pasting import Report, paste

LONGEST_TABLE = 500_000


class TableForm(forms.Form):
    table = forms.CharField(
        label=gettext_lazy("Tabela"),
        max_length=LONGEST_TABLE,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy(
            "Skopiuj z arkusza razem z nagłówkiem. Kolumny: numer, nazwa, koszt; także pula, kategoria, gdzie, głosy, "
            "wybrany (tak/nie), co dalej. Pusta komórka zostawia to, co jest."
        ),
    )


def paste_projects(request: HttpRequest, page_id: int) -> HttpResponse:
    """GET shows the form; POST checks the table, and with `store` stores it when it has no mistakes."""
    edition = get_object_or_404(BudgetEditionPage, pk=page_id).source
    if not edition.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    form = TableForm(request.POST or None)
    report: Report | None = None
    if request.method == "POST" and form.is_valid():
        store = "store" in request.POST
        report = paste(edition, form.cleaned_data["table"], store=store)
        if store and report.usable:
            messages.success(
                request,
                _("Zapisano projekty: nowych %(created)s, zmienionych %(updated)s.")
                % {"created": report.created, "updated": report.updated},
            )
            return redirect("wagtailadmin_pages:edit", edition.pk)
    context = {
        "form": form,
        "report": report,
        "edition": edition,
        "page_title": _("Wklej projekty"),
        "page_subtitle": edition.title,
        "back": reverse("wagtailadmin_pages:edit", args=[edition.pk]),
    }
    return render(request, "budgets/admin/paste.html", context)
