"""Winners and sums, exact and on any ballot."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgets import results
from budgets.results import WITHDRAWN_COST, Project

money = st.decimals(Decimal("0.01"), Decimal(1_000_000), places=2)


def greedy(amount: Decimal, ballots: list[tuple[Decimal, int]]) -> list[Project]:
    """The rule itself: by votes down, skipping what does not fit; ties by id."""
    left, found = amount, []
    order = sorted(range(len(ballots)), key=lambda n: (-ballots[n][1], f"{n:03d}"))
    for n in order:
        cost, votes = ballots[n]
        fits = cost <= left
        left -= cost if fits else 0
        found.append(Project(f"{n:03d}", f"Projekt {n}", cost, votes, int(fits), category="sport"))
    return found


OLSZOW = [
    ("Cień", 318000, 2231, 1), ("Przejścia", 462000, 2174, 1), ("Pumptrack", 540000, 1986, 1),
    ("Biblioteka", 186000, 1742, 1), ("Boisko", 688000, 1655, 1), ("Park", 274000, 1511, 0), ("Kino", 142000, 1377, 1),
    ("Ścieżka", 715000, 1290, 0), ("Budki", 64000, 1063, 1),
]  # fmt: skip


def olszow() -> list[Project]:
    return [Project(f"{n:02d}", name, Decimal(c), v, s) for n, (name, c, v, s) in enumerate(OLSZOW)]


def test_the_sentence_of_olszow() -> None:
    surprise = results.first_surprise(Decimal(2_430_000), olszow())
    assert surprise is not None
    assert (surprise.lost.name, surprise.won.name, surprise.left) == ("Park", "Kino", Decimal(236_000))


def test_a_withdrawn_project_is_never_summed() -> None:
    rows = [Project("1", "Ławka", Decimal(10), 5, 1), Project("2", "Wycofany", WITHDRAWN_COST, 9, 0)]
    sums = results.totals(rows)
    assert (sums.projects, sums.withdrawn, sums.asked, sums.votes) == (1, 1, Decimal(10), 5)
    assert [row.projects for row in results.by_category(rows)] == [1]
    assert results.first_surprise(Decimal(10), rows) is None


def test_nothing_is_claimed_when_the_money_does_not_explain_the_loss() -> None:
    rows = [Project("1", "Tani", Decimal(10), 9, 0), Project("2", "Inny", Decimal(10), 5, 1)]
    assert results.first_surprise(Decimal(100), rows) is None


def test_a_tie_is_no_surprise() -> None:
    rows = [Project("1", "A", Decimal(80), 9, 1), Project("2", "B", Decimal(80), 9, 0)]
    assert results.first_surprise(Decimal(100), rows) is None
    # Before the tie was broken the whole pot was there: the loser's money is not "what was left".
    assert results.left_before(Decimal(100), rows) == {"2": Decimal(100)}


def test_money_from_the_reserve_is_not_the_pots() -> None:
    rows = [Project("1", "Z rezerwy", Decimal(80), 9, selected=3)]
    assert results.remaining(Decimal(100), rows) == Decimal(100)
    assert results.totals(rows).selected == 1


@given(money, st.lists(st.tuples(money, st.integers(0, 50)), max_size=30))
def test_sums_are_exact_and_a_surprise_is_always_explained(
    amount: Decimal, ballots: list[tuple[Decimal, int]]
) -> None:
    rows = greedy(amount, ballots)
    sums = results.totals(rows)
    assert sums.spent + results.remaining(amount, rows) == amount
    assert results.remaining(amount, rows) >= 0
    assert sum((row.spent for row in results.by_category(rows)), Decimal(0)) == sums.spent
    assert sum(row.votes for row in results.by_category(rows)) == sums.votes
    surprise = results.first_surprise(amount, rows)
    if surprise is not None:
        assert surprise.lost.votes > surprise.won.votes
        assert surprise.lost.cost > surprise.left
        assert not surprise.lost.won
        assert surprise.won.won
    lost_to_fewer = any(not p.won and any(q.won and q.votes < p.votes for q in rows) for p in rows)
    if len({votes for _, votes in ballots}) == len(ballots):  # without ties every such loss is explained
        assert (surprise is not None) == lost_to_fewer
