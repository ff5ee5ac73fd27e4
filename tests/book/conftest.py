"""A page of French with its English, written for these tests, and a browser that reaches nothing but the page."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.text import Bead, Bitext, Block, Document, Flag, Kind, Resource, Sentence, Span

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Pairs = list[tuple[str, str]]
# (kind, heading level, pairs); an empty side has no counterpart
NOVEL: list[tuple[Kind, str, Pairs]] = [
    ("heading", "1", [("La Maison des marées", "The House of Tides")]),
    ("heading", "2", [("I. Le retour", "I. The Return")]),
    (
        "paragraph",
        "",
        [
            (
                "Le car s'arrêta sur la place à sept heures moins dix, devant l'église, sous une pluie si fine qu'on "
                "la sentait à peine.",
                "The coach stopped in the square at ten to seven, in front of the church, in a rain so fine that one "
                "could hardly feel it.",
            ),
            (
                "Jeanne descendit la dernière ; elle tenait d'une main sa valise, de l'autre un parapluie qu'elle "
                "n'ouvrit pas.",
                "Jeanne was the last to get off; in one hand she held her suitcase, in the other an umbrella that she "
                "did not open.",
            ),
            (
                "Rien n'avait changé : ni le café du Port, ni la boulangerie, ni l'odeur de vase et de goudron.",
                "Nothing had changed: not the Café du Port, not the bakery, not the smell of mud and tar.",
            ),
        ],
    ),
    (
        "paragraph",
        "",
        [
            (
                "« Vous êtes la fille Le Bihan ? » demanda le chauffeur.",
                '"You\'re the Le Bihan girl?" asked the driver.',
            ),
            (
                'Elle hésita, puis répondit : "Je l\'étais."',
                'She hesitated, then answered: "I was."',
            ),
            ("Il hocha la tête, comme si cela expliquait tout.", ""),
        ],
    ),
    ("heading", "2", [("II. La clé", "II. The Key")]),
    (
        "paragraph",
        "",
        [
            (
                "La clé était toujours sous la troisième marche, enveloppée dans le même chiffon bleu.",
                "The key was still under the third step, wrapped in the same blue rag.",
            ),
            (
                "Elle ouvrit ; la maison sentait le froid, le sel et la cendre, et quelque part une horloge "
                "battait encore.",
                "She opened the door; the house smelt of cold, salt and ashes. Somewhere a clock was still ticking.",
            ),
            ("", "Nobody had lived there for eleven years."),
            (
                "Sur la table, une lettre l'attendait, datée du 14 octobre 1987, dont l'encre avait à peine pâli.",
                "On the table, a letter dated 4 October 1987 was waiting for her, its ink hardly faded.",
            ),
        ],
    ),
    (
        "paragraph",
        "",
        [
            (
                "« Tu reviendras, disait-elle, parce qu'on revient toujours. »",
                '"You will come back," it said, "because one always does."',
            ),
            (
                "Jeanne lut ces mots deux fois, puis elle ouvrit la fenêtre sur la mer, qui se retirait.",
                "Jeanne read these words twice, then she opened the window on to the sea, which was going out.",
            ),
        ],
    ),
]


def make_bitext(
    paragraphs: list[tuple[Kind, str, Pairs]],
    *,
    id: str = "d-marees",
    languages: tuple[str, str] = ("fr", "en"),
    flags: dict[int, tuple[float, tuple[Flag, ...]]] | None = None,
    **source: object,
) -> Bitext:
    """A bitext of (kind, heading level, pairs), each pair one bead; `flags` by the number of the bead."""
    sides: tuple[list[Sentence], list[Sentence]] = ([], [])
    texts, blocks = ["", ""], ([], [])  # type: ignore[var-annotated]
    beads: list[Bead] = []
    for number, (kind, level, pairs) in enumerate(paragraphs, 1):
        starts = [len(text) for text in texts]
        for place, pair in enumerate(pairs, 1):
            indexes: list[tuple[int, ...]] = [(), ()]
            for side, text in enumerate(pair):
                if text:
                    start = len(texts[side])
                    texts[side] += text + " "
                    block = f"{id}{'-en' if side else ''}.b{number}"
                    sides[side].append(Sentence(f"{block}.s{place}", block, Span(start, start + len(text)), text))
                    indexes[side] = (len(sides[side]) - 1,)
            score, found = (flags or {}).get(len(beads), (1.0, ()))
            beads.append(Bead(indexes[0], indexes[1], score, found))
        for side in (0, 1):
            text = texts[side][starts[side] :].rstrip()
            span = Span(starts[side], starts[side] + len(text))
            data = (("level", level),) if level else ()
            blocks[side].append(Block(f"{id}{'-en' if side else ''}.b{number}", kind, text, span, data))
    documents = []
    for side in (0, 1):
        made = Document(f"{id}{'-en' if side else ''}", "", languages[side], texts[side], tuple(blocks[side]))
        documents.append(replace(made, **source) if side == 0 else made)  # type: ignore[arg-type]
    return Bitext(documents[0], documents[1], tuple(sides[0]), tuple(sides[1]), tuple(beads))


@pytest.fixture(scope="session")
def novel() -> Bitext:
    """Two chapters, with an untranslated and an inserted sentence, a low score and a warning."""
    wrong_number = Flag("numbers", "warning", "14 ≠ 4")
    return make_bitext(NOVEL, flags={10: (0.31, ()), 12: (0.9, (wrong_number,))})


class Reading:
    """A book open in a browser: the page, what it asked for, and what went wrong in it."""

    def __init__(self, browser: Browser, path: Path, *, before: str = "", **context: object) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **context})  # type: ignore[arg-type]
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.requests: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("dialog", lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()))
        if before:
            self.page.add_init_script(before)
        self.page.goto(path.as_uri())

    def settled(self) -> Page:
        """The page after two frames, when what a key set off has been done."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")
        return self.page


@pytest.fixture
def read_in(chromium: Browser) -> Iterator[Callable[..., Reading]]:
    """Open books in contexts of their own; afterwards nothing may have gone wrong in any of them."""
    opened: list[Reading] = []

    def open_book(path: Path, **context: object) -> Reading:
        opened.append(Reading(chromium, path, **context))  # type: ignore[arg-type]
        return opened[-1]

    yield open_book
    for one in opened:
        one.context.close()
        assert one.faults == []
        assert [url for url in one.requests if not url.startswith(("file:", "data:"))] == []


@pytest.fixture(scope="session")
def long_novel() -> Bitext:
    """Six chapters of forty paragraphs of five pairs."""
    paragraphs: list[tuple[Kind, str, Pairs]] = []
    for chapter in range(1, 7):
        paragraphs.append(("heading", "2", [(f"Chapitre {chapter}", f"Chapter {chapter}")]))
        for number in range(40):
            source, target = NOVEL[2][2][number % 3]
            paragraphs.append(("paragraph", "", [(f"{source[:-1]} {i}.", f"{target[:-1]} {i}.") for i in range(5)]))
    return make_bitext(paragraphs, id="d-long")


@pytest.fixture(scope="session")
def hostile() -> tuple[str, ...]:
    """Texts that want to be more than text."""
    return (
        "</span></p></script><script>window.pwned = 1</script>",
        '<img src=x onerror="window.pwned = 2"> & &amp; "quoted" \'single\'',
        "{{ 7 * 7 }} {% raw %} ]]> <!-- -->",
        "\u202eevlas\u202c \u2067שלום\u200f مرحبا",
        "nul \x00 esc \x1b del \x7f apc \x9f bom \ufeff non \uffff",
    )


@pytest.fixture(scope="session")
def png() -> bytes:
    """An image of one blue point."""
    header = bytes.fromhex("00000001000000010802000000")
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\x00\x22\x40\x5a")), (b"IEND", b""))
    made = b"\x89PNG\r\n\x1a\n"
    for name, data in parts:
        made += len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
    return made


@pytest.fixture(scope="session")
def corpus() -> Callable[..., Bitext]:
    """Make a bitext of pairs, in one block of which nothing is known: what comes out of a corpus file."""

    def make(pairs: Pairs, *, blocks: tuple[Block, ...] = (), resources: tuple[Resource, ...] = ()) -> Bitext:
        sides = []
        for side, name in enumerate(("d", "d-en")):
            texts = [(f"{name}.b1.s{i}", pair[side]) for i, pair in enumerate(pairs)]
            sides.append(tuple(Sentence(id, f"{name}.b1", Span(0, len(text)), text) for id, text in texts))
        beads = tuple(Bead((i,), (i,)) for i in range(len(pairs)))
        source = Document("d", "", "fr", "", blocks, resources=resources)
        return Bitext(source, Document("d-en", "", "en", "", ()), sides[0], sides[1], beads)

    return make
