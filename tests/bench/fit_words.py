"""Fit the weights of the word links to hand-made links, and say what each signal is worth.

    python tests/bench/fit_words.py GOLD [--way model] [--heads 4] [--write]

GOLD holds folders NAME/{doc.fr,doc.en,doc.gold}: tokenised lines, links `i-j` (sure) and `ipj` (possible). Prints the
alignment error rate (Och & Ney 2003) of each folder with weights fitted on the others, then without each signal.
`--write` fits on all and writes the way's weights. `--way model` also reads so many heads of the built-in model, those
that agree best with the lexicon's own links of the same texts: no hand-made link is asked which. `--way embeddings`
knows no lexicon, as if the languages were others; `--way letters` knows neither, and is there to compare.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.words import linking
from pipeline.words.attention import ModelWay, beside, built_in_sight
from pipeline.words.lexicon import no_lexicon, shipped_lexicon
from pipeline.words.meaning import MeaningWay
from pipeline.words.weights import FOLDER, weights_of

POSSIBLE = 0.3  # what a possible link weighs beside a sure one
RIDGE = 1.0
THRESHOLD = 0.5
WAYS = {  # each with the file of its weights
    "lexicon": (lambda: linking.LexiconWay(shipped_lexicon()), "weights"),
    "model": (lambda: ModelWay(shipped_lexicon()), "model"),
    "embeddings": (lambda: MeaningWay(weights=weights_of()), "embeddings"),  # of which only the jumps are used
    "letters": (lambda: linking.LexiconWay(no_lexicon()), ""),
}


SURE = 0.9  # of a lexical link that a head is asked about
HEADS = [(layer, head, after) for layer in (0, 1) for head in range(12) for after in (False, True)]


def read(folder):
    source, target, gold = ((folder / f"doc.{kind}").read_text("utf-8").splitlines() for kind in ("fr", "en", "gold"))
    return [line.split() for line in source], [line.split() for line in target], [links_of(line) for line in gold]


def links_of(line):
    pairs = [(tuple(map(int, word.replace("p", "-").split("-"))), "p" in word) for word in line.split()]
    return {pair for pair, possible in pairs if not possible}, {pair for pair, _ in pairs}


def batches(document, way):
    """Signals, truth and weight of each batch of a document's pairs, kept in shape."""
    source, target, gold = document
    for places in linking._batches([(len(a), len(b)) for a, b in zip(source, target, strict=True)]):
        seen = way.gathered([(source[k], target[k]) for k in places])
        truth, weight = np.zeros(seen.inside.shape), seen.inside.astype(float)
        for place, k in enumerate(places):
            sure, possible = gold[k]
            for i, j in possible:
                truth[place, i, j], weight[place, i, j] = 1, 1 if (i, j) in sure else POSSIBLE
        yield places, linking.signals(seen), seen.inside, truth, weight


def best_heads(documents, count):
    """The heads that most often look first at a word that the lexicon links surely."""
    way = linking.LexiconWay(shipped_lexicon())
    hits, met = np.zeros(len(HEADS)), 0
    for source, target, _ in documents.values():
        for places in linking._batches([(len(a), len(b)) for a, b in zip(source, target, strict=True)]):
            pairs = [(source[k], target[k]) for k in places]
            links = linking.probabilities(seen := way.gathered(pairs), way.weights) >= SURE
            places, _, words = np.nonzero(links & (links.sum(1, keepdims=True) == 1))
            first = beside(built_in_sight().looks(pairs, HEADS), seen).argmax(1)[places, words]
            hits += (first == links.argmax(1)[places, words][:, None]).sum(0)
            met += len(words)
    order = np.argsort(-hits, kind="stable")[:count]
    print("heads (layer, head, word read):", *(f"{HEADS[k]} {hits[k] / met:.3f}" for k in order), sep="\n  ")
    return [HEADS[k] for k in order]


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
    parser.add_argument("--way", choices=WAYS, default="lexicon")
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    documents = {folder.name: read(folder) for folder in sorted(args.gold.iterdir())}
    make, file = WAYS[args.way]
    heads = best_heads(documents, args.heads) if args.way == "model" else []
    way = make()
    if heads:
        way.weights = replace(way.weights, heads=heads)
    data = {name: list(batches(document, way)) for name, document in documents.items()}
    names = linking.names_of(len(heads))
    every = list(range(len(names)))
    print("AER of", *documents, "each by weights fitted on the others")
    print(f"{'all':16}", *(f"{value:6.2f}" for value in crossed(documents, data, every)))
    print(f"{'no second look':16}", *(f"{value:6.2f}" for value in crossed(documents, data, every, stages=1)))
    for left_out in left(names, len(heads)):
        columns = [k for k in every if names[k] not in left_out]
        print(
            f"without {left_out[-1]:14}", *(f"{value:6.2f}" for value in crossed(documents, data, columns)), flush=True
        )
    if args.write and file:
        write([batch for name in data for batch in data[name]], names, heads, FOLDER / f"{file}.json")


def left(names, heads):
    """What is left out in turn: a signal of the lexicon, both signals of a head, all heads but the first."""
    yield from ([name] for name in linking.SIGNALS[1:])
    looks = [[f"log look {k}", f"look {k}"] for k in range(heads)]
    yield from looks
    if heads:
        yield [*(name for look in looks[1:] for name in look), "looks but one"]
        yield [*(name for look in looks for name in look), "any look"]


def write(data, names, heads, path):
    first, second = train(data, list(range(len(names))))
    held = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    held["threshold"] = THRESHOLD
    if heads:
        held["heads"] = heads
    held["first"] = dict(zip(names, np.round(first, 4).tolist(), strict=True))
    held["second"] = dict(zip((*names, *linking.AROUND), np.round(second, 4).tolist(), strict=True))
    path.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
