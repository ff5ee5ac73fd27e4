"""What a person can decide: that a sentence is two, and of a pair its texts, its verdict and that it is a pair."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from pipeline.text import Verdict

Status = Literal["", "approved", "rejected"]


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive sentences, found again by what they and their neighbours say.

    Of the `count` runs in the text that say the same, it was the one with the number `nth`, from 0.
    """

    texts: tuple[str, ...]
    before: str = ""
    after: str = ""
    nth: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence of one side that is two: the second begins at this character of it."""

    side: Literal["source", "target"]
    run: Run
    offset: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one pair, at its place.

    `source` and `target` are the sentences that it pairs, None for none; in a text that a machine translated the target
    is what was made of the source, and None. Texts are None where they stay as they are. `fixed`: that these belong
    together. `everywhere`: that the translation is good for this sentence in every text. `score`: an aligner, asked by
    a person, says with this probability that they do. `said` is what stood there before; `made` a Unix time.
    """

    source: Run | None
    target: Run | None = None
    source_text: str | None = None
    target_text: str | None = None
    status: Status = ""
    comment: str = ""
    fixed: bool = False
    everywhere: bool = True
    score: float | None = None
    said: str = ""
    author: str = ""
    made: float = field(default=0.0, compare=False)

    @property
    def edited(self) -> bool:
        """Whether a text is a person's."""
        return self.source_text is not None or self.target_text is not None

    @property
    def holds(self) -> bool:
        """Whether it says that its sentences belong together, whatever an aligner thinks."""
        return self.fixed or self.edited or self.status == "approved"

    @property
    def verdict(self) -> Verdict:
        """What files say of it."""
        state = "edited" if self.edited else self.status or ("paired" if self.fixed and self.score is None else "")
        return Verdict("rejected" if self.status == "rejected" else state, self.author, self.comment)


Entry = Cut | Decision


def as_json(entry: Entry) -> str:
    """An entry as the store keeps it; the same entry gives the same text."""
    kind = "cut" if isinstance(entry, Cut) else "decision"
    return json.dumps({"kind": kind, **asdict(entry)}, sort_keys=True)


def from_json(text: str) -> Entry:
    """The entry that the store keeps; raises ValueError, TypeError or KeyError for what is none."""
    values: dict[str, Any] = json.loads(text)
    kind = values.pop("kind")
    if kind == "cut":
        return Cut(values["side"], _run(values["run"]), int(values["offset"]))
    source, target = values.pop("source"), values.pop("target")
    return Decision(_run(source) if source else None, _run(target) if target else None, **values)


def _run(values: dict[str, Any]) -> Run:
    return Run(**{**values, "texts": tuple(values["texts"])})
