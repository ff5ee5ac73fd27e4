"""The laws of splitting: nothing lost, order kept, spans true, on any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.split import explain, split_document, split_sentences
from pipeline.text import Block, Document, Span

PIECES = st.sampled_from(
    [
        *".!?…«»“”\"'’()[]—–-:;,\n\r\t 0129aAéÉ中。\u00a0\u202f\u200b\u2028\ufeff😀¹",
        "M.",
        "etc.",
        "...",
        "\r\n",
        "\n\n",
        " « ",
        "p. ex.",
        "1. ",
        "Paris",
        "dit-il",
        "J.-C.",
    ]
)
HOSTILE = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


def check(text: str, language: str) -> None:
    at = 0
    for sentence in split_sentences(text, language):
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text == sentence.text.strip() != ""
        assert not text[at : sentence.start].strip()
        at = sentence.end
    assert not text[at:].strip()


@pytest.mark.parametrize("language", ["fr", "en", "de", "xx"])
@given(text=HOSTILE)
def test_nothing_is_lost(text: str, language: str) -> None:
    check(text, language)


@given(text=HOSTILE)
def test_explain_tells_the_same_ends(text: str) -> None:
    told = {boundary.offset for boundary in explain(text) if boundary.ends}
    inner = {sentence.end for sentence in split_sentences(text)[:-1]}
    assert inner <= told


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "." * 1000, '"' * 1000, "« " * 500, "\u00a0"])
def test_empty_and_odd_texts(text: str) -> None:
    check(text, "fr")
    assert bool(split_sentences(text)) == bool(text.strip())


@given(texts=st.lists(HOSTILE, max_size=5))
def test_a_sentence_stays_in_its_block(texts: list[str]) -> None:
    whole, blocks = "", []
    for number, text in enumerate(texts, 1):
        blocks.append(Block(f"d.b{number}", "paragraph", text, Span(len(whole), len(whole) + len(text))))
        whole += text + "\n"
    sentences = split_document(Document("d", "", "fr", whole, tuple(blocks)))
    spans = {block.id: block.span for block in blocks}
    assert len({sentence.id for sentence in sentences}) == len(sentences)
    for sentence in sentences:
        span = spans[sentence.block]
        assert span.start <= sentence.start < sentence.end <= span.end
        assert sentence.id.startswith(f"{sentence.block}.s")
    assert "".join(whole.split()) == "".join("".join(sentence.text.split()) for sentence in sentences)
