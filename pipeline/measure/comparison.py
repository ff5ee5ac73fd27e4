"""What changed between two runs, sentence by sentence."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from pipeline.errors import InputError
from pipeline.text import Row

SHOWN = 50  # changes printed for people; JSON has them all


@dataclass(frozen=True, slots=True)
class Change:
    """One bead that is not what it was; an empty text stands for one that was not there. `chrf` compares targets."""

    kind: str
    id: str
    source: str
    before: str
    after: str
    chrf: float
    flags_gone: tuple[str, ...] = ()
    flags_new: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The change for people."""
        lines = [f"{self.kind}  {self.id}" + (f"  chrF {self.chrf:.1f}" if self.kind == "changed" else "")]
        lines += [f"    = {self.source}"] if self.source else []
        lines += [f"    - {self.before}"] if self.before and self.before != self.after else []
        lines += [f"    + {self.after}"] if self.after and self.before != self.after else []
        flags = [f"-{name}" for name in self.flags_gone] + [f"+{name}" for name in self.flags_new]
        return "\n".join([*lines, *([f"    flags {' '.join(flags)}"] if flags else [])])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs: how many beads are the same, what the others were and are, and what differs in how they were made.

    `chrf` is the corpus chrF of the later targets against the earlier ones, over beads of the same source.
    """

    before: str
    after: str
    same: int
    changes: tuple[Change, ...]
    settings: tuple[str, ...]
    flags: dict[str, tuple[int, int]]
    chrf: float
    chrf_signature: str

    @property
    def summary(self) -> str:
        """How many are the same, and how many are not."""
        kinds = Counter(change.kind for change in self.changes)
        counts = ", ".join(f"{number:,} {kind}" for kind, number in sorted(kinds.items())) or "nothing changed"
        return f"{self.same:,} the same, {counts}; chrF {self.chrf:.1f}"

    def __str__(self) -> str:
        """The comparison for people."""
        lines = [f"{self.before} → {self.after}: {self.summary}"]
        lines += [f"  {setting}" for setting in self.settings]
        lines += [f"  {name}: {old} → {new}" for name, (old, new) in self.flags.items() if old != new]
        lines += [str(change) for change in self.changes[:SHOWN]]
        more = len(self.changes) - SHOWN
        return "\n".join([*lines, *([f"… and {more} more (--json has all)"] if more > 0 else [])])


def compare(a: Path, b: Path) -> Comparison:
    """Compare two output folders, or two corpus files; beads are matched by document and source text, in order.

    Raises InputError where there is no corpus.
    """
    from sacrebleu.metrics.chrf import CHRF

    before, after = _rows(a), _rows(b)
    metric = CHRF()
    same, changes, pairs = 0, [], list[tuple[str, str]]()
    for document in dict.fromkeys([*before, *after]):
        for old, new in _matched(before.get(document, []), after.get(document, [])):
            if old is not None and new is not None and _text(old) == _text(new):
                pairs.append((_target(old), _target(new)))
            change = _change(old, new, metric)
            if change is None:
                same += 1
            else:
                changes.append(change)
    score = metric.corpus_score([new for _, new in pairs], [[old for old, _ in pairs]]).score if pairs else 100.0
    flags = [
        Counter(flag.name for rows in side.values() for row in rows for flag in row.flags) for side in (before, after)
    ]
    names = sorted(flags[0].keys() | flags[1].keys())
    return Comparison(
        before=str(a),
        after=str(b),
        same=same,
        changes=tuple(changes),
        settings=tuple(_settings(a, b)),
        flags={name: (flags[0][name], flags[1][name]) for name in names},
        chrf=round(score, 2),
        chrf_signature=str(metric.get_signature()),
    )


def _rows(path: Path) -> dict[str, list[Row]]:
    """The rows of a corpus by document: corpus.jsonl of an output folder, or else another format that is there."""
    from pipeline.corpus import read_bitexts

    file = path
    if path.is_dir():
        names = ("corpus.jsonl", "corpus.tsv", "corpus.tmx", "corpus.xliff")
        found = [path / name for name in names if (path / name).is_file()]
        if not found:
            raise InputError(f"{path} holds no corpus", "Give an output folder of a job that writes jsonl or tsv.")
        file = found[0]
    if not file.is_file():
        raise InputError(f"{file} is no file", "Give an output folder, or a corpus file.")
    return {bitext.source.id: list(bitext.rows()) for bitext in read_bitexts(file)}


def _flags(side: dict[str, list[Row]]) -> Counter[str]:
    return Counter(flag.name for rows in side.values() for row in rows for flag in row.flags)


def _matched(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair the rows of two versions of a document: equal sources, and between them what took whose place."""
    ours, theirs = [_text(row) for row in before], [_text(row) for row in after]
    for what, i, i_end, j, j_end in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            yield from zip(before[i:i_end], after[j:j_end], strict=True)
        else:
            yield from zip_longest(before[i:i_end], after[j:j_end])


def _change(old: Row | None, new: Row | None, metric: object) -> Change | None:
    row = new or old
    assert row is not None
    if old is None or new is None:
        kind, text = ("added", "") if old is None else ("removed", _target(old))
        return Change(kind, row.id, _text(row), text, "" if new is None else _target(new), 0.0)
    gone = tuple(sorted({flag.name for flag in old.flags} - {flag.name for flag in new.flags}))
    more = tuple(sorted({flag.name for flag in new.flags} - {flag.name for flag in old.flags}))
    ours, theirs = _target(old), _target(new)
    if _text(old) == _text(new) and ours == theirs and not gone and not more:
        return None
    score = metric.sentence_score(theirs, [ours]).score  # type: ignore[attr-defined]
    kind = "source" if _text(old) != _text(new) else "changed" if ours != theirs else "flags"
    return Change(kind, row.id, _text(new), ours, theirs, round(float(score), 2), gone, more)


def _settings(a: Path, b: Path) -> Iterator[str]:
    """What differs between the signatures of two runs."""
    ours, theirs = _signature(a), _signature(b)
    for name in dict.fromkeys([*ours, *theirs]):
        if ours.get(name) != theirs.get(name):
            yield f"{name}: {ours.get(name, 'none')} → {theirs.get(name, 'none')}"


def _signature(path: Path) -> dict[str, str]:
    folder = path if path.is_dir() else path.parent
    places = [folder / "details" / "manifest.json", folder / "manifest.json"]  # the second in 0.1
    try:
        manifest = json.loads(next((one for one in places if one.is_file()), places[0]).read_bytes())
        return dict(part.split(":", 1) for part in manifest["signature"].split("|"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _text(row: Row) -> str:
    return " ".join(row.source.text.split())


def _target(row: Row) -> str:
    return " ".join(row.target.text.split())
