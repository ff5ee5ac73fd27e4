"""A document in two languages, and the beads that pair their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.text.documents import Document, Flag, Kind, Origin, Sentence, Translation
from pipeline.text.rebuilding import document_of, rebuilt
from pipeline.text.rows import Carries, Row, Value, side_of


@dataclass(frozen=True, slots=True)
class Bead:
    """Source and target sentences (by index) that say the same; `score` is the probability that they do."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 1.0
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """What is known of a bitext's beads beside texts, scores and flags: a text a bead, empty where nothing is known.

    The form of the texts is the layer's own; everything that carries a bitext carries its layers alike.
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bitext:
    """A document in two languages, sentence by sentence; every sentence is in exactly one bead, order is kept.

    `translations` runs parallel to `source_sentences` when a machine or a memory translated, and is empty when
    people did.
    """

    source: Document
    target: Document
    source_sentences: tuple[Sentence, ...]
    target_sentences: tuple[Sentence, ...]
    beads: tuple[Bead, ...]
    translations: tuple[Translation, ...] = ()
    layers: tuple[Layer, ...] = ()

    def rows(self, carries: Carries | None = None) -> tuple[Row, ...]:
        """One row a bead, in order; given what a format carries, those it can hold, and what it holds of them."""
        return tuple(self.each_row(carries))

    def each_row(self, carries: Carries | None = None) -> Iterator[Row]:
        """The same, made one after another: a long document's rows need more memory than its text."""
        kinds: dict[str, Kind] = {block.id: block.kind for block in (*self.target.blocks, *self.source.blocks)}
        rows = (self._row(place, bead, kinds) for place, bead in enumerate(self.beads))
        return rows if carries is None else filter(carries.holds, (row.only(carries) for row in rows))

    def _row(self, place: int, bead: Bead, kinds: dict[str, Kind]) -> Row:
        source = tuple(self.source_sentences[i] for i in bead.source)
        target = tuple(self.target_sentences[i] for i in bead.target)
        first = (source or target)[0]
        made = [self.translations[i] for i in bead.source] if self.translations else []
        return Row(
            id=first.id,
            document=self.source.id,
            block=first.block,
            kind=kinds.get(first.block, "paragraph"),
            source=side_of(source),
            target=side_of(target),
            score=bead.score,
            confidence=min((one.confidence for one in made), default=None),
            origin=_joint_origin(made),
            flags=tuple(dict.fromkeys(bead.flags)),
            layers=tuple(Value(one.name, one.values[place]) for one in self.layers if one.values[place]),
        )

    @classmethod
    def from_rows(cls, rows: Iterable[Row], *, source_language: str = "fr", target_language: str = "en") -> Bitext:
        """The bitext that rows of one document make; ids, blocks and spans that they do not carry are made anew.

        Spans are believed if they fit all texts of their side; otherwise the texts are laid out one after another.
        """
        kept = [row for row in rows if row.source.sentences or row.target.sentences]
        source, target, beads, translations = rebuilt(kept, (source_language, target_language))
        pairs = tuple(Bead(ours, theirs, row.score, row.flags) for ours, theirs, row in beads)
        names = sorted({value.layer for row in kept for value in row.layers})
        known = [{value.layer: value.text for value in row.layers} for row in kept]
        layers = tuple(Layer(name, tuple(one.get(name, "") for one in known)) for name in names)
        return cls(source[0], target[0], source[1], target[1], pairs, translations, layers)

    def only(self, carries: Carries) -> Bitext:
        """What is left of the bitext when a format that carries this is written and read again."""
        rows = self.rows(carries)
        if not carries.documents:
            ids = [row.id for row in rows if row.source.sentences] or [row.id for row in rows]
            rows = tuple(replace(row, document=document_of(ids[0])) for row in rows)
        return Bitext.from_rows(rows, source_language=self.source.language, target_language=self.target.language)

    def with_beads(self, beads: tuple[Bead, ...]) -> Bitext:
        """The same pairs with other scores or flags, as many as before."""
        return replace(self, beads=tuple(new for new, _ in zip(beads, self.beads, strict=True)))

    def with_layer(self, layer: Layer) -> Bitext:
        """The same with a layer more, in the place of one of its name."""
        assert len(layer.values) == len(self.beads), f"{len(layer.values)} values for {len(self.beads)} beads"
        others = (one for one in self.layers if one.name != layer.name)
        return replace(self, layers=tuple(sorted((*others, layer), key=lambda one: one.name)))

    def chosen(self, places: Sequence[int]) -> Bitext:
        """Only the beads at these places, with what the layers know of them; the sentences stay."""
        layers = tuple(replace(one, values=tuple(one.values[i] for i in places)) for one in self.layers)
        return replace(self, beads=tuple(self.beads[i] for i in places), layers=layers)


def _joint_origin(made: list[Translation]) -> Origin:
    """Whose work a bead is: a machine's as soon as one sentence is; `memory` if remembered, `human` without one."""
    origins = {one.origin for one in made}
    if "machine" in origins:
        return "machine"
    return "memory" if "memory" in origins else "human"
