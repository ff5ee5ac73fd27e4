"""Two documents in, one bitext out: split both, find what both divide alike, align between, keep every flag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.align import align_sentences, input_warnings
from pipeline.documents.loading import load_document
from pipeline.read import line_document
from pipeline.split import split_document
from pipeline.text import Bitext, Document, Sentence


@dataclass(frozen=True, slots=True)
class PairingOptions:
    """How two documents are paired; `anchors` are pairs of sentence indexes that a person has fixed."""

    embedder: str = "built-in"
    anchors: tuple[tuple[int, int], ...] = ()
    chapters: bool = True


def pair_documents(
    source: Document,
    target: Document,
    options: PairingOptions = PairingOptions(),
) -> Bitext:
    """Align a document with its existing translation.

    Where both have the same number of chapters (top headings), no bead crosses from one chapter into another.
    What looks wrong with the pair of texts as a whole becomes flags of the source document.
    """
    source_sentences, target_sentences = split_document(source), split_document(target)
    source_texts = [sentence.text for sentence in source_sentences]
    target_texts = [sentence.text for sentence in target_sentences]
    breaks = _common_breaks(source, source_sentences, target, target_sentences) if options.chapters else ([], [])
    beads = align_sentences(
        source_texts,
        target_texts,
        source_language=source.language,
        target_language=target.language,
        source_breaks=breaks[0],
        target_breaks=breaks[1],
        anchors=options.anchors,
        embedder=options.embedder,
    )
    warnings = input_warnings(
        source_texts, target_texts, source_language=source.language, target_language=target.language
    )
    flagged = replace(source, flags=(*source.flags, *warnings))
    return Bitext(flagged, target, source_sentences, target_sentences, tuple(beads))


def pair_files(
    source: Path,
    target: Path,
    options: PairingOptions = PairingOptions(),
    *,
    languages: tuple[str, str] = ("fr", "en"),
    lines: bool = False,
) -> Bitext:
    """Read and align two files; with `lines`, each line of them is a sentence already."""
    read = line_document if lines else load_document
    ids = ("d-" + name_id(source.stem), "d-" + name_id(source.stem) + "-" + name_id(languages[1]))
    original, translated = (
        read(path, id=id, language=language)
        for path, id, language in zip((source, target), ids, languages, strict=True)
    )
    return pair_documents(original, translated, options)


def with_score(bitext: Bitext, least: float) -> Bitext:
    """Only the beads that are right with at least this probability."""
    return bitext.chosen([place for place, bead in enumerate(bitext.beads) if bead.score >= least])


def name_id(name: str) -> str:
    """A name as part of an id: what an NMTOKEN does not allow becomes `-` (XML 1.0, 2.3)."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name) or "x"


def _common_breaks(
    source: Document, source_sentences: Sequence[Sentence], target: Document, target_sentences: Sequence[Sentence]
) -> tuple[list[int], list[int]]:
    """Sentence indexes before which chapters begin, if both sides have equally many at some level of heading."""
    for levels in ({"1"}, {"1", "2"}, {"1", "2", "3"}):
        ours = _chapter_starts(source, source_sentences, levels)
        theirs = _chapter_starts(target, target_sentences, levels)
        if len(ours) == len(theirs) > 1:
            return ours, theirs
    return [], []


def _chapter_starts(document: Document, sentences: Sequence[Sentence], levels: set[str]) -> list[int]:
    """Indexes of the sentences that open a heading of one of these levels, or a part that the format marks."""
    opening = {
        block.id
        for block in document.blocks
        if "chapter" in dict(block.data) or (block.kind == "heading" and dict(block.data).get("level") in levels)
    }
    starts = [
        i for i, one in enumerate(sentences) if one.block in opening and (i == 0 or sentences[i - 1].block != one.block)
    ]
    return [start for start in starts if start > 0]
