"""Make the lexicon of the word links from parallel text and the links that another aligner found in it.

    python tests/bench/make_lexicon.py text CORPUS.tsv.xz... > text     # lines `source ||| target`, folded words
    eflomal-align -i text -f forward -r reverse -m 3 --n-samplers 2 -l 0.6
    python tests/bench/make_lexicon.py count text forward reverse -o pipeline/words

A corpus has lines `name<TAB>french<TAB>english`. `text` thins each name to CAPS pairs; a name with cap 0 is left out:
the Hansards, as sentences of theirs are a test set of word alignment (HLT-NAACL 2003). `count` writes fr-en.npz: each
link of either direction counts 1, so that one that both found counts 2. It also writes the jumps into weights.json;
fit the weights again afterwards (fit_words.py). The same text and links give the same bytes. The shipped file came of
text that a forerunner of `text` drew, with other random choices. eflomal (Ostling & Tiedemann 2016) is GPL: install it
in an environment of its own; only its output is used.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from pipeline.words.lexicon import write_lexicon
from pipeline.words.tokens import folded, words_of

CAPS = {
    "hansard36_reaccented.tsv.gz": 0,
    "quran.tsv.gz": 0,
    "europarl_v7.tsv.gz": 82_000,
    "canada_laws.tsv.gz": 4_400,
    "bible.tsv.gz": 6_600,
    "deb-descriptions": 2_700,
    "man-pages": 1_600,
    "debian_pkg_descriptions": 2_200,
}
CAP = 18_000  # of a name that is not above
LONGEST = 60  # words of a side
REACH = 12  # jumps further than this are one
FLATTER = 0.5  # power of the jumps' frequencies: fitted, plain ones trust neighbours too much
SHIFT = 20


def text(paths):
    pools = {}
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                name, *pair = line.rstrip("\n").split("\t")
                if CAPS.get(name, CAP):
                    pools.setdefault(name, []).append(pair)
    rng = random.Random(15)
    for name, pool in pools.items():
        for french, english in rng.sample(pool, min(len(pool), CAPS.get(name, CAP))):
            sides = [[folded(w.text) for w in words_of(s, code)] for s, code in ((french, "fr"), (english, "en"))]
            if all(0 < len(side) <= LONGEST for side in sides):
                sys.stdout.write(" ||| ".join(map(" ".join, sides)) + "\n")


def count(path, links, output):
    numbers, keys, jumps = ({}, {}), [], (Counter(), Counter())
    files = [open(one, encoding="utf-8") for one in (path, *links)]  # noqa: SIM115
    for line, *found in zip(*files, strict=True):
        sides = [side.split() for side in line.rstrip("\n").split(" ||| ")]
        ids = [[held.setdefault(w, len(held)) for w in side] for side, held in zip(sides, numbers, strict=True)]
        for direction, written in enumerate(found):
            pairs = [tuple(map(int, one.split("-"))) for one in written.split()]
            keys.extend(ids[0][i] << SHIFT | ids[1][j] for i, j in pairs)
            at = -1
            for pair in sorted(pairs, key=lambda pair: pair[1 - direction]):
                jumps[direction][max(-REACH, min(REACH, pair[direction] - at))] += 1
                at = pair[direction]
    key, joint = np.unique(np.array(keys, np.int64), return_counts=True)
    write(output / "fr-en.npz", numbers, key, joint)
    weights = output / "weights.json"
    held = json.loads(weights.read_text("utf-8"))
    held["jumps"] = [flattened(one) for one in jumps]
    weights.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def write(path, numbers, key, joint):
    """Words are numbered by frequency: small numbers pack well."""
    own, other = key >> SHIFT, key & ((1 << SHIFT) - 1)
    words, ids = [], []
    for held, one in zip(numbers, (own, other), strict=True):
        sums = np.bincount(one, joint, len(held))
        order = np.argsort(-sums, kind="stable")
        order = order[sums[order] > 0]
        new = np.empty(len(held), np.int64)
        new[order] = np.arange(len(order))
        every = list(held)
        words.append([every[k] for k in order])
        ids.append(new[one])
    key = ids[0] << SHIFT | ids[1]
    order = np.argsort(key)
    write_lexicon(path, *words, key[order], joint[order].astype(np.float32))


def flattened(jumps):
    seen = np.array([jumps[step] for step in range(-REACH, REACH + 1)], float)
    seen[[0, -1]] /= 8  # the ends gather all that is further
    seen[REACH] = max(seen[REACH], 0.03 * seen[REACH + 1])  # samplers avoid staying; phrases do not
    seen = (seen / seen.sum()) ** FLATTER
    return np.round(seen / seen.sum(), 5).tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("text")
    one.add_argument("corpora", type=Path, nargs="+")
    one = commands.add_parser("count")
    one.add_argument("text", type=Path)
    one.add_argument("links", type=Path, nargs=2)
    one.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    text(args.corpora) if args.command == "text" else count(args.text, args.links, args.output)


if __name__ == "__main__":
    main()
