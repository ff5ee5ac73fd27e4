"""The desk that a text lies on under review: all its pairs, what is done to them, and who must hear of it."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pipeline.check import Judge
from pipeline.errors import InputError
from pipeline.review.acting import act
from pipeline.review.pairs import Pair, Sheet, worth_a_look
from pipeline.review.projects import Finished, Project
from pipeline.review.steps import Hand, Step
from pipeline.review.views import Query, select, strip
from pipeline.revision import Change, Revision
from pipeline.revision.store import Stale

CHUNK = 40  # pairs that the page asks for at once
_VIEWS = 24  # views that are kept
_COUNTED = ("all", "reviewed", "edited", "rejected", "doubtful")
Place = tuple[int, str]


class Conflict(Exception):
    """The pair is no longer as the page has seen it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What changed: the pairs as they are now, whether pairs came or went, where to look, and the step's number."""

    pairs: tuple[Pair, ...]
    reshaped: bool = False
    focus: str = ""
    change: int = 0


@dataclass(slots=True)
class _View:
    """The pairs of a query, by document and id, in order."""

    places: list[Place]
    rank: dict[str, int] = field(default_factory=dict)


class Desk:
    """A project under review. Every change is on the disk before anyone hears of it; calls may come from any thread."""

    def __init__(
        self, project: Project, judge: Judge | None, *, clock: Callable[[], float], on_event: Callable[[Done], None]
    ) -> None:
        self.project = project
        self.serial = 0
        self._judge = judge
        self._clock = clock
        self._on_event = on_event
        self._lock = threading.RLock()
        self._store = Revision.open(project.store)
        self._version = ""
        self._counted: Counter[str] | None = None
        self._views: OrderedDict[Query, tuple[int, _View]] = OrderedDict()
        self._where: dict[str, tuple[int, int]] = {}
        self.sheets: list[Sheet] = []

    def load(self) -> None:
        """Read the documents, if they are new or a run has made them anew; raises InputError."""
        with self._lock:
            version = self.project.version()
            if version == self._version and self.sheets:
                return
            self.sheets = [
                Sheet(bitext, self._store.entries(bitext.source.id), self._judge) for bitext in self.project.bitexts()
            ]
            if not self.sheets:
                raise InputError(f"{self.project.name} holds no pair of sentences", "Run the job, then review it.")
            again = bool(self._version)
            self._version = version
            self._reshaped()
        if again:
            self._tell(Done((), reshaped=True))

    def close(self) -> None:
        """Close the review."""
        with self._lock:
            self._store.close()

    @property
    def pairs(self) -> Iterator[Pair]:
        """All pairs, in the order of the text."""
        return (pair for sheet in self.sheets for pair in sheet.pairs)

    def state(self, author: str) -> dict[str, Any]:
        """What the page shows around the pairs."""
        with self._lock:
            first = self.sheets[0].bitext
            names = Counter(flag.name for pair in self.pairs for flag in pair.flags)
            return {
                "name": self.project.name,
                "languages": [first.source.language, first.target.language],
                "translated": any(sheet.translated for sheet in self.sheets),
                "documents": [sheet.id for sheet in self.sheets],
                "chapters": [[sheet.id, *one] for sheet in self.sheets for one in sheet.chapters()],
                "flags": sorted(names.items()),
                "chunk": CHUNK,
                "reader": self.project.reader is not None,
                "memory": self.project.memory is not None,
                "lost": sum(len(sheet.laid.lost) for sheet in self.sheets),
                "counts": self.counts(),
                "steps": self._store.steps(author),
                "serial": self.serial,
            }

    def counts(self) -> dict[str, int]:
        """How many pairs there are, how many are reviewed, edited, rejected, and worth a look."""
        with self._lock:
            if self._counted is None:
                self._counted = Counter(name for pair in self.pairs for name in _names(pair))
            return {name: self._counted[name] for name in _COUNTED}

    def warm(self) -> None:
        """Make ready what the first change needs, while nobody waits for it."""
        for sheet in list(self.sheets):
            _ = sheet.places

    def view(self, query: Query) -> dict[str, Any]:
        """How many pairs a query finds, how long they are, and their strip of doubts; raises InputError."""
        with self._lock:
            view = self._view(query, anew=True)
            pairs = [self._pair(place) for place in view.places]
            found = [pair for pair in pairs if pair is not None]
            lengths = [max(len(pair.source), len(pair.target)) for pair in found]
            sizes = [sum(lengths[i : i + CHUNK]) for i in range(0, len(lengths), CHUNK)]
            return {"total": len(found), "sizes": sizes, "strip": strip(found, len(found)), "serial": self.serial}

    def rows(self, query: Query, start: int, count: int) -> list[dict[str, Any]]:
        """Some pairs of a view."""
        with self._lock:
            places = self._view(query).places[max(start, 0) : max(start, 0) + min(count, 10 * CHUNK)]
            return [pair.shown() for pair in map(self._pair, places) if pair is not None]

    def rank(self, query: Query, id: str) -> int | None:
        """The place of a pair in a view."""
        with self._lock:
            return self._view(query).rank.get(id)

    def next_doubtful(self, query: Query, id: str, *, back: bool = False) -> tuple[int, str] | None:
        """The next pair of a view after this one that is worth a look; after the last comes the first.

        Where none is, the most doubtful one that nobody has reviewed.
        """
        with self._lock:
            places = self._view(query).places
            start = self._view(query).rank.get(id, -1 if not back else 0)
            for step in range(1, len(places) + 1):
                at = (start - step if back else start + step) % len(places)
                pair = self._pair(places[at])
                if pair is not None and worth_a_look(pair):
                    return at, pair.id
            found = ((at, pair) for at, pair in enumerate(map(self._pair, places)) if pair is not None)
            left = [(at, pair) for at, pair in found if pair.doubt > 0 and not pair.reviewed and pair.id != id]
            at, worst = max(left, key=lambda one: one[1].doubt, default=(0, None))
            return (at, worst.id) if worst is not None else None

    def find(self, id: str) -> Pair:
        """A pair by its id; raises Conflict where it is no longer there."""
        with self._lock:
            sheet, k = self._at(id)
            return sheet.pairs[k]

    def act(
        self, id: str, token: str, what: str, given: dict[str, Any], *, author: str, joins: int | None = None
    ) -> Done:
        """Do something to a pair that is as the page has seen it; raises Conflict, Refused, InputError, OutputError."""
        with self._lock:
            sheet, k = self._at(id)
            if sheet.pairs[k].token != token:
                raise Conflict(id)
            step = act(sheet, k, what, given, Hand(author, self._clock()))
            try:
                change = self._store.change(
                    sheet.id, step.removed, step.added, author=author, made=self._clock(), joins=joins
                )
            except Stale as error:
                raise Conflict(id) from error
            done = self._shown(sheet, step, change)
        self._tell(done)
        return done

    def undo(self, author: str, *, again: bool = False) -> Done | None:
        """Take an author's last change back, or do it `again`; None where there is none. Raises Conflict."""
        with self._lock:
            try:
                change = self._store.redo(author) if again else self._store.undo(author)
            except Stale as error:
                raise Conflict("") from error
            if change is None:
                return None
            done = self._laid_anew(change)
        self._tell(done)
        return done

    def steps(self, author: str) -> tuple[int, int]:
        """How much an author can undo, and do again."""
        return self._store.steps(author)

    def finish(self) -> Finished:
        """Write everything anew; the page goes on meanwhile."""
        finished = self.project.finish()
        self.load()
        return finished

    def _laid_anew(self, change: Change) -> Done:
        sheet = next((one for one in self.sheets if one.id == change.document), None)
        if sheet is None:
            return Done((), reshaped=True)
        before = {pair.id: pair for pair in sheet.pairs}
        sheet.lay(self._store.entries(sheet.id))
        changed = tuple(pair for pair in sheet.pairs if before.get(pair.id) != pair)
        self._counted = None
        reshaped = before.keys() != sheet.at.keys()
        if reshaped:
            self._reshaped()
        self.serial += 1
        return Done(changed, reshaped, changed[0].id if changed else "", change.id)

    def _shown(self, sheet: Sheet, step: Step, change: Change) -> Done:
        """What a step changed, with the sheet laid as it is then."""
        self.serial += 1
        if step.place is None:
            sheet.lay(self._store.entries(sheet.id))
        else:
            before = sheet.pairs[step.place]
            if not sheet.put(step.place, step.removed, dict(zip(change.added, step.added, strict=True))):
                now = sheet.pairs[step.place]
                if self._counted is not None:
                    self._counted.subtract(_names(before))
                    self._counted.update(_names(now))
                return Done((now,), False, now.id, change.id)
        self._reshaped()
        focus = min(step.focus, len(sheet.pairs) - 1)
        pairs = tuple(islice(sheet.pairs, max(focus - 2, 0), focus + 6))
        return Done(pairs, True, sheet.pairs[focus].id, change.id)

    def _reshaped(self) -> None:
        """Forget what is known of where pairs stand."""
        self._views.clear()
        self._counted = None
        self._where = {id: (i, k) for i, sheet in enumerate(self.sheets) for id, k in sheet.at.items()}
        if len(self._where) != sum(len(sheet.pairs) for sheet in self.sheets):
            raise InputError(f"{self.project.name}: two pairs have the same id", "Give each pair an id of its own.")

    def _at(self, id: str) -> tuple[Sheet, int]:
        found = self._where.get(id)
        if found is None:
            raise Conflict(id)
        return self.sheets[found[0]], found[1]

    def _pair(self, place: Place) -> Pair | None:
        sheet = self.sheets[place[0]]
        k = sheet.at.get(place[1])
        return None if k is None else sheet.pairs[k]

    def _view(self, query: Query, *, anew: bool = False) -> _View:
        kept = self._views.get(query)
        if kept is not None and (not anew or kept[0] == self.serial):
            self._views.move_to_end(query)
            return kept[1]
        pairs = list(self.pairs)
        owners = [i for i, sheet in enumerate(self.sheets) for _ in sheet.pairs]
        places = [(owners[i], pairs[i].id) for i in select(pairs, query)]
        view = _View(places, {id: rank for rank, (_, id) in enumerate(places)})
        self._views[query] = (self.serial, view)
        while len(self._views) > _VIEWS:
            self._views.popitem(last=False)
        return view

    def _tell(self, done: Done) -> None:
        self._on_event(done)


def _names(pair: Pair) -> list[str]:
    """What a pair counts as."""
    told = {"all": True, "reviewed": pair.reviewed, pair.state: True, "doubtful": worth_a_look(pair)}
    return [name for name, holds in told.items() if holds]
