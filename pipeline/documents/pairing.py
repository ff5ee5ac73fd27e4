"""Two documents in, one bitext out: split both, find what both divide alike, align between, keep every flag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.align import align_sentences, input_warnings
from pipeline.documents.loading import load_document, load_lines
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

    Headings are evidence: no bead crosses one that both texts have at the same place, as the text around it says.
    What looks wrong with the pair of texts as a whole becomes flags of the source document.
    """
    source_sentences, target_sentences = split_document(source), split_document(target)
    source_texts = [sentence.text for sentence in source_sentences]
    target_texts = [sentence.text for sentence in target_sentences]
    sides = ((source, source_sentences), (target, target_sentences))
    headings = [_headings(*side) if options.chapters else [] for side in sides]
    beads = align_sentences(
        source_texts,
        target_texts,
        source_language=source.language,
        target_language=target.language,
        source_headings=headings[0],
        target_headings=headings[1],
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
    read = load_lines if lines else load_document
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


def _headings(document: Document, sentences: Sequence[Sentence]) -> list[int]:
    """Indexes of the sentences that open a heading, or a part that the format marks."""
    opening = {block.id for block in document.blocks if "chapter" in dict(block.data) or block.kind == "heading"}
    return [
        i for i, one in enumerate(sentences) if one.block in opening and (i and sentences[i - 1].block != one.block)
    ]
