"""The import in the admin: upload, report, confirmation, result. What is asked by GET changes nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View
from django_tasks import task
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from directory import importing
from directory.importing.difference import differences
from directory.importing.reading import COLUMNS
from directory.importing.report import Outcome, Report
from directory.models.imports import ImportRun

from .practitioners import SEE_EMAIL

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
ROWS_A_PAGE = 50
# More rows than this are stored by the worker: a browser would give up waiting.
AT_ONCE = 1000
PERMISSIONS = ("directory.add_practitioner", "directory.change_practitioner")
State = ImportRun.State


@task()
def store_staged(run_id: str) -> None:
    """Store what an editor confirmed; run again, it goes on where it stopped."""
    if staging := ImportRun.objects.filter(pk=run_id).first():
        importing.store(staging)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Plik CSV"),
        help_text=_("Do 10 MB, zapisany jako CSV UTF-8. Większy wczyta administrator poleceniem."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": _("Plik jest pusty.")},
    )
    create_terms = forms.BooleanField(
        label=_("Dodaj do słownika nieznane metody, tematy i grupy"),
        help_text=_("Bez tego nieznane słowa zostaną pominięte i wymienione w raporcie."),
        required=False,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                gettext(
                    "Plik ma %(size)d MB, a można wgrać najwyżej 10 MB. Podziel go albo poproś administratora."
                )
                % {"size": (file.size or 0) // MEGABYTE}
            )
        return file


class ImportView(WagtailAdminTemplateMixin, View):
    page_title = _("Import praktyków")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perms(PERMISSIONS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        upload = {"url": reverse("import_practitioners:upload"), "label": self.page_title}
        return [*super().get_breadcrumbs_items(), upload]


class UploadView(ImportView, FormView):
    form_class = UploadForm
    template_name = "directory/admin/import_upload.html"

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            staging = importing.staged(
                file,
                create_terms=form.cleaned_data["create_terms"],
                file_name=file.name or "",
                user=self.request.user,
            )
        except importing.FileProblem as problem:
            form.add_error("file", str(problem))
            return self.form_invalid(form)
        return redirect("import_practitioners:report", staging.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = ImportRun.objects.filter(user__pk=self.request.user.pk or 0).exclude(state=State.READING)
        return super().get_context_data(columns=COLUMNS, recent=mine.order_by("-created_at")[:5], **kwargs)


class RunView(ImportView):
    @cached_property
    def run(self) -> ImportRun:
        return get_object_or_404(ImportRun.objects.exclude(state=State.READING), pk=self.kwargs["pk"])


@method_decorator(never_cache, name="dispatch")
class ReportView(RunView, TemplateView):
    template_name = "directory/admin/import_report.html"

    def get_page_subtitle(self) -> str:
        return str(self.run)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = Report(self.run)
        wanted = self.request.GET.get("wynik", "")
        rows = self.run.rows.all()
        if wanted in Outcome.values:
            rows = rows.filter(outcome=wanted)
        elif wanted == "uwagi":
            rows = rows.exclude(notes=[])
        else:
            wanted = ""
        page = Paginator(rows.order_by("number"), ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        changes = differences(
            page.object_list,
            create_terms=self.run.create_terms,
            private=self.request.user.has_perm(SEE_EMAIL),
        )
        return super().get_context_data(
            run=self.run,
            report=report,
            tabs=self.tabs(report, wanted),
            wanted=wanted,
            page=page,
            rows=[(row, changes.get(row.number, [])) for row in page],
            waiting=self.run.rows.filter(stored=False).count(),
            states=State,
            **kwargs,
        )

    def tabs(self, report: Report, wanted: str) -> list[dict[str, Any]]:
        noted = self.run.rows.exclude(notes=[]).count()
        rows = [
            ("", gettext("wszystkie"), report.total),
            (Outcome.CREATED, gettext("nowe osoby"), report.created),
            (Outcome.UPDATED, gettext("zmiany"), report.updated),
            (Outcome.UNCHANGED, gettext("bez zmian"), report.unchanged),
            (Outcome.REFUSED, gettext("odrzucone"), report.refused),
            ("uwagi", gettext("z uwagami"), noted),
        ]
        return [
            {"value": str(value), "label": label, "count": count, "current": value == wanted}
            for value, label, count in rows
        ]


class StoreView(RunView):
    """Confirmation: whoever sends it attests the consent of the people in the file."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        run = self.run
        if request.POST.get("consent") != "on":
            messages.error(request, gettext("Zaznacz, że osoby z pliku zgodziły się na publikację profilu."))
        elif run.state == State.DONE:
            messages.info(request, gettext("Ten plik jest już zapisany."))
        else:
            self.store(run)
        return redirect("import_practitioners:report", run.pk)

    def store(self, run: ImportRun) -> None:
        # Of two who confirm at once one is the first; the other one helps to store it, and is told so.
        first = ImportRun.objects.filter(pk=run.pk, state=State.STAGED).update(
            state=State.STORING, user=self.request.user
        )
        if run.rows.count() > AT_ONCE:
            store_staged.enqueue(str(run.pk))
            messages.success(
                self.request, gettext("Zapisywanie trwa w tle: odśwież tę stronę, żeby zobaczyć postęp.")
            )
            return
        importing.store(ImportRun.objects.get(pk=run.pk))
        if first:
            messages.success(self.request, gettext("Zapisano."))
        else:
            messages.info(
                self.request,
                gettext(
                    "Zapis tego pliku już trwał albo go przerwano: jest zapisany w całości, a nikt dwa razy."
                ),
            )


class DiscardView(RunView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        if self.run.state == State.STAGED:
            importing.erase(self.run)
            messages.success(request, gettext("Odrzucono plik: niczego nie zapisano."))
        return redirect("import_practitioners:upload")


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perms(PERMISSIONS))


class ImportViewSet(ViewSet):
    name = "import_practitioners"
    url_prefix = "import-praktykow"
    menu_label = _("Import z pliku")
    menu_name = "import-practitioners"
    icon = "upload"
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", UploadView.as_view(), name="upload"),
            path("<uuid:pk>/", ReportView.as_view(), name="report"),
            path("<uuid:pk>/zapisz/", StoreView.as_view(), name="store"),
            path("<uuid:pk>/odrzuc/", DiscardView.as_view(), name="discard"),
        ]
