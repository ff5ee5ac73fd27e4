"""Whole books as they come: strict F1 and trust in twelve kinds of mess, for this checkout and another in the same run.

    python tests/bench/bench_books.py GOLD [--before CHECKOUT] [--names transread-swann …]

GOLD holds folders with doc.fr, doc.en and doc.gold (`[0, 1]:[0]`, a bead a line). Each text is cut into chapters with
headings, and laid out with a mess: other divisions, missing, moved and strange passages. What was put in or taken away
has no partner. `F1` is strict, over beads that pair; `sure` is the share of right ones among the beads scored ≥ .9.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ALIGN = """
import json, sys
import pipeline
for line in sys.stdin:
    one = json.loads(line)
    known = {"source_headings": one["ours"], "target_headings": one["theirs"]}
    try:
        try:  # as documents are paired
            beads = pipeline.align_sentences(one["source"], one["target"], min_score=0.1, **known)
        except TypeError:
            beads = pipeline.align_sentences(one["source"], one["target"], **known)
    except TypeError:  # checkouts before 0.2: as many headings on both sides were breaks
        equal = len(one["ours"]) == len(one["theirs"]) > 1
        breaks = (one["ours"], one["theirs"]) if equal else ((), ())
        beads = pipeline.align_sentences(one["source"], one["target"], source_breaks=breaks[0], target_breaks=breaks[1])
    print(json.dumps([[bead.source, bead.target, bead.score] for bead in beads]), flush=True)
"""
Item = tuple[str, int | None]  # a sentence, and its number in the gold text


@dataclass
class Side:
    """One language: chapters of sentences; a chapter's first one is its heading, if it has one."""

    chapters: list[list[Item]]
    headed: bool = True

    def laid_out(self) -> tuple[list[str], list[int | None], list[int]]:
        """Sentences, their gold numbers, and where headings are."""
        items, headings = [], []
        for chapter in self.chapters:
            if self.headed and chapter and chapter[0][1] is None:
                headings.append(len(items))
            items += chapter
        return [text for text, _ in items], [number for _, number in items], [one for one in headings if one]


def chaptered(sentences: list[str], cuts: list[int], word: str) -> Side:
    """Chapters that begin at the cuts, each with a heading."""
    edges = [0, *cuts, len(sentences)]
    return Side([
        [(f"{word} {n}", None), *((sentences[i], i) for i in range(start, end))]
        for n, (start, end) in enumerate(pairwise(edges), start=1)
    ])  # fmt: skip


@dataclass
class Text:
    """A gold bitext and another text, from which strange passages are taken."""

    source: list[str]
    target: list[str]
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]]
    strange_source: list[str]
    strange_target: list[str]

    def cuts(self, count: int, seed: int) -> tuple[list[int], list[int]]:
        """So many places at which both sides may be cut: between beads that pair."""
        places = [(a[0], b[0]) for a, b in self.beads if a and b and a[0] and b[0]]
        chosen = sorted(random.Random(seed).sample(places, min(count, len(places))))
        return [a for a, _ in chosen], [b for _, b in chosen]


def _plain(text: Text, seed: int) -> tuple[Side, Side]:
    ours, theirs = text.cuts(8, seed)
    return chaptered(text.source, ours, "Chapitre"), chaptered(text.target, theirs, "Chapter")


def _same_number(text: Text, seed: int) -> tuple[Side, Side]:
    ours, _ = text.cuts(8, seed)
    _, theirs = text.cuts(8, seed + 1)
    return chaptered(text.source, ours, "Chapitre"), chaptered(text.target, theirs, "Chapter")


def _other_divisions(text: Text, seed: int) -> tuple[Side, Side]:
    ours, theirs = text.cuts(9, seed)
    return chaptered(text.source, ours, "Chapitre"), chaptered(text.target, theirs[::2], "Chapter")


def _missing(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    del target.chapters[3], target.chapters[5]
    return source, target


def _moved(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    target.chapters[6], target.chapters[7] = target.chapters[7], target.chapters[6]
    smaller = min(6, 7, key=lambda k: len(target.chapters[k]))
    target.chapters[smaller] = [(sentence, None) for sentence, _ in target.chapters[smaller]]
    return source, target


def _preface(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    target.chapters.insert(0, [("PREFACE", None), *((one, None) for one in text.strange_target[:60])])
    return source, target


def _contents(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    source.chapters.insert(0, [("Table des matières", None), *(chapter[0] for chapter in source.chapters)])
    return source, target


def _licences(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    source.chapters.append([("Licence", None), *((one, None) for one in text.strange_source[:50])])
    target.chapters.append([("License", None), *((one, None) for one in text.strange_target[60:120])])
    return source, target


def _notes(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    for n, chapter in enumerate(source.chapters):
        chapter += [(f"[{n + 1}] {one}", None) for one in text.strange_source[3 * n : 3 * n + 2]]
    return source, target


def _half(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    target.chapters = target.chapters[: len(target.chapters) // 2]
    return source, target


def _page_numbers(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    page = 0
    for chapter in target.chapters:
        for place in range(len(chapter) - 1, 0, -17):
            page += 1
            chapter.insert(place, (str(page), None))
    return source, target


def _separators(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    for chapter in source.chapters:
        for place in range(len(chapter) - 1, 0, -29):
            chapter.insert(place, ("* * *", None))
    return source, target


def _replaced(text: Text, seed: int) -> tuple[Side, Side]:
    source, target = _plain(text, seed)
    target.chapters[4] = [target.chapters[4][0], *((one, None) for one in text.strange_target[10:40])]
    return source, target


KINDS: dict[str, Callable[[Text, int], tuple[Side, Side]]] = {
    "clean": _plain, "as many by chance": _same_number, "other divisions": _other_divisions, "missing": _missing,
    "moved": _moved, "preface": _preface, "contents": _contents, "licences": _licences, "notes": _notes, "half": _half,
    "page numbers": _page_numbers, "separators": _separators, "replaced": _replaced,
}  # fmt: skip


def read_gold(folder: Path) -> tuple[list[str], list[str], list[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """Sentences of both sides and the beads of a gold folder."""
    source, target = ((folder / f"doc.{side}").read_text(encoding="utf-8").splitlines() for side in ("fr", "en"))
    beads = []
    for line in (folder / "doc.gold").read_text(encoding="utf-8").splitlines():
        if line.strip():
            ours, theirs = line.split("]:[")
            beads.append(
                (tuple(ast.literal_eval(ours + "]")), tuple(ast.literal_eval("[" + theirs.split("]")[0] + "]")))
            )
    return source, target, beads


def main() -> None:
    """Print a row a kind of mess."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--names", nargs="*", default=[])
    options = parser.parse_args()
    folders = [one for one in sorted(options.gold.iterdir()) if (one / "doc.fr").exists()]
    folders = [one for one in folders if one.name in (options.names or [one.name])]
    texts = [read_gold(one) for one in folders]
    checkouts = {"now": Path(__file__).parents[2]} | ({"before": options.before.resolve()} if options.before else {})
    tasks = []
    for kind, lay_out in KINDS.items():
        for number, (source, target, beads) in enumerate(texts):
            other = texts[(number + 1) % len(texts)]
            text = Text(source, target, beads, other[0], other[1])
            tasks.append((kind, beads, *(side.laid_out() for side in lay_out(text, number))))
    figures: dict[str, dict[str, list[int]]] = {}
    for name, checkout in checkouts.items():
        lines = "".join(
            json.dumps({"source": ours[0], "target": theirs[0], "ours": ours[2], "theirs": theirs[2]}) + "\n"
            for _, _, ours, theirs in tasks
        )
        done = subprocess.run(
            [sys.executable, "-c", ALIGN], input=lines, capture_output=True, text=True, check=False, cwd=checkout,
            env={**os.environ, "PYTHONPATH": str(checkout)},
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(done.stderr)
        for (kind, beads, ours, theirs), line in zip(tasks, done.stdout.splitlines(), strict=True):
            counted = _counted(json.loads(line), beads, ours[1], theirs[1])
            total = figures.setdefault(kind, {}).setdefault(name, [0] * 5)
            figures[kind][name] = [a + b for a, b in zip(total, counted, strict=True)]
    print(f"{'mess':<20}" + "".join(f"{name + ' F1':>12}{'sure':>8}{'of':>7}" for name in checkouts))
    for kind, by_name in figures.items():
        row = f"{kind:<20}"
        for right, made, gold, sure_right, sure in by_name.values():
            row += f"{2 * right / max(1, made + gold):>12.3f}{sure_right / max(1, sure):>8.3f}{sure:>7}"
        print(row)


def _counted(
    found: list[list[object]],
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]],
    ours: list[int | None],
    theirs: list[int | None],
) -> list[int]:
    """Right beads, beads made, beads wanted; right ones among the sure, and the sure ones. Headings do not count."""
    here = ({one for one in ours if one is not None}, {one for one in theirs if one is not None})
    wanted = {bead for bead in beads if bead[0] and bead[1] and set(bead[0]) <= here[0] and set(bead[1]) <= here[1]}
    right = made = sure_right = sure = 0
    for source, target, score in found:
        a, b = [ours[i] for i in source], [theirs[j] for j in target]  # type: ignore[attr-defined]
        if not a or not b or (set(a) == {None} == set(b)):
            continue
        is_right = None not in a and None not in b and (tuple(a), tuple(b)) in wanted
        made += 1
        right += is_right
        if float(score) >= 0.9:  # type: ignore[arg-type]
            sure += 1
            sure_right += is_right
    return [right, made, len(wanted), sure_right, sure]


if __name__ == "__main__":
    main()
