"""Documents as people left them: what was decided in a review, laid over what a run made, staged beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.check import Judge
from pipeline.documents.checking import checked
from pipeline.documents.translating import sentence_spans
from pipeline.files import code_digest, digest_of, own_folder
from pipeline.job.inputs import Input
from pipeline.job.outputs import Entry
from pipeline.job.staging import Header, Staging
from pipeline.job.summary import header_of
from pipeline.revision import Cut, revised
from pipeline.revision import Entry as Decided
from pipeline.revision.decisions import as_json
from pipeline.text import Bitext, Flag, read_verdict
from pipeline.text.verdicts import LAYER

STORE = "review.sqlite"  # where a review lies in a job's results
REJECTED = "rejected_in_review"
_FOLDER = "revised"
_CODE = ("pipeline.revision", "pipeline.check", "pipeline.languages", "pipeline.job.revising", "pipeline.documents")
_SHOWN = 5  # decisions without a place that are named


class Revising:
    """The documents of a job, those with decisions as people left them; what is not touched is not done again."""

    def __init__(
        self, stage: Staging, results: Path, decided: Mapping[str, Sequence[Decided]], judge: Judge | None = None
    ) -> None:
        self._stage = stage
        self._revised = Staging(results, _FOLDER)
        self._decided = decided
        self._judge = judge

    def key(self, id: str, made: Header) -> str:
        """What decides a document as people left it; its content's digest where nobody decided anything."""
        if not self._decided.get(id):
            return made.content
        entries = [as_json(one) for one in self._decided[id]]
        return digest_of([made.key, made.content, entries, code_digest(*_CODE)])

    def known(self, id: str, made: Header) -> Header | None:
        """The header of a document as people left it, if it has been staged so; None if that is to be done."""
        if not self._decided.get(id):
            return made
        header = self._revised.header(id)
        return header if header is not None and header.key == self.key(id, made) else None

    def header(self, id: str, made: Header) -> Header:
        """The same, staged now where that was to be done; raises Damaged if what the run made cannot be read."""
        found = self.known(id, made)
        if found is not None:
            return found
        assert self._judge is not None
        bitext = revised_and_checked(self._stage.load(id), self._decided[id], self._judge)
        own_folder(self._revised.folder)
        header = header_of(bitext, self.key(id, made), made.parts)
        return self._revised.store(id, bitext, replace(header, counts=header.counts | _counts(bitext)))

    @staticmethod
    def entry(input: Input, header: Header, book: str) -> Entry:
        """A document among the results."""
        digest = header.parts.get("input", "")
        return Entry(input.id, input.name, header.content, book, bool(header.counts.get(REJECTED)), input.path, digest)

    def forget(self, id: str) -> None:
        """Throw a document away, as a run made it and as people left it."""
        self._stage.forget(id)
        self._revised.forget(id)

    def load(self, id: str) -> Bitext:
        """A document as people left it; raises Damaged."""
        return (self._revised if self._decided.get(id) else self._stage).load(id)

    def keep_only(self, ids: Iterable[str]) -> None:
        """Throw away what nobody decides any more."""
        if self._revised.folder.is_dir():
            self._revised.keep_only(id for id in ids if self._decided.get(id))


def revised_and_checked(bitext: Bitext, entries: Sequence[Decided], judge: Judge) -> Bitext:
    """A bitext with what people decided; pairs that they changed are checked anew, those they vouch for need none."""
    found = revised(bitext, entries, sentence_spans)
    made = found.bitext
    fresh = dict(zip(found.changed, checked(made.chosen(found.changed), judge).beads, strict=True))
    vouched = vouched_for(made)
    beads = tuple(
        replace(bead, flags=() if verdict in vouched else fresh.get(place, bead).flags)
        for place, (bead, verdict) in enumerate(zip(made.beads, _verdicts(made), strict=True))
    )
    made = made.with_beads(beads)
    if not found.lost:
        return made
    detail = f"{len(found.lost)}: " + "; ".join(_named(one) for one in found.lost[:_SHOWN])
    flags = (*made.source.flags, Flag("review-lost", "warning", detail))
    return replace(made, source=replace(made.source, flags=flags))


def vouched_for(bitext: Bitext) -> tuple[str, ...]:
    """The verdicts by which a person vouches for a pair; pairing says nothing of the words of a machine."""
    return ("edited", "approved") if bitext.translations else ("edited", "approved", "paired")


def _verdicts(bitext: Bitext) -> list[str]:
    values = next((layer.values for layer in bitext.layers if layer.name == LAYER), ("",) * len(bitext.beads))
    return [read_verdict(one).state for one in values]


def _counts(bitext: Bitext) -> dict[str, int]:
    found = Counter(_verdicts(bitext))
    return {"reviewed": sum(found[one] for one in vouched_for(bitext)), REJECTED: found["rejected"]}


def _named(entry: Decided) -> str:
    run = entry.run if isinstance(entry, Cut) else entry.source or entry.target
    return repr(" ".join(run.texts)[:60]) if run is not None else "?"
