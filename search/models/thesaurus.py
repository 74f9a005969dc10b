"""What editors teach the search: words that stand for each other, and words that the dictionary lacks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import RevisionMixin

from search.analysis import lexicon
from search.analysis.thesaurus import Group, Kind
from search.analysis.thesaurus_checks import problems
from search.panels import PreviewPanel

MAX_TEXT = 2000


def lines(text: str) -> tuple[str, ...]:
    """What stands on the lines of a field, spaces tidied."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


class Origin(models.TextChoices):
    SEED = "seed", _("z początku serwisu")
    EDITOR = "editor", _("z redakcji")


class ThesaurusGroup(RevisionMixin, models.Model):
    """One rule of the thesaurus; an active one takes effect within seconds in every process."""

    class Kinds(models.TextChoices):
        EQUAL = Kind.EQUAL.value, _("równoznaczne: każde znajduje pozostałe")
        BROADER = Kind.BROADER.value, _("szersze i węższe: kto pyta o szersze, znajdzie też węższe")
        ONE_WAY = Kind.ONE_WAY.value, _("w jedną stronę: kto pyta o pierwsze, znajdzie też drugie")

    class Languages(models.TextChoices):
        PL = "pl", _("polski")
        EN = "en", _("angielski")
        MIXED = "mixed", _("polski i angielski")

    kind = models.CharField(_("rodzaj"), max_length=10, choices=Kinds.choices, default=Kinds.EQUAL)
    terms = models.TextField(
        _("hasła"),
        validators=[MaxLengthValidator(MAX_TEXT)],
        help_text=_(
            "Każde w osobnym wierszu. Wystarczy forma podstawowa: odmianę i brak polskich znaków wyszukiwarka "
            "rozumie sama. Na przykład: „BO”, „budżet obywatelski”, „budżet partycypacyjny”."
        ),
    )
    answers = models.TextField(
        _("szukaj także"),
        blank=True,
        validators=[MaxLengthValidator(MAX_TEXT)],
        help_text=_(
            "Tylko dla dwóch ostatnich rodzajów, każde w osobnym wierszu. Szersze i węższe: u góry „panel obywatelski”, "
            "tu „losowanie mieszkańców”. W jedną stronę: u góry „citizens assembly”, tu „panel obywatelski”."
        ),
    )
    language = models.CharField(
        _("język haseł"), max_length=5, choices=Languages.choices, default=Languages.PL
    )
    note = models.TextField(
        _("notatka"), max_length=500, blank=True, help_text=_("Dla redakcji: skąd ta grupa, o co chodziło.")
    )
    active = models.BooleanField(
        _("włączona"),
        default=True,
        help_text=_("Wyłączona grupa zostaje na liście i niczego nie zmienia."),
    )
    origin = models.CharField(
        _("pochodzenie"), max_length=6, choices=Origin.choices, default=Origin.EDITOR, editable=False
    )
    changed_at = models.DateTimeField(_("zmieniono"), auto_now=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("terms"), FieldPanel("answers")], heading=_("Reguła")
        ),
        PreviewPanel("thesaurus_preview", heading=_("Co się zmieni")),
        MultiFieldPanel(
            [FieldPanel("active"), FieldPanel("language"), FieldPanel("note")], heading=_("Dla redakcji")
        ),
    ]

    class Meta:
        verbose_name = _("grupa tezaurusa")
        verbose_name_plural = _("tezaurus")
        ordering = ["pk"]

    def __str__(self) -> str:
        joined = " = ".join(lines(self.terms))
        answers = " = ".join(lines(self.answers))
        return f"{joined} > {answers}" if answers else joined

    @property
    def group(self) -> Group:
        return Group(Kind(self.kind), lines(self.terms), lines(self.answers))

    @property
    def terms_line(self) -> str:
        return ", ".join(lines(self.terms))

    terms_line.fget.short_description = _("hasła")  # type: ignore[attr-defined]

    @property
    def arrow(self) -> str:
        """The kind in a word, for lists."""
        return str(
            {
                self.Kinds.EQUAL: _("równoznaczne"),
                self.Kinds.BROADER: _("szersze → węższe"),
                self.Kinds.ONE_WAY: _("w jedną stronę →"),
            }[self.Kinds(self.kind)]
        )

    @property
    def state(self) -> str:
        return str(_("włączona") if self.active else _("wyłączona"))

    @property
    def answers_line(self) -> str:
        return ", ".join(lines(self.answers))

    def clean(self) -> None:
        super().clean()
        if self.kind not in self.Kinds.values:
            return
        others = ThesaurusGroup.objects.filter(active=True).exclude(pk=self.pk) if self.active else ()
        found = problems(self.group, [(str(other), other.group) for other in others])
        if found:
            raise ValidationError(dict(found))


class LexiconEntry(RevisionMixin, models.Model):
    """A word that the dictionary lacks, or reads as another: all its forms are taken for the base form."""

    base = models.CharField(
        _("forma podstawowa"),
        max_length=60,
        unique=True,
        help_text=_(
            "Jedno słowo, na przykład „facylitator”. Może to być słowo, które słownik zna: „budżet” z odmianą „budget” "
            "każe czytać „budget” jak „budżet”."
        ),
    )
    like = models.CharField(
        _("odmienia się jak"),
        max_length=60,
        blank=True,
        help_text=_("Znane słowo o takiej samej końcówce: „facylitator” jak „moderator”."),
    )
    forms = models.TextField(
        _("odmiana"),
        blank=True,
        validators=[MaxLengthValidator(MAX_TEXT)],
        help_text=_(
            "Pozostałe formy i inne pisownie, oddzielone spacją albo w osobnych wierszach. Puste, jeśli wystarczy "
            "„odmienia się jak”."
        ),
    )
    note = models.TextField(_("notatka"), max_length=500, blank=True)
    active = models.BooleanField(_("włączone"), default=True)
    origin = models.CharField(
        _("pochodzenie"), max_length=6, choices=Origin.choices, default=Origin.EDITOR, editable=False
    )
    changed_at = models.DateTimeField(_("zmieniono"), auto_now=True)

    panels = [
        MultiFieldPanel([FieldPanel("base"), FieldPanel("like"), FieldPanel("forms")], heading=_("Słowo")),
        PreviewPanel("lexicon_preview", heading=_("Co się zmieni")),
        MultiFieldPanel([FieldPanel("active"), FieldPanel("note")], heading=_("Dla redakcji")),
    ]

    class Meta:
        verbose_name = _("słowo słownika")
        verbose_name_plural = _("słownik wyszukiwarki")
        ordering = ["base"]

    def __str__(self) -> str:
        return self.base

    @property
    def listed(self) -> tuple[str, ...]:
        return tuple(self.forms.replace(",", " ").replace(";", " ").split())

    @property
    def entry(self) -> lexicon.Entry:
        return lexicon.Entry(self.base, self.listed, self.like)

    @property
    def state(self) -> str:
        return str(_("włączone") if self.active else _("wyłączone"))

    @property
    def forms_line(self) -> str:
        return ", ".join(lexicon.forms_of(self.entry))

    def clean(self) -> None:
        super().clean()
        self.base = " ".join(self.base.split())
        found: dict[str, Any] = {}
        words = {"base": [self.base], "like": [self.like] if self.like else [], "forms": self.listed}
        for name, given in words.items():
            wrong = [word for word in given if not one_word(word)]
            if wrong:
                found[name] = _("To nie jest jedno słowo z samych liter: „%(word)s”.") % {
                    "word": wrong[0][:40]
                }
        if len(self.listed) > lexicon.MAX_FORMS:
            found["forms"] = _("Najwyżej %(most)d form.") % {"most": lexicon.MAX_FORMS}
        if not found and self.like and not lexicon.inflected(lexicon.spelled(self.base), self.like):
            found["like"] = _(
                "Nie umiemy odmienić „%(base)s” jak „%(like)s”: słownik nie zna tego wzoru albo końcówki są różne."
            ) % {"base": self.base, "like": self.like}
        if not found and len(lexicon.forms_of(self.entry)) < 2:
            found["forms"] = _("Sama forma podstawowa niczego nie zmieni: dopisz odmianę albo wzór.")
        if not found and self.active:
            own = set(lexicon.forms_of(self.entry))
            for other in LexiconEntry.objects.filter(active=True).exclude(pk=self.pk):
                both = own.intersection(lexicon.forms_of(other.entry))
                if both:
                    found["forms"] = _("„%(form)s” stoi już przy słowie „%(other)s”.") % {
                        "form": min(both),
                        "other": other.base,
                    }
                    break
        if found:
            raise ValidationError(found)


def one_word(word: str) -> bool:
    return lexicon.spelled(word) == word.strip().lower() and word.strip().isalnum() and len(word) > 1


class RulesStamp(models.Model):
    """One row: what every process compares to know that the rules have changed, and which seeds were given out."""

    stamp = models.CharField(max_length=32, default="")
    given = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.stamp
