"""The named choices of a civic budget. Values are those of the Pabulib format, labels are what a reader sees."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VoteType(models.TextChoices):
    APPROVAL = "approval", _("dowolna liczba projektów z listy")
    CHOOSE_ONE = "choose-1", _("jeden projekt")
    ORDINAL = "ordinal", _("projekty w kolejności")
    CUMULATIVE = "cumulative", _("pula punktów do rozdania")
    SCORING = "scoring", _("ocena każdego projektu")


class Rule(models.TextChoices):
    GREEDY = "greedy", _("od największej liczby głosów; projekty, które się nie mieszczą, są pomijane")
    GREEDY_NO_SKIP = "greedy-no-skip", _("od największej liczby głosów, do pierwszego, który się nie mieści")
    GREEDY_THRESHOLD = "greedy-threshold", _("od największej liczby głosów, powyżej progu")
    GREEDY_EXCLUSIVE = "greedy-exclusive", _("od największej liczby głosów; projekty mogą się wykluczać")
    GREEDY_CUSTOM = "greedy-custom", _("od największej liczby głosów, z wyjątkami z regulaminu")
    EQUAL_SHARES = "equalshares", _("metoda równych udziałów")
    EQUAL_SHARES_ADD1 = "equalshares/add1", _("metoda równych udziałów z dopełnieniem")
    UNKNOWN = "unknown", _("zasada nieznana")


class Category(models.TextChoices):
    PUBLIC_SPACE = "public space", _("przestrzeń publiczna")
    EDUCATION = "education", _("edukacja")
    CULTURE = "culture", _("kultura")
    ENVIRONMENT = "environmental protection", _("ochrona środowiska")
    SPORT = "sport", _("sport")
    GREENERY = "urban greenery", _("zieleń")
    STREETS = "public transit and roads", _("ulice i transport")
    HEALTH = "health", _("zdrowie")
    WELFARE = "welfare", _("opieka i pomoc")


class Outcome(models.IntegerChoices):
    """The column `selected` of Pabulib; 3 is money from outside the pot, such as Poznań's reserve."""

    LOST = 0, _("niewybrany")
    WON = 1, _("wybrany")
    SPECIAL = 2, _("wybrany na innej zasadzie")
    RESERVE = 3, _("wybrany z rezerwy")


class ProjectStatus(models.TextChoices):
    """What became of it after the vote."""

    IN_PROGRESS = "in_progress", _("w realizacji")
    DONE = "done", _("zrealizowany")
    DROPPED = "dropped", _("niezrealizowany")
    WITHDRAWN = "withdrawn", _("wycofany przed głosowaniem")
