"""Nasty bitexts: markup, right-to-left marks, control characters, tabs, null beads, several documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pipeline.text import Bead, Bitext, Block, Document, Flag, Layer, Sentence, Span, Translation

_NASTY = st.sampled_from(
    [
        *(
            "<b>&amp;",
            "]]>",
            "\u202e\u200f",
            "\0\x01",
            "a\tb",
            "\r\n",
            "\r",
            "\x85",
            "\u2028",
            "\xa0",
            "\ud800",
            "\ufffe",
        ),
        *(
            "\"'",
            "  ",
            "Été",
            "« Oui »",
            "\U0001f600",
            "-->",
            "\\N",
            "${x}",
            "{{ x }}",
            "\x7f",
            "\ufeff",
            "\\",
            "<cp/>",
        ),
    ]
)
_TEXTS = st.lists(st.one_of(_NASTY, st.text(max_size=8)), min_size=1, max_size=5).map(
    lambda parts: "x" + "".join(parts) + "y"
)
_SEVERITIES = st.sampled_from(["info", "warning"])
_FLAGS = st.builds(
    Flag, st.sampled_from(["length", "number-differs"]), _SEVERITIES, st.sampled_from(["", "a <&> b  c"])
)
_SHAPES = st.sampled_from([(1, 1), (1, 1), (1, 2), (2, 1), (2, 2), (1, 0), (0, 1)])
_SHARES = st.floats(0, 1)


@st.composite
def bitexts(draw: DrawFn, name: str = "d-a") -> Bitext:
    """A lawful bitext with hostile texts: order kept, each sentence in one bead."""
    shape = draw(
        st.lists(st.sampled_from([(1, 1), (1, 1), (1, 2), (2, 1), (2, 2), (1, 0), (0, 1)]), min_size=1, max_size=6)
    )
    if not any(source for source, _ in shape):
        shape = [*shape, (1, 1)]
    source, sources = _side(draw, name, "fr", sum(n for n, _ in shape))
    target, targets = _side(draw, f"{name}-en", "en", sum(n for _, n in shape))
    beads, i, j = [], 0, 0
    for ours, theirs in shape:
        flags = tuple(draw(st.lists(_FLAGS, max_size=2)))
        beads.append(Bead(tuple(range(i, i + ours)), tuple(range(j, j + theirs)), draw(_SHARES), flags))
        i, j = i + ours, j + theirs
    made: list[Translation] = []
    if draw(st.booleans()):
        origins = st.sampled_from(["machine", "memory", "human"])
        made = [Translation("t", -0.5, draw(_SHARES), draw(origins)) for _ in sources]
    names = draw(st.lists(st.sampled_from(["links", "estimate"]), max_size=2, unique=True))
    values = st.sampled_from(["", "0:1-0:2", "a <&> b  c", "0.5"])
    layers = [Layer(name, tuple(draw(values) for _ in beads)) for name in sorted(names)]
    return Bitext(source, target, sources, targets, tuple(beads), tuple(made), tuple(layers))


def _side(draw: DrawFn, name: str, language: str, count: int) -> tuple[Document, tuple[Sentence, ...]]:
    sentences: list[Sentence] = []
    blocks: list[Block] = []
    text, within = draw(st.sampled_from(["", " ", "\n"])), 0
    for _ in range(count):
        if not blocks or draw(st.booleans()):
            kind = draw(st.sampled_from(["paragraph", "heading", "cue", "verse"]))
            blocks.append(Block(f"{name}.b{len(blocks) + 1}", kind, "", Span(len(text), len(text))))
            within = 0
        within += 1
        body = draw(_TEXTS)
        span = Span(len(text), len(text) + len(body))
        sentences.append(Sentence(f"{blocks[-1].id}.s{within}", blocks[-1].id, span, body))
        text += body
        blocks[-1] = Block(
            blocks[-1].id, blocks[-1].kind, text[blocks[-1].span.start :], Span(blocks[-1].span.start, len(text))
        )
        text += draw(st.sampled_from(["", " ", "\n\n", "\t"]))
    return Document(name, f"{name}.txt", language, text, tuple(blocks)), tuple(sentences)


@pytest.fixture
def small() -> Bitext:
    """Two sentences to one, a pair, and a sentence that nothing translates."""
    texts, other = ["Il pleut.", "Il vente.", "Elle dort.", "Fin"], ["It rains & blows.", "She <sleeps>."]
    return pair(texts, other, [((0, 1), (0,)), ((2,), (1,)), ((3,), ())])


def pair(texts: list[str], other: list[str], beads: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> Bitext:
    """A bitext of one block."""
    sides = []
    for name, language, parts in (("d-a", "fr", texts), ("d-a-en", "en", other)):
        text, sentences = "", []
        for part in parts:
            span = Span(len(text), len(text) + len(part))
            sentences.append(Sentence(f"{name}.b1.s{len(sentences) + 1}", f"{name}.b1", span, part))
            text += part + " "
        text = text.rstrip()
        block = Block(f"{name}.b1", "paragraph", text, Span(0, len(text)))
        sides.append((Document(name, "a.txt", language, text, (block,)), tuple(sentences)))
    made = tuple(Translation("x", -0.1, 0.875, "machine") for _ in texts)
    paired = tuple(Bead(ours, theirs, 0.5) for ours, theirs in beads)
    return Bitext(sides[0][0], sides[1][0], sides[0][1], sides[1][1], paired, made)


@pytest.fixture
def nasty() -> Callable[[str], SearchStrategy[Bitext]]:
    """The strategy, for tests that build on it."""
    return bitexts
