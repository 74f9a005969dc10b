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
    """Pabulib's categories, and safety, which Polish cities have and Pabulib does not."""

    PUBLIC_SPACE = "public space", _("przestrzeń publiczna")
    EDUCATION = "education", _("edukacja")
    CULTURE = "culture", _("kultura")
    ENVIRONMENT = "environmental protection", _("ochrona środowiska")
    SPORT = "sport", _("sport")
    GREENERY = "urban greenery", _("zieleń")
    STREETS = "public transit and roads", _("ulice i chodniki")
    HEALTH = "health", _("zdrowie i opieka")
    WELFARE = "welfare", _("pomoc społeczna")
    SAFETY = "safety", _("bezpieczeństwo")

    @classmethod
    def read(cls, text: str) -> "Category":
        """By the value or by the label in the active language, in any case. Raises ValueError."""
        wanted = " ".join(text.split()).casefold()
        for member in cls:
            if wanted in (member.value, str(member.label).casefold()):
                return member
        raise ValueError(f"no category is called {text!r}")


class Outcome(models.IntegerChoices):
    """The column `selected` of Pabulib; 3 is money from outside the pot, such as Poznań's reserve."""

    LOST = 0, _("niewybrany")
    WON = 1, _("wybrany")
    SPECIAL = 2, _("wybrany na innej zasadzie")
    RESERVE = 3, _("wybrany z rezerwy")


class ProjectStatus(models.TextChoices):
    """What became of it."""

    PLANNED = "planned", _("w planie")
    IN_PROGRESS = "in_progress", _("w realizacji")
    COMPLETED = "completed", _("zrealizowany")
    DROPPED = "dropped", _("zaniechany")
    WITHDRAWN = "withdrawn", _("wycofany przed głosowaniem")
