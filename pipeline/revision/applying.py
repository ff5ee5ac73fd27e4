"""A bitext as people left it: their pairs, their texts, and a layer that says what they thought of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.revision.decisions import Entry
from pipeline.revision.laying import Laid, LaidBead, laid
from pipeline.revision.respelling import Respelling, respelt
from pipeline.text import Bead, Bitext, Document, Flag, Layer, Sentence, Span, Translation
from pipeline.text.verdicts import LAYER

Split = Callable[[str, str], Sequence[Span]]  # a text and its language: where its sentences are


@dataclass(frozen=True, slots=True)
class Revised:
    """A bitext with what people decided, what of it has no place any more, and which pairs are others than they were.

    Those keep no flags; all others keep theirs.
    """

    bitext: Bitext
    lost: tuple[Entry, ...] = ()
    changed: tuple[int, ...] = ()


def revised(bitext: Bitext, entries: Sequence[Entry], split: Split) -> Revised:
    """What people decided, put into a bitext; without decisions it is as it was. `split` finds sentences in a text."""
    if not entries:
        return Revised(bitext)
    found = laid(bitext, entries)
    source = _side(bitext.source, found, 0, split)
    target = _side(bitext.target, found, 1, split)
    beads = tuple(
        Bead(tuple(range(*ours)), tuple(range(*theirs)), one.score, _flags(bitext, one))
        for one, ours, theirs in zip(found.beads, source[2], target[2], strict=True)
    )
    translations = _translations(found, source[2], len(source[1])) if bitext.translations else ()
    layers = [replace(one, values=tuple(_kept(one, bead) for bead in found.beads)) for one in bitext.layers]
    made = Bitext(source[0], target[0], source[1], target[1], beads, translations, tuple(layers))
    verdicts = tuple(one.decision.verdict.written() if one.decision else "" for one in found.beads)
    made = made.with_layer(Layer(LAYER, verdicts)) if any(verdicts) else made
    said = [place for place, bead in enumerate(beads) if bead.source or bead.target]
    made = made if len(said) == len(beads) else made.chosen(said)
    changed = tuple(i for i, place in enumerate(said) if not _is_as_it_was(found.beads[place]))
    return Revised(made, found.lost, changed)


def text_of(one: LaidBead, laid: Laid, side: int) -> str:
    """What a pair says on one side, 0 for the source and 1 for the target."""
    if one.decision is not None:
        edited = one.decision.target_text if side else one.decision.source_text
        if edited is not None:
            return edited
    sentences = laid.target if side else laid.source
    return " ".join(sentence.text for sentence in sentences[slice(*(one.target if side else one.source))])


def _side(
    document: Document, found: Laid, side: int, split: Split
) -> tuple[Document, tuple[Sentence, ...], list[tuple[int, int]]]:
    """One side with people's texts, and which of its sentences each bead has then."""
    sentences = found.target if side else found.source
    ranges = [one.target if side else one.source for one in found.beads]
    changes: list[Respelling] = []
    counts: list[int] = []
    for one, (start, end) in zip(found.beads, ranges, strict=True):
        edited = (one.decision.target_text if side else one.decision.source_text) if one.decision else None
        if edited is None or edited == " ".join(sentence.text for sentence in sentences[start:end]):
            counts.append(end - start)
            continue
        texts = _sentences(edited, document.language, split)
        changes.append(Respelling(start, end, texts))
        counts.append(len(texts))
    document, sentences, _ = respelt(document, sentences, changes) if changes else (document, sentences, [])
    places, at = [], 0
    for count in counts:
        places.append((at, at + count))
        at += count
    return document, sentences, places


def _sentences(text: str, language: str, split: Split) -> tuple[str, ...]:
    text = text.strip()
    spans = split(text, language) if text else []
    texts = tuple(text[span.start : span.end] for span in spans)
    # a splitter may leave white space out between sentences, and nothing else
    return texts if "".join("".join(texts).split()) == "".join(text.split()) else tuple(filter(None, (text,)))


def _translations(found: Laid, places: Sequence[tuple[int, int]], count: int) -> tuple[Translation, ...]:
    """A translation for each source sentence; what a person wrote or approved is a person's."""
    made: list[Translation] = []
    for one, (start, end) in zip(found.beads, places, strict=True):
        former = list(found.translations[slice(*one.source)])
        decision = one.decision
        if decision is not None and (decision.target_text is not None or decision.status == "approved"):
            told = text_of(one, found, 1)
            former = [Translation(told, origin="human"), *(Translation("", origin="human") for _ in former[1:])]
        more = replace(former[-1], text="") if former else Translation("", origin="human")
        made += (former + [more] * (end - start))[: end - start]
    assert len(made) == count, f"{len(made)} translations for {count} sentences"
    return tuple(made)


def _is_as_it_was(bead: LaidBead) -> bool:
    return bead.before is not None and not (bead.decision is not None and bead.decision.edited)


def _flags(bitext: Bitext, bead: LaidBead) -> tuple[Flag, ...]:
    return bitext.beads[bead.before].flags if bead.before is not None and _is_as_it_was(bead) else ()


def _kept(layer: Layer, bead: LaidBead) -> str:
    """What a layer knows of a bead that is as it was."""
    return layer.values[bead.before] if bead.before is not None and _is_as_it_was(bead) else ""
