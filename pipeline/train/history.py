"""How a training went, event by event, kept beside the checkpoint so that a run that goes on draws one curve."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.train.report import TrainEvent

MOST = 400  # points of a curve; more are joined, for no screen shows them


@dataclass(frozen=True, slots=True)
class Reached:
    """A moment of a training: target tokens so far, loss in nats a token, learning rate, tokens a second."""

    tokens: int
    loss: float
    learning_rate: float
    rate: float


class History:
    """The moments of a training, in a file of a line each."""

    def __init__(self, path: Path, tokens: int) -> None:
        """Of what a former run wrote, the moments up to its checkpoint of `tokens` count; later ones are done again."""
        self._path = path
        self._moments = [one for one in _read(path) if one.tokens <= tokens]
        path.write_text("".join(map(_line, self._moments)), encoding="utf-8")

    def hearing(self, tell: Callable[[TrainEvent], None]) -> Callable[[TrainEvent], None]:
        """The same listener, whose moments are kept."""

        def heard(event: TrainEvent) -> None:
            if event.stage == "train" and event.loss is not None:
                self._add(Reached(event.tokens, event.loss, event.learning_rate or 0.0, event.rate))
            tell(event)

        return heard

    def moments(self) -> tuple[Reached, ...]:
        """All of them, joined where there are very many; the last of each group says how far it was."""
        size = -(-len(self._moments) // MOST) or 1
        groups = [self._moments[start : start + size] for start in range(0, len(self._moments), size)]
        return tuple(
            Reached(
                group[-1].tokens,
                _mean([one.loss for one in group]),
                group[-1].learning_rate,
                _mean([one.rate for one in group]),
            )
            for group in groups
        )

    def _add(self, moment: Reached) -> None:
        self._moments.append(moment)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(_line(moment))


def _line(one: Reached) -> str:
    return json.dumps([one.tokens, one.loss, one.learning_rate, one.rate]) + "\n"


def _read(path: Path) -> list[Reached]:
    """What can be read of a file that a killed run may have left half written."""
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        try:
            tokens, loss, learning_rate, rate = json.loads(line)
            found.append(Reached(int(tokens), float(loss), float(learning_rate), float(rate)))
        except (ValueError, TypeError):
            continue
    return found


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
