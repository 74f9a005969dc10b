"""What is wrong with a group of the thesaurus, told to the editor who wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from .stopwords import is_stop
from .thesaurus import Group, Identity, Kind, alike, identities, pattern_of
from .tokens import normal
from .tokens import words as word_matches

MAX_TERM = 80  # characters
MAX_WORDS = 6  # of one term
MAX_TERMS = 20  # of one side
QUOTES = '"„”“«»'


def problems(group: Group, others: Iterable[tuple[str, Group]] = ()) -> dict[str, list[str]]:
    """Sentences by field ("terms", "answers"); empty when all is well. `others`: the active groups by their names."""
    found: dict[str, list[str]] = {}
    sides = {"terms": group.terms, "answers": group.answers}
    for name, terms in sides.items():
        told = list(of_terms(terms))
        if told:
            found[name] = told
    if group.kind is Kind.EQUAL:
        if group.answers:
            found.setdefault("answers", []).append(
                _("Przy hasłach równoznacznych zostaw to pole puste: wpisz wszystkie hasła wyżej.")
            )
        if len(group.terms) < 2:
            found.setdefault("terms", []).append(_("Jedno hasło niczego nie zmieni: dopisz drugie."))
    else:
        if not group.terms:
            found.setdefault("terms", []).append(_("Wpisz hasło, o które ktoś pyta."))
        if not group.answers:
            found.setdefault("answers", []).append(_("Wpisz, czego szukać także."))
        for term in group.answers:
            if any(alike(term, other) for other in group.terms):
                found.setdefault("answers", []).append(_("„%(term)s” stoi po obu stronach.") % {"term": term})
    if found:
        return found
    others = list(others)
    told = list(repeated(group, others))
    if told:
        found["terms"] = told
    elif group.kind is Kind.BROADER and (round_trip := chain(group, [other for _name, other in others])):
        found["answers"] = [
            _("Koło: %(chain)s. Szersze hasło nie może być zarazem węższe od tego, co pod nim stoi.")
            % {"chain": " → ".join(round_trip)}
        ]
    return found


def of_terms(terms: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the terms of one side by themselves."""
    if len(terms) > MAX_TERMS:
        yield _("Najwyżej %(most)d haseł; podziel je na dwie grupy.") % {"most": MAX_TERMS}
    seen: dict[frozenset[Identity], str] = {}
    for term in terms:
        found = [normal(match[0]) for match in word_matches(term)]
        if len(term) > MAX_TERM or len(found) > MAX_WORDS:
            yield _("„%(term)s…” jest za długie: najwyżej %(words)d słów i %(most)d znaków.") % {
                "term": term[:30],
                "words": MAX_WORDS,
                "most": MAX_TERM,
            }
        elif any(letter in QUOTES for letter in term):
            yield _("Hasło %(term)s: usuń cudzysłów.") % {"term": term}
        elif not found:
            yield _("„%(term)s” nie ma w sobie żadnego słowa.") % {"term": term}
        elif all(is_stop(word) for word in found) and pattern_of(term) == pattern_of(term.lower()):
            yield _("„%(term)s” to same słowa pomocnicze, których wyszukiwarka nie bierze pod uwagę.") % {
                "term": term
            }
        elif (other := seen.get(identities(term))) is not None:
            if other.lower() == term.lower():
                yield _("„%(term)s” stoi tu dwa razy.") % {"term": term}
            else:
                yield _("„%(term)s” to odmiana hasła „%(other)s”: odmianę wyszukiwarka zna sama.") % {
                    "term": term,
                    "other": other,
                }
        seen.setdefault(identities(term), term)


def pairs(group: Group) -> Iterator[tuple[str, str]]:
    """Who asks for the first gets the second."""
    for one in group.terms:
        for other in group.terms if group.kind is Kind.EQUAL else group.answers:
            if one != other:
                yield one, other


def repeated(group: Group, others: Iterable[tuple[str, Group]]) -> Iterator[str]:
    """One sentence for each group that says something of what this one says."""
    own: dict[Identity, list[tuple[str, str]]] = {}
    for pair in pairs(group):
        for identity in identities(pair[0]):
            own.setdefault(identity, []).append(pair)
    for name, other in others:
        for one, two in pairs(other):
            near = [pair for identity in identities(one) for pair in own.get(identity, ())]
            found = [pair for pair in near if alike(one, pair[0]) and alike(two, pair[1])]
            if found:
                yield _("Para „%(one)s” – „%(other)s” jest już w grupie „%(group)s”. Zmień tamtą grupę.") % {
                    "one": found[0][0],
                    "other": found[0][1],
                    "group": name,
                }
                break


def chain(group: Group, others: Iterable[Group]) -> list[str]:
    """The way that leads from a narrower term of the group back to a broader one; empty when none does."""
    under: dict[Identity, dict[str, None]] = {}
    for one in (group, *others):
        if one.kind is Kind.BROADER:
            for term in one.terms:
                for identity in identities(term):
                    under.setdefault(identity, {}).update(dict.fromkeys(one.answers))
    for start in group.terms:
        waiting = [(start, [start])]
        seen: set[str] = set()
        while waiting:
            at, way = waiting.pop()
            for to in (to for identity in identities(at) for to in under.get(identity, {})):
                if alike(to, start):
                    return [*way, to]
                if to not in seen:
                    seen.add(to)
                    waiting.append((to, [*way, to]))
    return []
