"""Where sentences that a decision is about stand now: by their texts, their neighbours, their number."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pipeline.revision.decisions import Run
from pipeline.text import Sentence


def plain(text: str) -> str:
    """A sentence's text without what reading a file anew may change: line breaks, ways to write an accent."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class Places:
    """One side's sentences, in which runs are looked for."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._texts = [plain(one.text) for one in sentences]
        self._starts: dict[str, list[int]] = {}
        for i, text in enumerate(self._texts):
            self._starts.setdefault(text, []).append(i)

    def run(self, start: int, end: int) -> Run:
        """The run of the sentences from `start` to before `end`."""
        texts = tuple(self._texts[start:end])
        same = self._matching(texts)
        return Run(texts, self._text(start - 1), self._text(end), same.index(start), len(same))

    def find(self, run: Run) -> int | None:
        """Where a run starts now; None if it is no longer there, or if nobody can tell which of several it is."""
        same = self._matching(run.texts)
        if len(same) == run.count == 1:
            return same[0]
        near = [(self._alike(run, at), at) for at in same]
        best = max((score for score, _ in near), default=0)
        found = [at for score, at in near if score == best]
        if best and len(found) == 1:
            return found[0]
        if len(same) == run.count and (best or not (run.before or run.after)):
            return same[run.nth] if same[run.nth] in found else None
        return None

    def _matching(self, texts: tuple[str, ...]) -> list[int]:
        starts = self._starts.get(texts[0], []) if texts else []
        return [at for at in starts if tuple(self._texts[at : at + len(texts)]) == texts]

    def _alike(self, run: Run, at: int) -> int:
        """How many of a run's neighbours stand beside this place."""
        before, after = self._text(at - 1), self._text(at + len(run.texts))
        return (before == run.before) + (after == run.after)

    def _text(self, place: int) -> str:
        return self._texts[place] if 0 <= place < len(self._texts) else ""


def run_at(sentences: Sequence[Sentence], start: int, end: int) -> Run | None:
    """The run of sentences from `start` to before `end`; None for none."""
    return Places(sentences).run(start, end) if end > start else None
