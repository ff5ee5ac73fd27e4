"""Where bold, links and note calls stand in a translation: at their words, each once, nested as they were."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document.inline import Content, Mark, Placed, Unit, Wording, flat, keys_of
from pipeline.document.placing import place
from pipeline.document.wordings import linked
from pipeline.text import Span
from pipeline.words import SpanLink, words_of

_TOKEN = re.compile(r"</?\d+>|\{\d+[a-z]*\}|[^<{]+")
_ROLES = {"call": "call", "break": "break"}


def _marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """`Le <1>chat</1>{2call}` as its text and marks."""
    plain, roots = "", []
    stack: list[tuple[int, int, list[Mark]]] = []
    for token in _TOKEN.findall(text):
        inside = stack[-1][2] if stack else roots
        if token.startswith("</"):
            key, start, children = stack.pop()
            (stack[-1][2] if stack else roots).append(Mark(key, start, len(plain), tuple(children)))
        elif token.startswith("<"):
            stack.append((int(token[1:-1]), len(plain), []))
        elif token.startswith("{"):
            key, role = re.fullmatch(r"\{(\d+)([a-z]*)\}", token).groups()  # type: ignore[union-attr]
            inside.append(Mark(int(key), len(plain), len(plain), role=_ROLES.get(role, "")))  # type: ignore[arg-type]
        else:
            plain += token
    return plain, tuple(roots)


def _shown(content: Content) -> str:
    return "".join(one if isinstance(one, str) else f"<{one.key}>{_shown(one.content)}</{one.key}>" for one in content)


def _placed(source: str, target: str) -> str:
    text, marks = _marks(source)
    unit = Unit(Span(0, len(text)), Span(0, len(target)))
    return _shown(place(marks, linked({"": Wording(text, target, (unit,))})[""]))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Le <1>chat noir</1> dort sur le <2>tapis rouge</2>.",
            "The <1>black cat</1> sleeps on the <2>red carpet</2>.",
        ),
        ("Le <1>chat</1> <2>noir</2> dort.", "The <2>black</2> <1>cat</1> is sleeping."),
        ("<1>La <2>maison</2> est grande.</1>", "<1>The <2>house</2> is big.</1>"),
        ("Il mange une pomme{1call}, puis il dort.", "He eats an apple,<1></1> then he sleeps."),
        ("Il lit un livre{1call}.", "He is reading a book.<1></1>"),
        ("au XIX<1>e</1> siècle", "in the 19<1>th</1> century"),
        ("<1>L</1>a loi protège les enfants.", "<1>T</1>he law protects children."),
        ("{1}Bonjour à tous.", "<1></1>Hello everyone."),
        ("Il vit la maison <1>de Pierre</1>.", "He saw <1>Peter's</1> house."),
        ("Il prit la porte <1>et l'ouvrit</1> sans bruit.", "He took the door <1>and opened it</1> without a noise."),
        ("Il <1>le</1> traîna vers la porte.", "He dragged <1>it</1> to the door."),
        ("Je ne veux <1>pas</1> venir ici.", "I <1>don't</1> want to come here."),
    ],
)
def test_marks_stand_at_the_words_that_they_belong_to(source: str, target: str) -> None:
    assert _placed(source, re.sub(r"</?\d+>", "", target)) == target


_SENTENCE = st.lists(
    st.sampled_from(
        ["Le", "chat", "noir", "mange", ",", "une", "souris", "à", "Paris", ".", "12", "l'", "«", "»", "é"]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


@st.composite
def _nestings(draw: st.DrawFn) -> tuple[tuple[Mark, ...], Wording]:
    source = draw(_SENTENCE)
    target = draw(_SENTENCE | st.just(""))
    keys = iter(range(1000))

    def inside(start: int, end: int, depth: int) -> tuple[Mark, ...]:
        marks: list[Mark] = []
        edges = sorted(draw(st.lists(st.integers(start, end), max_size=6)))
        for first, last in zip(edges[::2], edges[1::2], strict=False):
            key = next(keys)
            if first == last:
                role = draw(st.sampled_from(["", "call", "break"]))
                marks.append(Mark(key, first, first, role=role))
            else:
                fixed = draw(st.integers(0, 5)) == 0
                children = () if depth > 3 or fixed else inside(first, last, depth + 1)
                marks.append(Mark(key, first, last, children, fixed=fixed))
        return tuple(marks)

    ours, theirs = words_of(source), words_of(target, "en")
    pairs = draw(st.lists(st.tuples(st.sampled_from(ours), st.sampled_from(theirs)), max_size=15)) if theirs else []
    links = tuple(SpanLink(Span(a.start, a.end), Span(b.start, b.end), 0.9) for a, b in pairs)
    unit = Unit(Span(0, len(source)), Span(0, len(target)))
    return inside(0, len(source), 0), Wording(source, target, (unit,), links)


def _parents(marks: tuple[Mark, ...], parent: int = -1) -> dict[int, int]:
    return {one.key: parent for one in marks} | {
        key: value for one in marks for key, value in _parents(one.children, one.key).items()
    }


def _placed_in(content: Content, parent: int = -1) -> dict[int, int]:
    found = {}
    for one in content:
        if isinstance(one, Placed):
            found |= {one.key: parent} | _placed_in(one.content, one.key)
    return found


def _any(marks: tuple[Mark, ...], wanted: str) -> bool:
    return any((one.fixed if wanted == "fixed" else one.role == wanted) or _any(one.children, wanted) for one in marks)


@given(_nestings())
def test_no_mark_is_lost_or_doubled_or_leaves_the_one_it_was_in(given: tuple[tuple[Mark, ...], Wording]) -> None:
    marks, wording = given
    content = place(marks, wording)
    keys = keys_of(content)
    assert len(keys) == len(set(keys))
    assert _placed_in(content) == _parents(marks)
    if not _any(marks, "fixed"):
        text = flat(content)
        assert "".join(text.split()) == "".join(wording.target.split())
        if not _any(marks, "break"):
            assert text == wording.target


def test_the_ends_of_a_range_stand_around_what_its_words_became() -> None:
    source, target = "Les parties contractantes acceptent.", "The contracting parties accept."
    reach = Span(4, 24)
    marks = (Mark(0, 4, 4, role="first", reach=reach), Mark(1, 24, 24, role="last", reach=reach))
    unit = Unit(Span(0, len(source)), Span(0, len(target)))
    wording = linked({"": Wording(source, target, (unit,))})[""]
    assert _shown(place(marks, wording)) == "The <0></0>contracting parties<1></1> accept."


def test_of_languages_without_a_lexicon_marks_go_by_place() -> None:
    unit = Unit(Span(0, 12), Span(0, 12))
    wording = Wording("ein Haus hier", "una casa qui", (unit,), languages=("de", "it"))
    assert _shown(place((Mark(0, 4, 8),), linked({"": wording})[""])) == "una <0>casa</0> qui"
