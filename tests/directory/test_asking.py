"""Asking the base with plain values: what an address can say, an API can say."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from directory.asking import Asked, ask
from directory.models import Practitioner


def test_plain_values_ask_what_the_address_asks() -> None:
    address = "q=narada&metoda=mediacja&metoda=panel&kolejnosc=nazwisko&strona=2"
    values = {"metoda": ["mediacja", "panel"]}
    plain, read = Asked.of("narada", values, order="nazwisko", page=2), Asked.read(QueryDict(address))
    assert (plain.text, plain.order, plain.page) == (read.text, read.order, read.page)
    assert plain.choice.query == read.choice.query
    assert plain.choice["metoda"] == ["mediacja", "panel"]


def test_values_that_cannot_be_asked_are_left_out() -> None:
    asked = Asked.of(
        "  a\0\u202eb ", {"metoda": ["", "x" * 81, "panel"], "poczta": ["x"]}, order="losowo", page=-3
    )
    assert (asked.text, asked.order, asked.page) == ("a b", "trafnosc", 1)
    assert asked.choice.values == {"metoda": ["panel"]}
    assert Asked.of(order="trafnosc").order == "nazwisko", "nothing is asked, so nothing is more relevant"


def test_the_answer_holds_only_whom_the_reader_may_see(add: Any) -> None:
    add("Jawna Osoba", methods="mediacja")
    add("Ukryta Osoba", methods="mediacja", state="hidden", state_reason="spór")
    answer = ask(Asked.of("", {"metoda": ["mediacja"]}), page_size=5)
    assert [hit.object.name for hit in answer.hits] == ["Jawna Osoba"]
    assert answer.counts("method_slugs") == [("mediacja", 1)]
    nobody = ask(Asked.of(), Practitioner.objects.visible().none())
    assert (nobody.total, nobody.hits) == (0, [])
