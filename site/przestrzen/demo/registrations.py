"""Who wants to come to the demonstration's events: invented people, always the same ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from directory.models import Municipality, Sector
from directory.querysets import ascii_slug
from events.models import EventPage, Registration, RegistrationEvent, SeatLedger, SupportNeeds
from events.registration import rules, seats

from .desk import Desk

State = Registration.State
_WOMEN = (
    "Anna Barbara Beata Celina Dorota Elżbieta Ewa Grażyna Halina Irena Iwona Jolanta Justyna Kamila Kinga Lidia"
    " Łucja Magda Marta Monika Natalia Olga Renata Sylwia Teresa Urszula Wanda Weronika Zofia Żaneta"
)
_MEN = (
    "Adam Andrzej Artur Bartosz Bogdan Cezary Damian Dariusz Filip Grzegorz Hubert Jacek Jakub Jan Jarosław Kamil"
    " Leszek Łukasz Maciej Marek Michał Norbert Paweł Piotr Rafał Robert Sławomir Szymon Tomasz Wojciech"
)
_STEMS = (
    "Bagiń Brzozow Chmielew Dąbrow Dolań Gajew Głogow Grabiń Jagodziń Jarzębow Jasień Jeżew Kalinow Klonow Koniczyń"
    " Krzewiń Lipiń Łąkow Makow Malinow Olszyń Osikow Polań Sadow Sosnow Świerkow Topolew Wierzbiń Wrzosow Zalew"
)
WOMEN, MEN, STEMS = (text.split() for text in (_WOMEN, _MEN, _STEMS))
WORK = {
    Sector.PUBLIC: ("Urząd Gminy", "Urząd Miejski", "Starostwo Powiatowe", "Gminny Ośrodek Kultury"),
    Sector.NGO: ("Stowarzyszenie „Nasza Okolica”", "Fundacja Przy Stole", "Lokalna Grupa Działania"),
    Sector.INFORMAL: ("koło gospodyń", "rada sołecka"),
    Sector.UNIVERSITY: ("Instytut Socjologii",),
    Sector.INDEPENDENT: ("",),
}
DIETS = ("wegetariańska", "bez glutenu", "bez laktozy", "wegańska", "bez orzechów")
NEEDS = (
    "tłumaczenie na polski język migowy",
    "miejsce dla wózka",
    "pętla indukcyjna",
    "opieka nad dzieckiem, sześć lat",
    "materiały większym drukiem",
)
#: Event, how many want to come.
WANTED = (("forum-regionalne-zamosc", 420), ("iii-forum-lodz", 96), ("seminarium-regulamin-budzetu", 74))


def registrations(desk: Desk) -> None:
    for slug, number in WANTED:
        if event := EventPage.objects.sources().filter(slug=slug).first():
            write(event, number, Random(slug))  # nosec B311: invented people, not secrets


def name_of(chance: Random) -> str:
    woman = chance.random() < 0.62
    return f"{chance.choice(WOMEN if woman else MEN)} {chance.choice(STEMS)}{'ska' if woman else 'ski'}"


def write(event: EventPage, number: int, chance: Random) -> None:
    """So many registrations, from the first day of applications until now; past the signals and without mails."""
    places = Municipality.objects.all()
    if event.voivodeships:
        places = places.filter(voivodeship__in=event.voivodeships)
    towns = list(places.order_by("pk").values_list("pk", flat=True))
    now = timezone.now()
    first = event.applications_open or timezone.localdate(now)
    opened = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    step = max((now - opened) / (number + 1), timedelta(seconds=1))
    rows = []
    for n in range(1, number + 1):
        name, sector = name_of(chance), chance.choices(list(WORK), (44, 34, 8, 5, 9))[0]
        email = f"{ascii_slug(name).replace('-', '.')}.{n}@example.org"
        at = opened + n * step
        state = State.APPLIED
        if event.mode == "signup":
            state = State.CONFIRMED if n <= (event.seats or number) else State.WAITING
        rows.append(
            Registration(
                page=event,
                number=n,
                state=state,
                told_state=state,
                state_changed_at=at,
                created_at=at,
                queued_at=at if state == State.WAITING else None,
                name=name,
                email=email,
                address_hash=seats.address_hash(email),
                organisation=chance.choice(WORK[sector]),
                sector=sector,
                municipality_id=chance.choice(towns) if towns else None,
                first_time=chance.random() < 0.55,
            )
        )
    stored = Registration.objects.bulk_create(rows)
    RegistrationEvent.objects.bulk_create(
        RegistrationEvent(registration=row, after=row.state, at=row.created_at) for row in stored
    )
    SupportNeeds.objects.bulk_create(
        SupportNeeds(
            registration=row,
            diet=chance.choice(DIETS) if chance.random() < 0.7 else "",
            support=chance.choice(NEEDS) if chance.random() < 0.4 else "",
        )
        for row in stored
        if chance.random() < 0.18
    )
    taken = sum(row.state == State.CONFIRMED for row in stored)
    SeatLedger.objects.create(
        page=event, seats=event.seats, taken=taken, next_number=number + 1, told=rules.told(event)
    )
