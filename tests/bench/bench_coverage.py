"""How many clauses cut out of human translations are found, and how many whole translations are suspected.

    python tests/bench/bench_coverage.py NAME.fr NAME.en [--skip 500]

Clauses stand between marks, have four words at least and are not the whole; the seed is fixed. `--skip` leaves out so
many pairs at the beginning. What a lack on one side counts against the other, and the thresholds of the checks, were
chosen on other texts: 500 pairs of newstest2008-2013 and 300 of novels, out of the training corpora.
"""

from __future__ import annotations

import argparse
import random
from itertools import pairwise
from pathlib import Path

from pipeline.words import omitted_and_added, words_of


def read(path, code, skip):
    lines = path.read_text("utf-8").splitlines()[skip:]
    return [[word.text for word in words_of(line, code)] for line in lines]


def without_a_clause(words, rng):
    marks = [-1, *(place for place, word in enumerate(words) if word in ",;:.!?-"), len(words)]
    spans = [(a + 1, b) for a, b in pairwise(marks) if 4 <= b - a - 1 < len(words) - 4]
    if not spans:
        return None
    start, end = rng.choice(spans)
    return words[:start] + words[end + 1 :]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--skip", type=int, default=0)
    args = parser.parse_args()
    source, target = read(args.source, "fr", args.skip), read(args.target, "en", args.skip)
    rng = random.Random(1)
    cut = [(a, less) for a, b in zip(source, target, strict=True) if (less := without_a_clause(b, rng))]
    added = [(less, b) for a, b in zip(source, target, strict=True) if (less := without_a_clause(a, rng))]
    if not cut or not added:
        raise SystemExit(f"no clause to cut in the pairs after the first {args.skip}")
    for least in (2.0, 2.5, 3.0, 3.5, 4.0):
        whole = omitted_and_added(source, target, least=least)
        found = omitted_and_added([a for a, _ in cut], [b for _, b in cut], least=least)
        turned = omitted_and_added([a for a, _ in added], [b for _, b in added], least=least)
        print(
            f"least {least}: found {sum(x is not None for x, _ in found) / len(cut):.1%} of {len(cut)} cuts,"
            f" {sum(y is not None for _, y in turned) / len(added):.1%} of {len(added)} additions; suspected"
            f" omitted {sum(x is not None for x, _ in whole) / len(whole):.1%},"
            f" added {sum(y is not None for _, y in whole) / len(whole):.1%} of {len(whole)} whole"
        )


if __name__ == "__main__":
    main()
