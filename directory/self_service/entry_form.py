"""The form in which a person writes their own entry."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm

from directory.models import EntryPhoto, Practitioner, PractitionerLink
from directory.models.vocabulary import Term
from directory.municipality_field import MunicipalityField
from directory.terms import term_names
from home.folding import FoldedChoices
from home.querysets import SOURCE_LANGUAGE

from . import photos
from .differences import TERMS, fingerprint, plain

MOST_LINKS = 5
SECTIONS = (
    (_("Kim jesteś"), ("name", "headline", "organisation", "sector")),
    (_("Skąd i gdzie"), ("place", "voivodeship", "works_in")),
    (_("Czym się zajmujesz"), ("methods", "topics", "audiences", "languages")),
    (_("Więcej o Tobie"), ("experience", "biography")),
)


LinkRow = tuple[forms.BoundField, forms.BoundField]


class TermsField(forms.ModelMultipleChoiceField):
    """Polish terms, named in the reader's language."""

    widget = FoldedChoices

    def label_from_instance(self, obj: Any) -> str:
        return term_names(type(obj)).get(obj.slug, obj.name)


def terms_of(name: str) -> TermsField:
    field = Practitioner._meta.get_field(name)
    model = cast(type[Term], field.related_model)
    rows: QuerySet[Any] = model._default_manager.filter(locale__language_code=SOURCE_LANGUAGE).order_by(
        "name"
    )
    return TermsField(rows, label=str(field.verbose_name).capitalize(), required=False)


class EntryForm(ClusterForm):
    place = MunicipalityField(label=_("Gmina"), required=False)
    photo = photos.PhotoField(label=_("Nowe zdjęcie"))
    remove_photo = forms.BooleanField(label=_("Usuń zdjęcie"), required=False)
    kept_photo = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=2**53)
    made_from = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    class Meta:
        model = Practitioner
        fields = [
            "name", "headline", "organisation", "sector", "voivodeship", "works_in",
            "methods", "topics", "audiences", "languages", "experience", "biography",
        ]  # fmt: skip
        labels = {
            "headline": _("Czym się zajmujesz, jednym zdaniem"),
            "works_in": _("Pracujesz też w województwach"),
            "experience": _("Twoje doświadczenie"),
        }
        help_texts = {
            "name": _("Zmianę nazwiska zawsze najpierw czyta redakcja."),
            "headline": _("Jedno zdanie, na przykład: facylitatorka paneli obywatelskich."),
            "experience": _("Co, gdzie i z kim udało się zrobić. Słowa, którymi ktoś będzie szukać."),
            "biography": _("Kilka zdań o sobie. Bez adresów i telefonów: wiadomości przychodzą przez bazę."),
        }
        widgets = {
            "experience": forms.Textarea(attrs={"rows": 8}),
            "biography": forms.Textarea(attrs={"rows": 6}),
            "works_in": FoldedChoices,
            "languages": FoldedChoices,
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
        }

    def __init__(self, *args: Any, instance: Practitioner, **kwargs: Any) -> None:
        self.begun = instance
        self.photo_before = instance.photo
        initial = {
            "place": instance.municipality,
            "made_from": fingerprint(instance),
            **{f"url_{n}": link.url for n, link in enumerate(instance.links.all(), 1)},
            **{f"label_{n}": link.label for n, link in enumerate(instance.links.all(), 1)},
        }
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        for name in TERMS:
            self.fields[name] = terms_of(name)
        self.fields["audiences"].label = gettext("Z kim pracujesz")
        for n in range(1, MOST_LINKS + 1):
            self.fields[f"url_{n}"] = forms.URLField(
                label=gettext("Adres %(number)d") % {"number": n},
                required=False, max_length=300, assume_scheme="https",
                widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
            )  # fmt: skip
            self.fields[f"label_{n}"] = forms.CharField(
                label=gettext("Napis %(number)d") % {"number": n}, required=False, max_length=80
            )
        self.blank("sector", gettext("bez podania"))
        self.blank("voivodeship", gettext("bez podania"))

    def blank(self, name: str, words: str) -> None:
        field = self.choices_of(name)
        field.choices = [("", words), *(choice for choice in cast(Any, field.choices) if choice[0])]

    def choices_of(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    @property
    def contents(self) -> list[tuple[Any, str]]:
        """Title and anchor of each section of the page, for components/toc.html."""
        told = [(title, f"s{number}") for number, (title, _names) in enumerate(SECTIONS, 1)]
        return [*told, (gettext("Linki"), "s-links"), (gettext("Zdjęcie"), "s-photo")]

    @cached_property
    def link_rows(self) -> tuple[list[LinkRow], list[LinkRow]]:
        """Those with something in them and the first empty one; the rest, which unfold."""
        rows = [(self[f"url_{n}"], self[f"label_{n}"]) for n in range(1, MOST_LINKS + 1)]
        used = [n for n, row in enumerate(rows, 1) if any(field.value() or field.errors for field in row)]
        shown = min(MOST_LINKS, max(used, default=0) + 1)
        return rows[:shown], rows[shown:]

    def everything_hidden(self) -> list[forms.BoundField]:
        """What was typed, for the page that shows how it will look; an uploaded photograph is in `kept_photo`."""
        return [field for field in self if field.name not in ("photo", "kept_photo", "made_from")]

    @cached_property
    def kept(self) -> EntryPhoto | None:
        """The photograph that was uploaded with this form a moment ago; nobody else's."""
        key = self.data.get("kept_photo", "") if self.is_bound else ""
        if not (key.isdecimal() and len(key) < 18):
            return None
        return (
            EntryPhoto.objects.filter(pk=int(key), practitioner_id=self.begun.pk)
            .select_related("image")
            .first()
        )

    @property
    def shown_photo(self) -> Any:
        return self.kept.image if self.kept else self.photo_before

    @property
    def remove_photo_now(self) -> forms.BoundField | None:
        """There is something to remove only where the entry has a photograph."""
        return self["remove_photo"] if self.photo_before else None

    def clean_experience(self) -> str:
        return plain(self.cleaned_data["experience"])

    def clean_biography(self) -> str:
        return plain(self.cleaned_data["biography"])

    def clean_headline(self) -> str:
        return plain(self.cleaned_data["headline"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["links"] = self.links(cleaned)
        if place := cleaned.get("place"):
            cleaned["voivodeship"] = place.voivodeship
        return cleaned

    def links(self, cleaned: dict[str, Any]) -> list[PractitionerLink]:
        found = []
        for n in range(1, MOST_LINKS + 1):
            url, label = cleaned.get(f"url_{n}", ""), cleaned.get(f"label_{n}", "")
            if url and not url.startswith(("https://", "http://")):
                self.add_error(f"url_{n}", gettext("Adres zaczyna się od „https://”."))
            elif label and not url and f"url_{n}" not in self.errors:
                self.add_error(f"url_{n}", gettext("Do tego napisu brakuje adresu."))
            elif url:
                found.append(PractitionerLink(url=url, label=label))
        return found

    def draft(self) -> Practitioner:
        """The entry as the person wants it, in memory only. For a valid form."""
        person: Practitioner = self.save(commit=False)
        person.municipality = self.cleaned_data["place"]
        person.links = self.cleaned_data["links"]
        person.photo = None if self.cleaned_data["remove_photo"] and not self.kept else self.shown_photo
        return person
