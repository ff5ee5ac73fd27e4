"""Fit the aligner's weights, show what each signal adds, and how far its probabilities can be trusted.

    python tests/bench/align_fit.py GOLD --write weights.json     # fit on all texts, print left-out figures
    python tests/bench/align_fit.py GOLD --reliability            # left-out reliability table only
    python tests/bench/align_fit.py GOLD --ablation               # strict F1 with each signal taken away
    … --pairs PAIRS.tsv --share 0.5                               # texts seeded with gaps and joins help to fit

GOLD holds folders with doc.SRC, doc.TGT and doc.gold (a bead `[0, 1]:[0]` a line). The weights are those of a
conditional random field: penalised likelihood, by L-BFGS; texts made from PAIRS (source, tab, target) count by their
share. Calibration and every printed figure come from texts that
the weights in question were not fitted on (groups of texts are left out in turn).
"""

from __future__ import annotations

import argparse
import ast
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import torch
from seeded_texts import SEEDINGS, read_pairs, seeded

from pipeline.align import aligner
from pipeline.align.coarse import chain
from pipeline.align.decoding import Found, Worth, decode
from pipeline.align.embedders import open_encoder
from pipeline.align.features import FEATURES, LARGEST, NULLS, Block, Candidates, null_evidence
from pipeline.align.lattice import NEVER, Lattice, Scores
from pipeline.align.weighing import fitted, from_table

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]
SIGNALS = {
    "meaning (margins)": [name for name in FEATURES if name.startswith("margin")],
    "meaning (gain of each sentence of a run)": [name for name in FEATURES if name.startswith(("gain", "loss"))],
    "meaning at the borders": [name for name in FEATURES if name.startswith("border")],
    "lengths": [name for name in FEATURES if name.startswith("length")],
    "words, names": ["words", "words-size"],
    "numbers": ["numbers-shared", "numbers-apart"],
    "punctuation": [name for name in (*FEATURES, *NULLS) if name.startswith(("mark", "ends", "starts", "bare"))],
}
WIDE = ("margin", "gain", "loss", "best")  # differences of cosines: small numbers, so large weights
PRIORS = ("shape", "open", "sentence")
SEEDED = 350  # pairs that a seeded text is made from
SPREADS = ((WIDE, 3.5), (PRIORS, 1.5), (("bare",), 1.5))  # of the normal prior, by what a feature's name begins with


@dataclass
class Example:
    """One text with its gold beads and the evidence for all candidates."""

    name: str
    gold: Beads
    low: np.ndarray
    high: np.ndarray
    blocks: list[Block]
    source_nulls: np.ndarray
    target_nulls: np.ndarray
    share: float = 1.0  # what it counts for when weights are fitted

    def scores(self, weights: np.ndarray) -> Scores:
        match = []
        for block in self.blocks:
            values = (block.evidence @ weights[: len(FEATURES)].astype(np.float32)).astype(np.float64)
            values[~block.exists] = NEVER
            for row in range(len(values)):
                x = block.first + row
                match.append(values[row][:, self.low[x] - block.low : self.high[x] - block.low])
        null = weights[len(FEATURES) :]
        nulls = (np.asarray(rows @ null[1:], np.float64) for rows in (self.source_nulls, self.target_nulls))
        return Scores(self.low, self.high, match, *nulls, float(null[0]))

    def gold_counts(self) -> np.ndarray:
        """Sum of the evidence of the gold beads that the band holds."""
        total = np.zeros(len(FEATURES) + len(NULLS))
        for source, target in self.gold:
            if source and target:
                found = self._cell(source, target)
                if found is not None:
                    total[: len(FEATURES)] += found
                continue
            total[len(FEATURES)] += 1
            rows = self.source_nulls[list(source)] if source else self.target_nulls[list(target)]
            total[len(FEATURES) + 1 :] += rows.sum(axis=0)
        return total

    def _cell(self, source: Sequence[int], target: Sequence[int]) -> np.ndarray | None:
        a, b, x, y = len(source), len(target), source[-1] + 1, target[-1] + 1
        if a > LARGEST or b > LARGEST or not self.low[x] <= y < self.high[x]:
            print(f"  {self.name}: gold bead {list(source)}:{list(target)} is out of reach")
            return None
        block = next(block for block in self.blocks if block.first <= x < block.first + len(block.evidence))
        return block.evidence[x - block.first, a - 1, y - block.low, b - 1]

    def counts(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Log of the sum over paths, and the expected evidence."""
        lattice = Lattice(self.scores(weights))
        found = lattice.marginals()
        total = np.zeros(len(FEATURES) + len(NULLS))
        for block in self.blocks:
            posterior = np.zeros(block.evidence.shape[:-1], np.float32)
            for row in range(len(posterior)):
                x = block.first + row
                posterior[row][:, self.low[x] - block.low : self.high[x] - block.low] = found.match[x]
            flat = posterior.reshape(-1)
            keep = np.flatnonzero(flat > 1e-5)
            total[: len(FEATURES)] += flat[keep] @ block.evidence.reshape(-1, len(FEATURES))[keep]
        total[len(FEATURES)] = found.opened
        source = np.array([step.sum() for step in found.source_step[1:]])
        target = np.zeros(len(self.target_nulls) + 1)
        for x, step in enumerate(found.target_step):
            target[self.low[x] : self.high[x]] += step
        total[len(FEATURES) + 1 :] += source @ self.source_nulls + target[1:] @ self.target_nulls
        return found.log_total, total


def example(folder: Path) -> Example:
    files = sorted(path for path in folder.glob("doc.*") if path.suffix != ".gold")
    english_last = sorted(files, key=lambda path: (path.suffix == ".en", path.suffix))
    source, target = (path.read_text(encoding="utf-8").splitlines() for path in english_last)
    lines = (folder / "doc.gold").read_text(encoding="utf-8").splitlines()
    gold = [tuple(tuple(ast.literal_eval(s)) for s in x.split(":")[:2]) for x in lines if x.startswith("[")]
    return weighed(folder.name, source, target, [bead for bead in gold if bead[0] or bead[1]])


def made(pairs: Sequence[tuple[str, str]], share: float) -> list[Example]:
    """A text for each kind of seeding, from pairs that none of the others has."""
    found = []
    for k, seeding in enumerate(SEEDINGS):
        source, target, gold = seeded(pairs[k * SEEDED : (k + 1) * SEEDED], seeding, seed=k)
        found.append(replace(weighed(f"seeded-{k}", source, target, gold), share=share))
    return found


def weighed(name: str, source: list[str], target: list[str], gold: Beads) -> Example:
    encoder = open_encoder("built-in")
    texts = [aligner.read(encoder, side) for side in (source, target)]
    pairs = chain(*(encoder.vectors(text.made.sums, text.made.sizes) for text in texts))
    stretch = aligner.Stretch((0, len(source)), (0, len(target)), pairs, [])
    cells: Candidates = aligner.candidates(encoder, *texts, stretch)
    blocks = list(cells.blocks())
    best_source, best_target = np.full(len(source) + 1, -1.0), np.full(len(target) + 1, -1.0)
    for block in blocks:
        single = np.where(block.exists[:, 0, :, 0], block.margins[:, 0, :, 0], -1.0)
        best_source[block.first : block.first + len(single)] = single.max(axis=1)
        part = slice(block.low, block.low + single.shape[1])
        best_target[part] = np.maximum(best_target[part], single.max(axis=0))
    nulls = [
        null_evidence(side.lengths[1:, 0], best[1:])
        for side, best in ((cells.source, best_source), (cells.target, best_target))
    ]
    return Example(name, gold, cells.low, cells.high, blocks, *nulls)


def fit(
    examples: Sequence[Example], *, spread: float, steps: int, start: np.ndarray, without: Sequence[str] = ()
) -> np.ndarray:
    """Weights of largest likelihood less a penalty towards zero (a normal prior of this spread)."""
    names = (*FEATURES, *NULLS)
    widths = np.array([next((s for begins, s in SPREADS if name.startswith(begins)), spread) for name in names])
    free = torch.tensor([name not in without for name in names], dtype=torch.float64)
    weights = torch.tensor(start, dtype=torch.float64) * free
    weights.requires_grad_(True)
    gold = sum(one.share * one.gold_counts() for one in examples)
    optimiser = torch.optim.LBFGS([weights], max_iter=steps, history_size=20, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        now = weights.detach().numpy()
        totals, expected = 0.0, np.zeros(len(names))
        for one in examples:
            total, evidence = one.counts(now)
            totals, expected = totals + one.share * total, expected + one.share * evidence
        penalty = 0.5 * np.sum((now / widths) ** 2)
        value = totals - float(gold @ now) + penalty
        weights.grad = torch.tensor(expected - gold + now / widths**2) * free
        return torch.tensor(value)

    optimiser.step(loss)
    return weights.detach().numpy()


def found(one: Example, weights: np.ndarray, worth: Worth) -> list[tuple[tuple, tuple, float]]:
    lattice = Lattice(one.scores(weights))
    return merged(decode(lattice, lattice.marginals(), worth))


def merged(beads: list[Found]) -> list[tuple[tuple, tuple, float]]:
    one_run = aligner._merged(beads, replace(fitted(), slope=1.0, shift=0.0), set())
    return [(bead.source, bead.target, bead.score) for bead in one_run]


def f1(pairs: Sequence[tuple[Beads, list]], is_right: Callable[[tuple, tuple, Beads], bool]) -> float:
    """Null beads count in precision, not in recall (Thompson & Koehn 2019)."""
    right = given = full_right = full_gold = 0
    for gold, test in pairs:
        beads = [(s, t) for s, t, *_ in test]
        right += sum(is_right(s, t, gold) for s, t in beads)
        given += len(beads)
        full = [(s, t) for s, t in gold if s and t]
        full_right += sum(is_right(s, t, [(x, y) for x, y in beads if x and y]) for s, t in full)
        full_gold += len(full)
    precision, recall = right / max(1, given), full_right / max(1, full_gold)
    return 2 * precision * recall / max(1e-9, precision + recall)


def is_exact(source: tuple, target: tuple, others: Beads) -> bool:
    return (source, target) in others


def overlaps(source: tuple, target: tuple, others: Beads) -> bool:
    return (source, target) in others or any({*source} & {*s} and {*target} & {*t} for s, t in others)


def report(results: dict[str, tuple[Beads, list]]) -> None:
    groups: dict[str, list] = {}
    for name, result in results.items():
        groups.setdefault(name.split("-")[0], []).append(result)
    each = " ".join(f"{name.split('-')[-1]} {f1([result], is_exact):.3f}" for name, result in results.items())
    both = (f"{group} {f1(rows, is_exact):.4f} (lax {f1(rows, overlaps):.4f})" for group, rows in groups.items())
    print("  ".join(both), "|", each, flush=True)


def calibrate(results: dict[str, tuple[Beads, list]]) -> tuple[float, float]:
    """Slope and shift of the log-odds (Platt 1999)."""
    given, right = judged(results)
    odds = torch.tensor(np.log(given / (1 - given)))
    truth = torch.tensor(right)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=100)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(odds * line[0] + line[1], truth)
        value.backward()
        return value

    optimiser.step(loss)
    slope, shift = line.detach().tolist()
    return slope, shift


def judged(results: dict[str, tuple[Beads, list]]) -> tuple[np.ndarray, np.ndarray]:
    rows = [(p, (s, t) in set(gold)) for gold, test in results.values() for s, t, p in test]
    given = np.clip(np.array([p for p, _ in rows], float), 1e-4, 1 - 1e-4)
    return given, np.array([good for _, good in rows], float)


def reliability(results: dict[str, tuple[Beads, list]], slope: float, shift: float) -> None:
    given, right = judged(results)
    share = 1 / (1 + np.exp(-(slope * np.log(given / (1 - given)) + shift)))
    print("probability given   beads   mean given   share right")
    for low, high in (
        (0, 0.3),
        (0.3, 0.5),
        (0.5, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 0.95),
        (0.95, 0.98),
        (0.98, 1.01),
    ):
        held = (share >= low) & (share < high)
        if held.any():
            mean, good = share[held].mean(), right[held].mean()
            print(f"{low:5.2f} to {min(high, 1):4.2f} {held.sum():10d} {mean:12.3f} {good:13.3f}")


def search(examples: Sequence[Example], weights: dict[str, np.ndarray]) -> None:
    """Left-out figures for other prices of beads; the sums over paths are made once."""
    lattices = {e.name: Lattice(e.scores(weights[e.name])) for e in examples}
    posteriors = {name: lattice.marginals() for name, lattice in lattices.items()}
    for price, share, lonely in product((0.3, 0.4, 0.5), (0.3, 0.5, 1.0), (0.0, 0.1, 0.2, 0.3, 0.5)):
        worth = Worth(price, share, lonely)
        print(price, share, lonely, end=" ")
        report({e.name: (e.gold, merged(decode(lattices[e.name], posteriors[e.name], worth))) for e in examples})


def left_out(
    examples: Sequence[Example], options: argparse.Namespace, without: Sequence[str] = ()
) -> dict[str, np.ndarray]:
    """Weights for each text from the texts of other folds; folds go by text, round robin within a group."""
    folds: dict[int, list[Example]] = {}
    for k, one in enumerate(examples):
        folds.setdefault(k % options.folds, []).append(one)
    out = {}
    for held in folds.values():
        names = {one.name for one in held}
        rest = [one for one in examples if one.name not in names]
        weights = fit(
            [*rest, *options.made], spread=options.spread, steps=options.steps, start=options.start, without=without
        )
        out |= dict.fromkeys(names, weights)
    return out


def first_weights() -> np.ndarray:
    """A rough start that no text has told anything, so that left-out figures owe nothing to the texts left out."""
    rough = {"shape": -3.0, "margin": 8.0, "open": -1.0, "sentence": -1.0}
    return np.array([rough.get("shape" if name.startswith("shape") else name, 0.0) for name in (*FEATURES, *NULLS)])


def starting(path: Path) -> np.ndarray:
    weights = from_table(json.loads(path.read_text(encoding="utf-8")))
    return np.concatenate([weights.match, weights.null]).astype(np.float64)


def table(weights: np.ndarray, options: argparse.Namespace, slope: float, shift: float) -> dict[str, object]:
    rounded = [round(float(value), 4) for value in weights]
    return {
        "note": (
            "Conditional random field over alignment paths, weights fitted by tests/bench/align_fit.py on hand-aligned "
            f"development texts (L-BFGS, normal prior of spread {options.spread}, wider for cosines and shapes); "
            f"slope and shift from left-out texts. {len(options.made)} texts seeded with gaps and joins counted "
            f"{options.share} each."
        ),
        "match": dict(zip(FEATURES, rounded[: len(FEATURES)], strict=True)),
        "null": dict(zip(NULLS, rounded[len(FEATURES) :], strict=True)),
        "search": {
            **asdict(options.worth),
            "slope": round(slope, 4),
            "shift": round(shift, 4),
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--reliability", action="store_true")
    parser.add_argument("--spread", type=float, default=0.12)
    parser.add_argument("--steps", type=int, default=22)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--price", type=float, default=0.4)
    parser.add_argument("--null-share", type=float, default=0.5)
    parser.add_argument("--lonely", type=float, default=0.3)
    parser.add_argument("--start", type=Path, help="weights to start from; rough ones otherwise")
    parser.add_argument("--pairs", type=Path, help="sentence pairs to make more texts from")
    parser.add_argument("--share", type=float, default=0.5, help="what these count for, beside 1 for a text of GOLD")
    parser.add_argument("--search", action="store_true", help="try what beads are worth")
    options = parser.parse_args()
    options.worth = Worth(options.price, options.null_share, options.lonely)
    options.start = first_weights() if options.start is None else starting(options.start)
    folders = sorted(path.parent for path in options.gold.glob("*/doc.gold"))
    examples = [example(folder) for folder in folders]
    options.made = made(read_pairs(options.pairs), options.share) if options.pairs else []
    if options.ablation:
        for name, without in {"all": [], **SIGNALS}.items():
            weights = left_out(examples, options, without)
            print(f"without {name:45s}" if without else f"{'all signals':53s}", end=" ")
            report({e.name: (e.gold, found(e, weights[e.name], options.worth)) for e in examples})
        return
    weights = left_out(examples, options)
    results = {e.name: (e.gold, found(e, weights[e.name], options.worth)) for e in examples}
    print("left out:", end=" ")
    report(results)
    if options.search:
        search(examples, weights)
    slope, shift = calibrate(results)
    reliability(results, slope, shift)
    if options.write:
        final = fit([*examples, *options.made], spread=options.spread, steps=options.steps, start=options.start)
        print("fitted on:", end=" ")
        report({e.name: (e.gold, found(e, final, options.worth)) for e in examples})
        text = json.dumps(table(final, options, slope, shift), indent=1)
        options.write.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
