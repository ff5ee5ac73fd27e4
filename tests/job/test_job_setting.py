"""What is set around words is laid around what became of them, by word links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.setting import with_marks
from pipeline.documents.translating import loaded, translated
from pipeline.read.assembling import Told
from pipeline.read.html import read_html
from pipeline.text import Bitext, Translation


class Said:
    """A translator that says what it is told."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def translate(self, sentences: Iterable[str]) -> Iterator[Translation]:
        for _, text in zip(sentences, self.texts, strict=True):
            yield Translation(text)


def made(page: str, *said: str, language: str = "en") -> Bitext:
    document = loaded(read_html(page, Told()))
    ((_, bitext),) = translated([document], Said(*said), language, lambda _: None)  # type: ignore[arg-type]
    return bitext


def marks(bitext: Bitext) -> list[tuple[str, str, str]]:
    found = []
    for block in with_marks(bitext).target.blocks:
        for name, value in block.data:
            start, end, *more = value.split(" ", 2)
            found.append((name, block.text[int(start) : int(end)], "".join(more)))
    return found


@pytest.mark.parametrize(
    ("page", "said", "expected"),
    [
        ("Le <i>Saint-Malo</i> entra au port.", "The Saint-Malo entered the port.", [("em", "Saint-Malo", "")]),
        ("Il y a <b>trois maisons</b> rouges.", "There are three red houses.", [("strong", "three red houses", "")]),
        (
            "Elle lit <a href='https://a.b/'>le <i>journal</i></a> du soir.",
            "She reads the evening newspaper.",
            [("em", "newspaper", ""), ("link", "newspaper", "https://a.b/")],
        ),
        ("Il boit de l'H<sub>2</sub>O.", "He drinks H2O.", [("sub", "2", "")]),
        ("Il vient le 1<sup>er</sup> mars.", "He comes on March 1.", []),
        ("<i>Tout est dit.</i>", "All is said.", [("em", "All is said.", "")]),
    ],
)
def test_words_have_what_their_originals_have(page: str, said: str, expected: list[tuple[str, str, str]]) -> None:
    found = marks(made(f"<p>{page}</p>", said))
    assert {one[0] for one in found} == {one[0] for one in expected}
    if "strong" not in {one[0] for one in found}:  # how far a phrase reaches among words that changed places may differ
        assert sorted(found) == sorted(expected)


def test_a_translation_that_nobody_can_link_stays_as_it_is() -> None:
    bitext = made("<p>Le <i>chat</i> dort.</p>", "Die Katze schläft.", language="de")
    assert with_marks(bitext) is bitext
    plain = made("<p>Le chat dort.</p>", "The cat sleeps.")
    assert with_marks(plain) is plain


WORDS = st.lists(
    st.sampled_from(["le ", "chat ", "noir ", "<b>", "</b>", "<i>", "</i>", "dort. ", "M<sup>me</sup> "]), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(
    WORDS.map("".join), st.lists(st.sampled_from(["the ", "black ", "cat ", "sleeps. ", " "]), max_size=6).map("".join)
)
def test_marks_lie_in_the_text_which_stays(page: str, said: str) -> None:
    document = loaded(read_html(f"<p>{page}</p>", Told()))
    bitext = made(f"<p>{page}</p>", *[said] * len(document.to_translate))
    after = with_marks(bitext)
    assert after.target.text == bitext.target.text
    for block in after.target.blocks:
        for name, value in block.data:
            if name in ("em", "strong", "sup"):
                start, end = map(int, value.split())
                assert 0 <= start < end <= len(block.text)
