"""The breaker by a clock of our own: nothing here waits for time to pass, but for one courtesy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from search.backends.elasticsearch.breaker import FIRST_REST, JITTER, LONGEST_REST, Breaker, Ticket


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def enter(breaker: Breaker) -> Ticket:
    ticket = breaker.enter(1.0)
    assert ticket is not None
    return ticket


def test_closed_everyone_asks(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    tickets = [enter(breaker) for _reader in range(30)]
    for ticket in tickets:
        ticket.passed()
    assert breaker.closed


def test_open_nobody_does_and_after_the_rest_one(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    enter(breaker).failed("timeout")
    assert (breaker.resting, breaker.reason) == (True, "timeout")
    assert breaker.enter() is None
    clock.now += FIRST_REST * (1 + JITTER)
    probe = enter(breaker)
    assert breaker.enter() is None
    probe.passed()
    assert (breaker.closed, breaker.reason) == (True, "")
    assert enter(breaker)


def test_rests_grow_to_a_bound_and_differ(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    rests = []
    for _outage in range(12):
        enter(breaker).failed("unreachable")
        began = clock.now
        while breaker.resting:
            clock.now += 0.05
        rests.append(clock.now - began)
    assert FIRST_REST * (1 - JITTER) <= rests[0] <= FIRST_REST * (1 + JITTER) + 0.1
    assert rests[0] < rests[2] < rests[4]
    assert all(LONGEST_REST * (1 - JITTER) <= rest <= LONGEST_REST * (1 + JITTER) + 0.1 for rest in rests[6:])
    assert len({round(rest, 1) for rest in rests[6:]}) > 1


def test_an_answer_ends_the_growing(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    for _outage in range(5):
        enter(breaker).failed("unreachable")
        clock.now += 2 * LONGEST_REST
    enter(breaker).passed()
    enter(breaker).failed("unreachable")
    clock.now += FIRST_REST * (1 + JITTER)
    assert not breaker.resting


def test_all_that_fail_together_count_once(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    tickets = [enter(breaker) for _reader in range(10)]
    for ticket in tickets:
        ticket.failed("timeout")
    clock.now += FIRST_REST * (1 + JITTER)
    assert not breaker.resting


def test_a_late_answer_from_before_does_not_close_it(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    early, late = enter(breaker), enter(breaker)
    early.failed("timeout")
    late.passed()
    assert breaker.resting


def test_several_failures_in_a_row_may_be_wanted(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    enter(breaker).failed("slow", out_of=2)
    enter(breaker).passed()
    enter(breaker).failed("slow", out_of=2)
    assert breaker.closed
    enter(breaker).failed("slow", out_of=2)
    assert breaker.resting


def test_nobody_joins_those_who_have_waited_too_long(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    first = enter(breaker)
    clock.now += 0.9
    second = enter(breaker)
    clock.now += 0.2
    assert breaker.enter() is None
    first.passed()
    second.passed()
    assert enter(breaker)


@pytest.mark.parametrize("sound", [True, False])
def test_at_a_start_one_finds_out_for_all(sound: bool) -> None:
    breaker = Breaker(proved=False)
    readers = 12
    start = Barrier(readers)
    asked = []

    def read(number: int) -> bool:
        start.wait()
        ticket = breaker.enter()
        if ticket is None:
            return False
        asked.append(number)
        ticket.passed() if sound else ticket.failed("timeout")
        return sound

    with ThreadPoolExecutor(readers) as pool:
        answers = list(pool.map(read, range(readers)))
    assert all(answers) if sound else (len(asked) == 1 and not any(answers))


def test_a_ticket_handed_back_unused_says_nothing(clock: Clock) -> None:
    breaker = Breaker(proved=False, clock=clock)
    enter(breaker).returned()
    assert not breaker.closed
    assert enter(breaker)
