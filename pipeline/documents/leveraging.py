"""What a client's translation memory has for each sentence that the model translated: a layer, and a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.memory import Leverage
from pipeline.text import Bitext, Layer, Note, Translation
from pipeline.text.matches import MATCHES, Match, written_matches

_SHOWN = 120  # characters of a text in a flag


def leveraged(bitext: Bitext, leverage: Leverage | None) -> Bitext:
    """The bitext with the entries like its sentences in a layer; those that people have translated need none."""
    if not leverage or not bitext.translations:
        return bitext
    pairs = zip(bitext.source_sentences, bitext.translations, strict=True)
    found = [leverage.matches(source.text) if _asks(made) else [] for source, made in pairs]
    if not any(found):
        return bitext
    made = tuple(_noted(one, matches) for one, matches in zip(bitext.translations, found, strict=True))
    values = tuple(_value([match for i in bead.source for match in found[i]]) for bead in bitext.beads)
    return replace(bitext, translations=made).with_layer(Layer(MATCHES, values))


def _asks(made: Translation) -> bool:
    return made.origin != "human" and not any(note.name == "passed-through" for note in made.notes)


def _noted(made: Translation, matches: Sequence[Match]) -> Translation:
    if not matches:
        return made
    best = matches[0]
    told = f"{best.similarity} % like {_short(best.source)} → {_short(best.target)}"
    return replace(made, notes=(*made.notes, Note("fuzzy-match", told)))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _value(matches: Sequence[Match]) -> str:
    return written_matches(matches) if matches else ""
