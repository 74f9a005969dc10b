"""How well the Polish analysis brings inflected forms together, and how rarely it merges different words.

    python benchmarks/morphology.py FORMS.tsv [--verbose]

FORMS.tsv: a header, then word, other, expected ("same" or "different…"), kind. Two words meet when their exact keys
share one; they are taken in lower case, as people type. The last line: ``conflation 0.987 wrong 0.010``.
"""

import argparse
import collections
import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.analysis import exact_keys, fingerprint


def meet(word: str, other: str) -> bool:
    """Whether the words share an exact key."""
    return not set(exact_keys(word.lower()).split()).isdisjoint(exact_keys(other.lower()).split())


def main() -> None:
    """Read the pairs, print shares by kind, end with the one line to compare."""
    options = argparse.ArgumentParser(
        description="Share of pairs of Polish forms that the analysis brings together."
    )
    options.add_argument("forms", type=Path, help="TSV: word, other, expected, kind")
    options.add_argument("--verbose", action="store_true", help="print every pair that fails, with its keys")
    arguments = options.parse_args()
    try:
        with arguments.forms.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) >= 3]
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"cannot read {arguments.forms}: {error}")
    counts: dict[tuple[bool, str], collections.Counter[bool]] = {}
    for word, other, expected, *rest in rows:
        if expected == "expected":
            continue
        same = expected == "same"
        kind = (rest[0] if rest else "") if same else expected
        met = meet(word, other)
        counts.setdefault((same, kind), collections.Counter())[met] += 1
        if arguments.verbose and met != same:
            print(f"{expected}: {word} [{exact_keys(word.lower())}] / {other} [{exact_keys(other.lower())}]")
    print(f"analysis {fingerprint()}")
    for (_same, kind), met_counts in counts.items():
        print(f"  {kind:<26} {met_counts[True]:>5} of {met_counts.total():>5} meet")
    shares = []
    for wanted in (True, False):
        of_kind = [met_counts for (same, _kind), met_counts in counts.items() if same == wanted]
        total = sum(met_counts.total() for met_counts in of_kind)
        shares.append(sum(met_counts[True] for met_counts in of_kind) / total if total else 0.0)
    print(f"conflation {shares[0]:.3f} wrong {shares[1]:.3f}")


if __name__ == "__main__":
    main()
