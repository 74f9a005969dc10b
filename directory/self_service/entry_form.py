"""The form in which a person writes their own entry."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm

from directory.models import EntryPhoto, Municipality, Practitioner, PractitionerLink
from directory.models.vocabulary import Term
from directory.querysets import ascii_slug
from directory.terms import term_names
from home.querysets import SOURCE_LANGUAGE

from . import photos
from .differences import TERMS, fingerprint, plain

MOST_LINKS = 5
#: Municipalities to choose from, when what was typed fits many.
MOST_PLACES = 20
#: Words that tell municipalities apart in their labels and are no part of the names.
KIND_WORDS = {
    "gm",
    "gmina",
    "miejska",
    "miejsko",
    "wiejska",
    "pow",
    "powiat",
    "woj",
    "wojewodztwo",
    "m",
    "miasto",
}
SECTIONS = (
    (_("Kim jesteś"), ("name", "headline", "organisation", "sector")),
    (_("Skąd i gdzie"), ("place", "municipality", "voivodeship", "works_in")),
    (_("Czym się zajmujesz"), ("methods", "topics", "audiences", "languages")),
    (_("Więcej o Tobie"), ("experience", "biography")),
)


class TermsField(forms.ModelMultipleChoiceField):
    """Polish terms, named in the reader's language."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "in-columns"})

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
    place = forms.CharField(
        label=_("Gmina"),
        help_text=_("Nazwa, a gdy jest takich kilka, po przecinku powiat: „Olszanka, brzeski”. Województwo wpisze się samo."),
        max_length=160,
        required=False,
    )  # fmt: skip
    municipality = forms.ChoiceField(
        label=_("Która to gmina?"), required=False, widget=forms.RadioSelect, choices=()
    )
    photo = forms.FileField(
        label=_("Nowe zdjęcie"),
        help_text=_("JPG, PNG albo WebP, do 8 MB. Miejsce i aparat, które bywają zapisane w pliku, usuwamy."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
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
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
        }

    def __init__(self, *args: Any, instance: Practitioner, **kwargs: Any) -> None:
        self.begun = instance
        self.photo_before = instance.photo
        self.municipality_before = instance.municipality
        initial = {
            "place": str(instance.municipality or ""),
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
        for name in ("works_in", "languages"):
            self.fields[name].widget.attrs["class"] = "in-columns"
        if self.asks_which:
            which = self.choices_of("municipality")
            which.choices = [(place.teryt, str(place)) for place in self.places]
            which.required = True
            which.error_messages["required"] = gettext("Jest kilka takich gmin: wybierz jedną.")

    def blank(self, name: str, words: str) -> None:
        field = self.choices_of(name)
        field.choices = [("", words), *(choice for choice in cast(Any, field.choices) if choice[0])]

    @cached_property
    def places(self) -> list[Municipality]:
        """Those that what was typed fits; one more than can be offered where there are too many."""
        text = str(self.data.get("place", "")).replace("\0", "").strip() if self.is_bound else ""
        return [] if not text or text == str(self.municipality_before or "") else fitting(text)

    @property
    def asks_which(self) -> bool:
        return 1 < len(self.places) <= MOST_PLACES

    def choices_of(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        left_out = () if self.asks_which else ("municipality",)
        return [(title, [self[name] for name in names if name not in left_out]) for title, names in SECTIONS]

    @property
    def link_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"url_{n}"], self[f"label_{n}"]) for n in range(1, MOST_LINKS + 1)]

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

    def clean_photo(self) -> bytes | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("photo")
        return photos.prepared(upload) if upload else None

    def clean_experience(self) -> str:
        return plain(self.cleaned_data["experience"])

    def clean_biography(self) -> str:
        return plain(self.cleaned_data["biography"])

    def clean_headline(self) -> str:
        return plain(self.cleaned_data["headline"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["links"] = self.links(cleaned)
        place = self.chosen_place(cleaned)
        cleaned["municipality"] = place
        if place:
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

    def chosen_place(self, cleaned: dict[str, Any]) -> Municipality | None:
        text = cleaned.get("place", "")
        if not text or "place" in self.errors:
            return None
        if text == str(self.municipality_before):
            return self.municipality_before
        if chosen := {place.teryt: place for place in self.places}.get(cleaned.get("municipality", "")):
            return chosen
        if len(self.places) == 1:
            return self.places[0]
        if not self.places:
            self.add_error("place", gettext("Nie ma takiej gminy. Sprawdź pisownię albo wpisz samą nazwę."))
        elif len(self.places) > MOST_PLACES:
            self.add_error("place", gettext("Pasuje za wiele gmin. Dopisz powiat albo województwo."))
        return None

    def draft(self) -> Practitioner:
        """The entry as the person wants it, in memory only. For a valid form."""
        person: Practitioner = self.save(commit=False)
        person.municipality = self.cleaned_data["municipality"]
        person.links = self.cleaned_data["links"]
        person.photo = None if self.cleaned_data["remove_photo"] and not self.kept else self.shown_photo
        return person


def fitting(text: str) -> list[Municipality]:
    """Municipalities that a person may mean: by the whole label, the very name, or words that begin name, county and
    voivodeship. One more than can be offered where there are too many."""
    words = [word for word in ascii_slug(text[:160]).split("-") if word]
    telling = [word for word in words if word not in KIND_WORDS] or words
    if not telling:
        return []
    found = list(Municipality.objects.matching(" ".join(telling))[: MOST_PLACES + 40])
    labelled = [place for place in found if str(place) == text]
    named = [place for place in found if place.slug == ascii_slug(text)]
    return labelled or named or found[: MOST_PLACES + 1]
