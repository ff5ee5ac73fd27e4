"""Fit the weights of the word links to hand-made links, and say what each signal is worth.

    python tests/bench/fit_words.py GOLD [--write]

GOLD holds folders NAME/{doc.fr,doc.en,doc.gold}: tokenised lines, links `i-j` (sure) and `ipj` (possible). Prints the
alignment error rate (Och & Ney 2003) of each folder with weights fitted on the others, then without each signal.
`--write` fits on all and writes weights.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from pipeline.words import evidence, linking
from pipeline.words.lexicon import shipped_lexicon

POSSIBLE = 0.3  # what a possible link weighs beside a sure one
RIDGE = 1.0
THRESHOLD = 0.5
WEIGHTS = Path(linking.__file__).parent / "weights.json"


def read(folder):
    source, target, gold = ((folder / f"doc.{kind}").read_text("utf-8").splitlines() for kind in ("fr", "en", "gold"))
    return [line.split() for line in source], [line.split() for line in target], [links_of(line) for line in gold]


def links_of(line):
    pairs = [(tuple(map(int, word.replace("p", "-").split("-"))), "p" in word) for word in line.split()]
    return {pair for pair, possible in pairs if not possible}, {pair for pair, _ in pairs}


def batches(document, jumps):
    """Signals, truth and weight of each batch of a document's pairs, kept in shape."""
    source, target, gold = document
    for places in linking._batches([(len(a), len(b)) for a, b in zip(source, target, strict=True)]):
        seen = evidence.gathered([(source[k], target[k]) for k in places], shipped_lexicon(), jumps)
        truth, weight = np.zeros(seen.inside.shape), seen.inside.astype(float)
        for place, k in enumerate(places):
            sure, possible = gold[k]
            for i, j in possible:
                truth[place, i, j], weight[place, i, j] = 1, 1 if (i, j) in sure else POSSIBLE
        yield places, linking.signals(seen), seen.inside, truth, weight


def fitted(parts):
    """Weights of a logistic model by Newton's method."""
    x, y, w = (np.concatenate([part[k] for part in parts]) for k in range(3))
    x, weights = x.astype(float), np.zeros(x.shape[1])
    for _ in range(40):
        p = linking._logistic(x @ weights)
        slope = x.T @ (w * (p - y)) + RIDGE * weights
        curve = (x * (w * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def flat(batch, extra, columns):
    _, seen, inside, truth, weight = batch
    seen = seen[..., columns] if extra is None else np.concatenate([seen[..., columns], extra], -1)
    return seen[inside], truth[inside], weight[inside]


def first_look(batch, weights, columns):
    _, seen, inside, _, _ = batch
    return linking.around(np.where(inside, linking._logistic(seen[..., columns] @ weights), 0), inside)


def train(data, columns):
    first = fitted([flat(batch, None, columns) for batch in data])
    return first, fitted([flat(batch, first_look(batch, first, columns), columns) for batch in data])


def error(document, data, models, columns, *, stages=2):
    first, second = models
    made = common = possible_hits = sures = 0
    for batch in data:
        places, seen, inside, _, _ = batch
        seen = seen[..., columns]
        if stages == 2:
            cells = linking._logistic(np.concatenate([seen, first_look(batch, first, columns)], -1) @ second)
        else:
            cells = linking._logistic(seen @ first)
        for place, k in enumerate(places):
            sure, possible = document[2][k]
            links = set(zip(*np.nonzero((cells[place] >= THRESHOLD) & inside[place]), strict=True))
            made, sures = made + len(links), sures + len(sure)
            common, possible_hits = common + len(links & sure), possible_hits + len(links & possible)
    return 100 * (1 - (common + possible_hits) / (made + sures))


def crossed(documents, data, columns, **how):
    out = []
    for name in documents:
        models = train([batch for other in documents if other != name for batch in data[other]], columns)
        out.append(error(documents[name], data[name], models, columns, **how))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    jumps = linking._jumps()
    documents = {folder.name: read(folder) for folder in sorted(args.gold.iterdir())}
    data = {name: list(batches(document, jumps)) for name, document in documents.items()}
    every = list(range(len(linking.SIGNALS)))
    print("AER of", *documents, "each by weights fitted on the others")
    print(f"{'all':16}", *(f"{value:6.2f}" for value in crossed(documents, data, every)))
    print(f"{'no second look':16}", *(f"{value:6.2f}" for value in crossed(documents, data, every, stages=1)))
    for k, name in enumerate(linking.SIGNALS):
        if k:
            columns = [one for one in every if one != k]
            print(f"without {name:14}", *(f"{value:6.2f}" for value in crossed(documents, data, columns)))
    if args.write:
        write([batch for name in data for batch in data[name]], every)


def write(data, columns):
    first, second = train(data, columns)
    held = json.loads(WEIGHTS.read_text("utf-8"))
    held["threshold"] = THRESHOLD
    held["first"] = dict(zip(linking.SIGNALS, np.round(first, 4).tolist(), strict=True))
    held["second"] = dict(zip(linking.SIGNALS + linking.AROUND, np.round(second, 4).tolist(), strict=True))
    WEIGHTS.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
