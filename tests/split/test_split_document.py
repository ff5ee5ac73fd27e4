"""A document's structure is used: blocks, cues that go on, verse, lines that are sentences already."""

from __future__ import annotations

from pipeline.split import split_document
from pipeline.text import Block, Document, Kind, Span


def document(*pieces: tuple[Kind, str], language: str = "fr", data: tuple[tuple[str, str], ...] = ()) -> Document:
    text, blocks = "", []
    for number, (kind, piece) in enumerate(pieces, 1):
        blocks.append(Block(f"d.b{number}", kind, piece, Span(len(text), len(text) + len(piece)), data))
        text += piece + "\n\n"
    return Document("d", "", language, text, tuple(blocks))


def split(*pieces: tuple[Kind, str], language: str = "fr") -> list[tuple[str, str]]:
    return [(s.id, " ".join(s.text.split())) for s in split_document(document(*pieces, language=language))]


def test_ids_count_in_their_block() -> None:
    assert split(("heading", "Un titre"), ("paragraph", "Il part. Elle reste.")) == [
        ("d.b1.s1", "Un titre"),
        ("d.b2.s1", "Il part."),
        ("d.b2.s2", "Elle reste."),
    ]


def test_a_sentence_over_cues_belongs_to_the_first() -> None:
    assert split(
        ("cue", "Tu viens avec"), ("cue", "moi demain ?\n- Oui."), ("cue", "Il part. Et"), ("cue", "Paul ?")
    ) == [
        ("d.b1.s1", "Tu viens avec moi demain ?"),
        ("d.b2.s1", "- Oui."),
        ("d.b3.s1", "Il part."),
        ("d.b3.s2", "Et Paul ?"),
    ]


def test_sounds_speakers_and_new_beginnings_do_not_go_on() -> None:
    cues = [
        "[Musique]",
        "Bonjour Paul",
        "Il fait beau",
        "- Oui",
        "MARIE : Entrez",
        "♪ la la ♪",
        "J'arrive avec M.",
        "Dupont",
    ]
    assert [text for _, text in split(*(("cue", cue) for cue in cues))] == [
        *cues[:6],
        "J'arrive avec M. Dupont",
    ]


def test_verse_is_split_by_its_marks_only() -> None:
    stanza = "Le vent se lève\nLa mer gronde.\nLe marin dort\nDans la nuit."
    assert [text for _, text in split(("verse", stanza))] == [
        "Le vent se lève La mer gronde.",
        "Le marin dort Dans la nuit.",
    ]


def test_a_line_that_is_a_sentence_stays_whole() -> None:
    lines = document(("paragraph", "Il part. Elle reste."), ("paragraph", "  Non ! Si."), data=(("line", "1"),))
    assert [(s.id, s.text) for s in split_document(lines)] == [
        ("d.b1.s1", "Il part. Elle reste."),
        ("d.b2.s1", "Non ! Si."),
    ]


def test_blank_blocks_hold_no_sentence() -> None:
    assert split(("paragraph", " "), ("cell", "12"), ("cue", "")) == [("d.b2.s1", "12")]


def test_the_language_is_the_documents() -> None:
    assert [text for _, text in split(("paragraph", "It is 5 p.m. He left."), language="en")] == [
        "It is 5 p.m.",
        "He left.",
    ]
