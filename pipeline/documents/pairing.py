"""Two documents in, one bitext out: split both, find what both divide alike, align between, keep every flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.align import MIN_SCORE, align_sentences, input_warnings, strangers_warning
from pipeline.documents.loading import load_document, load_lines, with_keys
from pipeline.documents.parts import Part, part_of, whole
from pipeline.errors import InputError
from pipeline.split import split_document
from pipeline.text import Bitext, Document, Matter, Sentence

_DOUBTED = 0.5  # probability below which a pair of texts that have little in common comes apart


@dataclass(frozen=True, slots=True)
class PairingOptions:
    """How two documents are paired; `anchors` are pairs of sentence indexes that a person has fixed.

    `start` and `end` are the sentences, (source, target), between which the texts are aligned; others stay unpaired.
    `matter` says whether what frames a book is read as a part of it. A pair less probable than `min_score` comes apart.
    """

    embedder: str = "built-in"
    anchors: tuple[tuple[int, int], ...] = ()
    chapters: bool = True
    start: tuple[int, int] = (0, 0)
    end: tuple[int, int] | None = None
    matter: Matter = "set-aside"
    min_score: float = MIN_SCORE


def pair_documents(
    source: Document,
    target: Document,
    options: PairingOptions = PairingOptions(),
) -> Bitext:
    """Align a document with its existing translation.

    Headings are evidence: no bead crosses one that both texts have at the same place, as the text around it says.
    Metadata (front and back matter, tables of contents, page marks) is not aligned and stays unpaired.
    What looks wrong with the pair of texts as a whole becomes flags of the source document.
    """
    source_sentences, target_sentences = split_document(source), split_document(target)
    sides = ((source, source_sentences), (target, target_sentences))
    parts = [_part(*side, options, place) for place, side in enumerate(sides)]
    texts = [[sentences[i].text for i in part.kept] for (_, sentences), part in zip(sides, parts, strict=True)]
    headings = [
        [place for place in part.places(_headings(*side)) if place] if options.chapters else []
        for side, part in zip(sides, parts, strict=True)
    ]
    anchors = [part.places(pair[place] for pair in options.anchors) for place, part in enumerate(parts)]
    aligned = partial(
        align_sentences,
        *texts,
        source_language=source.language,
        target_language=target.language,
        source_headings=headings[0],
        target_headings=headings[1],
        anchors=list(zip(*anchors, strict=True)),
        embedder=options.embedder,
    )
    beads = aligned(min_score=options.min_score)
    warnings = list(input_warnings(*texts, source_language=source.language, target_language=target.language))
    if strange := strangers_warning(beads, *map(len, texts)):  # a pair must then be likelier than not to be believed
        beads = aligned(min_score=max(options.min_score, _DOUBTED))
        warnings.append(strange)
    flagged = replace(source, flags=(*source.flags, *warnings))
    return with_keys(Bitext(flagged, target, source_sentences, target_sentences, tuple(whole(beads, *parts))))


def pair_files(
    source: Path,
    target: Path,
    options: PairingOptions = PairingOptions(),
    *,
    languages: tuple[str, str] = ("fr", "en"),
    lines: bool = False,
    columns: Mapping[str, str] | None = None,
) -> Bitext:
    """Read and align two files; with `lines`, each line of them is a sentence already; `columns` as for readers."""
    read = load_lines if lines else partial(load_document, matter=options.matter, columns=columns)
    ids = ("d-" + name_id(source.stem), "d-" + name_id(source.stem) + "-" + name_id(languages[1]))
    original, translated = (
        read(path, id=id, language=language)
        for path, id, language in zip((source, target), ids, languages, strict=True)
    )
    return pair_documents(original, translated, options)


def name_id(name: str) -> str:
    """A name as part of an id: what an NMTOKEN does not allow becomes `-` (XML 1.0, 2.3)."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name) or "x"


def _part(document: Document, sentences: Sequence[Sentence], options: PairingOptions, place: int) -> Part:
    """What of one side, 0 for the source and 1 for the target, is aligned."""
    fixed = [pair[place] for pair in options.anchors]
    end = options.end[place] if options.end else len(sentences)
    if outside := [number for number in fixed if not 0 <= number < len(sentences)]:
        raise InputError(
            f"anchors: there is no sentence {outside[0]} in {document.path or document.id}, which has {len(sentences)}",
            "Give pairs of sentence numbers that exist, counted from 0.",
        )
    return part_of(document, sentences, options.start[place], end, fixed)


def _headings(document: Document, sentences: Sequence[Sentence]) -> list[int]:
    """Indexes of the sentences that open a heading, or a part that the format marks."""
    opening = {block.id for block in document.blocks if "chapter" in dict(block.data) or block.kind == "heading"}
    return [
        i for i, one in enumerate(sentences) if one.block in opening and (i and sentences[i - 1].block != one.block)
    ]
