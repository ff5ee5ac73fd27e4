"""Italics, links and calls of notes: kept on the words of the original; in the translation on whole sentences only."""

from __future__ import annotations

from pipeline.documents.marks import carried
from pipeline.text import Block, Span

TEXT = "Elle rit. Il part tôt. Fin."
SOURCES = (Span(0, 9), Span(10, 22), Span(23, 27))
TARGETS = (Span(0, 11), Span(12, 28), Span(29, 33))


def _of(*data: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return carried(Block("b", "paragraph", TEXT, Span(0, len(TEXT)), data), SOURCES, TARGETS)


def test_what_is_around_words_alone_is_left_out() -> None:
    assert _of(("em", "18 21"), ("link", "0 4 https://a.b/")) == ()


def test_what_is_around_whole_sentences_is_carried_over() -> None:
    assert _of(("em", "10 21")) == (("em", "12 28"),)
    assert _of(("strong", "0 22")) == (("strong", "0 28"),)
    assert _of(("link", "0 27 https://a.b/")) == (("link", "0 33 https://a.b/"),)


def test_calls_stand_at_the_end_of_their_sentence() -> None:
    assert _of(("noteref", "4 4 n1\t1")) == (("noteref", "11 11 n1\t1"),)
    assert _of(("noteref", "22 22 n1")) == (("noteref", "28 28 n1"),)
    assert _of(("noteref", "0 0 n1")) == (("noteref", "0 0 n1"),)


def test_what_has_no_place_stays() -> None:
    data = (("noteref", "1"), ("level", "2"), ("image", "a.png"), ("break", "1"))
    assert _of(*data) == data


def test_a_book_shows_them(job) -> None:
    job.write("page.html", "<main><p>Elle <em>rit</em>.<sup><a href='#n'>1</a></sup></p><p><i>Il part.</i></p>"
              "<pre><code>ouvrir(porte)</code></pre><aside id='n'><p>Une note.</p></aside></main>")  # fmt: skip
    job.settings |= {"inputs": "[texts/page.html]", "book": "[html]"}
    assert job.run().exit_code == 0
    text = (job.results / "reader.html").read_text(encoding="utf-8")
    assert "Elle <em>rit</em>." in text
    assert "She <em>laughs</em>." in text or "She <em>laughed</em>." in text
    assert text.count("<em>") == 4  # a word and a sentence, on both sides
    assert text.count('class="call"') == 2
    assert "open(" not in text.lower().replace(" ", "").partition("<main")[2].partition("</main>")[0]
