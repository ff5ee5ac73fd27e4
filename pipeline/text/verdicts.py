"""What people thought of a pair, as the layer `review` of a bitext says it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from pipeline.text.rows import Value

LAYER = "review"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the layer `review` says of a pair: `edited`, `approved`, `rejected`, `paired` or nothing; by whom, why."""

    state: str = ""
    author: str = ""
    comment: str = ""

    def written(self) -> str:
        """The layer's text: JSON of what there is to say."""
        told = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(told, ensure_ascii=False) if told.keys() - {"author"} else ""


def verdict_of(layers: Iterable[Value]) -> Verdict:
    """What people thought of the pair that has these layers."""
    return read_verdict(next((one.text for one in layers if one.layer == LAYER), ""))


def read_verdict(text: str) -> Verdict:
    """The verdict that a layer's text holds; what is none says nothing."""
    try:
        told = json.loads(text) if text else {}
    except ValueError:
        return Verdict()
    if not isinstance(told, dict):
        return Verdict()
    state, author, comment = (str(told.get(name) or "") for name in ("state", "author", "comment"))
    return Verdict(state, author, comment)
