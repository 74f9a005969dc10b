"""Sums and reasons of a civic budget: pure functions on exact Decimals; nothing here reads a database.

The rule of most Polish editions ("greedy"): go from the project with the most votes down; what fits in the money
left is selected, what does not fit is skipped. So a project may lose to one with fewer votes, and the reason is in
the money left when its turn came.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

# Pabulib's sign of a project that was on the ballot and later withdrawn: shown as withdrawn, never summed.
WITHDRAWN_COST = Decimal(999_999_999)
FROM_THE_POT = 1
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Project:
    """`selected`: 0 lost, 1 won, 2 and 3 won with money from outside the pot. `cost` in zlotys."""

    id: str
    name: str
    cost: Decimal
    votes: int
    selected: int = 0
    category: str = ""
    withdrawn: bool = False
    pot: Hashable = None

    @property
    def won(self) -> bool:
        return self.selected > 0 and not self.gone

    @property
    def paid(self) -> Decimal:
        """What it takes from the pot."""
        return self.cost if self.selected == FROM_THE_POT and not self.gone else ZERO

    @property
    def gone(self) -> bool:
        return self.withdrawn or self.cost == WITHDRAWN_COST


@dataclass(frozen=True, slots=True)
class Totals:
    projects: int  # on the ballot, without the withdrawn
    withdrawn: int
    selected: int
    votes: int
    asked: Decimal  # cost of all on the ballot
    spent: Decimal  # cost of what was selected from the pot


@dataclass(frozen=True, slots=True)
class CategorySum:
    category: str
    projects: int
    selected: int
    votes: int
    votes_won: int
    asked: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class Surprise:
    """`lost` had more votes than `won`, yet was not selected: only `left` zlotys were there when its turn came."""

    lost: Project
    won: Project
    left: Decimal


def ballot(projects: Iterable[Project]) -> list[Project]:
    """On the ballot, the most votes first; equal votes in the order of ids."""
    return sorted((p for p in projects if not p.gone), key=lambda p: (-p.votes, p.id))


def totals(projects: Sequence[Project]) -> Totals:
    rows = ballot(projects)
    return Totals(
        projects=len(rows),
        withdrawn=len(projects) - len(rows),
        selected=sum(p.won for p in rows),
        votes=sum(p.votes for p in rows),
        asked=sum((p.cost for p in rows), ZERO),
        spent=sum((p.paid for p in rows), ZERO),
    )


def by_category(projects: Iterable[Project]) -> list[CategorySum]:
    """The categories with the most votes first; projects without one come under ""."""
    groups: dict[str, list[Project]] = defaultdict(list)
    for project in ballot(projects):
        groups[project.category].append(project)
    sums = [
        CategorySum(
            category,
            projects=len(rows),
            selected=sum(p.won for p in rows),
            votes=sum(p.votes for p in rows),
            votes_won=sum(p.votes for p in rows if p.won),
            asked=sum((p.cost for p in rows), ZERO),
            spent=sum((p.paid for p in rows), ZERO),
        )
        for category, rows in groups.items()
    ]
    return sorted(sums, key=lambda s: (-s.votes, s.category))


def remaining(amount: Decimal, projects: Iterable[Project]) -> Decimal:
    """Money of the pot that no selected project takes; negative when the published result overspends it."""
    return amount - sum((p.paid for p in projects), ZERO)


def left_before(amount: Decimal, projects: Iterable[Project]) -> dict[str, Decimal]:
    """For each project that lost, the most that can have been left when its turn came.

    Only selected projects with strictly more votes count as paid before it: how a tie was broken is not published.
    """
    rows = ballot(projects)
    left: dict[str, Decimal] = {}
    spent = tied = ZERO
    votes: int | None = None
    for project in rows:
        if project.votes != votes:
            spent, tied, votes = spent + tied, ZERO, project.votes
        if not project.won:
            left[project.id] = amount - spent
        tied += project.paid
    return left


def first_surprise(amount: Decimal, projects: Iterable[Project]) -> Surprise | None:
    """The project with the most votes that lost to one with fewer, when the money left explains it.

    None when nobody lost to fewer votes, or when the project would have fitted: then the reason is not the money,
    and nothing is claimed.
    """
    rows = ballot(projects)
    left = left_before(amount, rows)
    for project in rows:
        if project.won:
            continue
        winner = next((p for p in rows if p.paid and p.votes < project.votes), None)
        if winner is None:
            return None
        return Surprise(project, winner, left[project.id]) if project.cost > left[project.id] else None
    return None
