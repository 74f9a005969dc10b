"""The living style guide: every component with sample data, for staff."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache

from home.blocks import ContentBodyBlock
from home.cards import Card
from home.drawings import TOPICS, Region, Spot
from home.navigation import Link
from home.progress import Row

COLOURS = [
    "paper", "kraft", "raise", "ink", "ink-2", "rule", "line", "acc", "acc-deep", "tint", "tint-2", "panel", "err",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    label: str
    count: int
    selected: bool


def _html(text: str) -> SafeString:
    return mark_safe(text)  # nosec B308 B703


class SampleForm(forms.Form):
    """One field of every look, two of them with mistakes."""

    organisation = forms.CharField(
        label="Organizacja lub urząd", required=False, help_text="Pełna nazwa, bez skrótów."
    )
    region = forms.ChoiceField(label="Województwo", choices=[("", "Wybierz"), ("slaskie", "śląskie")])
    practice = forms.ChoiceField(
        label="Jak długo zajmujesz się partycypacją?",
        choices=[("0", "Dopiero zaczynam"), ("1", "Od roku do pięciu lat")],
        widget=forms.RadioSelect,
    )
    action = forms.CharField(
        label="Opisz jedno działanie",
        help_text="Od 100 do 1200 znaków.",
        min_length=100,
        widget=forms.Textarea,
    )
    session = forms.BooleanField(label="Mam pomysł na sesję", required=False, help_text="Zapytamy o tytuł.")


def samples() -> dict[str, Any]:
    """Sample values for every component; also what the render test shows."""
    card = Card(
        title="Panel w małej gminie. Zanim ogłosisz losowanie",
        url="#",
        text="Trzydzieści osób, cztery soboty i jedno pytanie. Dwoje praktyków liczy, co się udało.",
        kicker="Poradnik · Panel obywatelski",
        meta="Rafał Smoleń i Leszek Pająk · 14 minut czytania",
        cover_topic="panel",
        cover_seed="mala-gmina",
        date=date(2027, 2, 4),
        day="4",
        month="lutego",
        status=("open", "Zgłoszenia przyjmujemy do 29 listopada"),
    )
    sessions = [
        {
            "room": f"Sala {letter}",
            "title": title,
            "url": "",
            "leaders": [("Rafał Smoleń", "#")],
            "format": "warsztat",
            "text": "",
        }
        for letter, title in zip(
            "ABCDEF",
            [
                "Panel klimatyczny bez milionów",
                "Fundusz sołecki: zebranie, na które ktoś przyjdzie",
                "Mediacja, zanim sprawa trafi do sądu",
                "Spacer badawczy osób z niepełnosprawnościami",
                "Młodzieżowa rada, która coś może",
                "Geoankieta i co dalej z trzema tysiącami pinezek",
            ],
            strict=True,
        )
    ]
    return {
        "colours": COLOURS,
        "topics": sorted(TOPICS),
        "card": card,
        "promises": [
            Row("dialogues", "dialogi w gminach", 25, 11, 3, "3 kolejne mają datę", "#"),
            Row("regional_forums", "fora regionalne", 7, 3, 1, "następne 10 grudnia, Zamość", ""),
            Row("seminars", "seminaria", 5, 3, 1, "", ""),
            Row("national_forums", "fora ogólnopolskie", 4, 2, 1, "", ""),
            Row("study_visits", "wizyty studyjne", 2, 1, 0, "", ""),
            Row("youth_forums", "forum młodzieżowe", 1, 0, 0, "jesienią 2027", ""),
        ],
        "today": date(2026, 11, 22),
        "facet": [Value("panel", "panel obywatelski", 12, True), Value("mediacja", "mediacja", 3, False)],
        "corrected": [("pnael", "panel")],
        "why": ["metoda: panele → panel obywatelski", "„BO” jako budżet obywatelski"],
        "chips": [("panel obywatelski", "#"), ("woj. śląskie", "#")],
        "tags": [("panel obywatelski", "#"), ("klimat i środowisko", "#")],
        "hit": _html("Współorganizowałem <mark>panel</mark> o cieple w Chrzanowie i Libiążu."),
        "facts": [
            ("Kiedy", "4–5 lutego 2027"),
            ("Gdzie", "Dom Kultury „Tkalnia”, Łódź", "#"),
            ("Miejsca", "300"),
        ],
        "bignums": [
            ("2,43", "pula do podziału", "mln zł"),
            ("8 412", "oddanych kart", ""),
            ("7", "wybranych z 16", ""),
        ],
        "callout": _html(
            "<p>Czy rada jeszcze nie zdecydowała? Jeśli zdecydowała, panel będzie dekoracją.</p>"
        ),
        "toc": [("Najpierw pytanie", "a"), ("Losowanie bez kamery", "b"), ("Ile to kosztuje", "c")],
        "notes": [
            _html("Art. 5a ustawy z 8 marca 1990 r. o samorządzie gminnym."),
            _html("Liczby są przykładowe."),
        ],
        "timeline": [
            ("16–29 listopada", "wysyłasz zgłoszenie", "done"),
            ("do 11 grudnia", "dostajesz odpowiedź", "now"),
            ("4–5 lutego", "widzimy się w Łodzi", ""),
        ],
        "days": [
            {
                "title": "Czwartek",
                "date": "4 lutego",
                "slots": [
                    {
                        "time": "9.00–10.00",
                        "title": "Śniadanie przy stołach",
                        "text": "Siadasz, gdzie chcesz.",
                    },
                    {
                        "time": "12.00–13.30",
                        "title": "Sześć sesji do wyboru",
                        "text": "",
                        "sessions": sessions,
                    },
                ],
            }
        ],
        "regions": [
            Region("slaskie", 9, "śląskie: 9 osób", "#"),
            Region("mazowieckie", 4, "mazowieckie: 4 osoby", "#"),
            Region("opolskie", 1, "opolskie: 1 osoba", "#"),
        ],
        "spots": [Spot(53.69, 17.56, "Chojnice", "#"), Spot(53.6, 19.57, "Iława", "#", strong=False)],
        "suggestions": [("Szukaj bez filtra „śląskie”", "#"), ("narada obywatelska", "#")],
        "errors": [("Wybierz województwo, w którym działasz", ""), ("Opisz działanie dokładniej", "")],
        "form": SampleForm({"practice": "1", "action": "Konsultacje funduszu sołeckiego w 12 wsiach"}),
        "crumb_sample": [Link("Strona główna", "#"), Link("Wydarzenia", "#")],
        "example_words": ["panel obywatelski", "fundusz sołecki", "mediacja"],
        "page_obj": Paginator(range(200), 20).page(4),
        "blocks": [
            (block.label, block.render(block.get_preview_value()))
            for block in ContentBodyBlock().child_blocks.values()
        ],
    }


@never_cache
@permission_required("wagtailadmin.access_admin", login_url="wagtailadmin_login")
def style_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "home/style_guide.html", samples())
