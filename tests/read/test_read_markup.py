"""HTML and Markdown: main text, structure, charsets, and hostile pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.read import read_document
from pipeline.read.assembling import Told
from pipeline.read.html import read_html
from pipeline.text import Document

Law = Callable[[Document], Document]
PAGE = """<!DOCTYPE html><html><head><title>Le  phare</title><style>p {}</style></head><body>
<nav><a href="/">Accueil</a></nav><h1>Le phare</h1><p>Il pleut,<br>il <b>vente</b>.
Encore.<ul><li>pain<li>vin</ul><table><tr><th>a<th>b<tr><td>c<td>d</table>
<pre>un
  deux</pre><img src="p.png" alt="Un phare"><script>alert("x")</script><footer>© 2018</footer></body></html>"""


def page(body: str, *, everything: bool = False) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_html(body, Told(), everything=everything).blocks]


def test_a_page_gives_its_main_text_and_tells_what_it_left_out(lawful: Law) -> None:
    document = lawful(read_html(PAGE, Told()))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "Le phare"),
        ("paragraph", "Il pleut,\nil vente. Encore."),
        ("item", "pain"),
        ("item", "vin"),
        *[("cell", text) for text in "abcd"],
        ("paragraph", "un\n  deux"),
    ]
    assert dict(document.blocks[0].data) == {"level": "1", "chapter": "1"}
    assert dict(document.blocks[6].data) == {"table": "1", "row": "2", "column": "1"}
    assert dict(document.blocks[8].data) == {"image": "p.png", "alt": "Un phare"}
    assert document.meta == (("title", "Le phare"),)
    assert [flag.detail for flag in document.flags] == [
        "characters by element: head 3, script 10",
        "around the main text (`web_pages: all` reads it): “Accueil”",
        "around the main text (`web_pages: all` reads it): “© 2018”",
    ]


def test_all_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    texts = [block.text for block in read_document(path, everything=True).blocks]
    assert (texts[0], texts[-1]) == ("Accueil", "© 2018")
    assert read_document(path).blocks[0].text == "Le phare"


def test_a_page_within_a_form_and_a_page_of_links_keep_their_text() -> None:
    assert page("<form><p>Un.</p><button>Envoyer</button></form>") == [("paragraph", "Un.")]
    assert page("<nav>Accueil</nav>") == [("paragraph", "Accueil")]


def test_images_stay_with_the_block_before_them() -> None:
    blocks = read_html("<img src=a><p>x<img src=b>y</p><img src=c> <img src=d><p>z</p><img src=e>", Told()).blocks
    assert [[value for _, value in block.data] for block in blocks] == [["a", "b", "c", "d"], ["e"]]


def test_a_main_element_is_the_main_text() -> None:
    document = read_html("<header>Site</header><main><p>Un.</p><footer>Deux</footer></main><p>Pub", Told())
    assert [block.text for block in document.blocks] == ["Un.", "Deux"]
    assert document.flags[0].detail == "outside the main text (`web_pages: all` reads it): “Site”"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('<meta charset="iso-8859-1"><p>Été à l\x92aube'.encode("latin-1"), "Été à l’aube"),
        ('<meta charset="iso-8859-15"><p>cœur'.encode("iso8859-15"), "cœur"),
        ('<meta charset="utf-8"><p>Été'.encode("cp1252"), "Été"),
        ('<meta charset="none-such"><p>Été'.encode(), "Été"),
        ('<meta charset="cp1252"><p>Été'.encode("utf-8-sig"), "Été"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>«\xa0Été\xa0»'.encode(
                "cp1252"
            ),
            "«\xa0Été\xa0»",
        ),
    ],
)
def test_charsets_of_pages(tmp_path: Path, raw: bytes, text: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(raw)
    assert [block.text for block in read_document(path).blocks] == [text]


def test_pages_that_nest_deep() -> None:
    assert page("<div>" * 3000 + "Été") == [("paragraph", "Été")]
    assert page("<p>x" * 5000)[-1] == ("paragraph", "x")
    with pytest.raises(InputError, match="100000 deep"):
        page("<div>" * 100_000 + "x")


TAGS = (
    "<p> </p> <table> <tr> <td> </table> <nav> </nav> <li> <h1> </h1> <main> <svg> <title> <template> <!-- -->"
    " <script> </script> <img/src=x> <br> mot &amp; &#0; \0 <select> <article> </article> <frameset> <image> ]]> <head>"
)


@given(st.lists(st.sampled_from(TAGS.split()), max_size=25).map(" ".join))
def test_any_soup_of_tags_is_read(lawful: Law, text: str) -> None:
    for everything in (False, True):
        lawful(read_html(text, Told(), everything=everything))


def markdown(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "text.md"
    path.write_bytes(text.encode())
    return read_document(path)


def test_markdown_keeps_its_structure(tmp_path: Path, lawful: Law) -> None:
    text = (
        "---\ntitle: Le phare\n---\n# Un\n\nIl *pleut*\nencore [ici](http://x.fr).\n\n- pain\n- vin\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n```py\nx = 1\n```\n\n![Un phare](p.png) Vu.\n\n"
        "<div>Bloc</div>\n\nTitre\n---\n"
    )
    document = lawful(markdown(tmp_path, text))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("meta", "title: Le phare"),
        ("heading", "Un"),
        ("paragraph", "Il pleut encore ici."),
        ("item", "pain"),
        ("item", "vin"),
        *[("cell", cell) for cell in "abcd"],
        ("paragraph", "x = 1"),
        ("paragraph", "Vu."),
        ("paragraph", "Bloc"),
        ("heading", "Titre"),
    ]
    assert document.meta == (("title", "Le phare"),)
    assert {flag.detail for flag in document.flags} == {"links: 1", "html: 2"}
    assert ("image", "p.png") in document.blocks[10].data


def test_markdown_that_nests_deep_loses_nothing(tmp_path: Path, lawful: Law) -> None:
    document = lawful(markdown(tmp_path, ">" * 3000 + " profond\n\nfin"))
    assert "profond" in document.text
    assert document.flags[0].name == "markup-kept"
    assert "cible" in lawful(markdown(tmp_path, "[cible]: http://x.fr\n")).text


@given(st.text(alphabet="#*->|`[]()<>!ab \n\t1.:\0", max_size=120))
def test_any_markdown_is_read(tmp_path: Path, lawful: Law, text: str) -> None:
    try:
        lawful(markdown(tmp_path, text))
    except InputError:
        assert "\0" in text


def test_extensions_that_lie(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("<!DOCTYPE html><p>Un.</p>")
    document = read_document(tmp_path / "page.txt")
    assert [block.text for block in document.blocks] == ["Un."]
    assert document.flags[0].name == "extension"
    (tmp_path / "book.html").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match="a PDF"):
        read_document(tmp_path / "book.html")


def test_pre_with_blank_lines_is_read_as_it_stands() -> None:
    assert page("<pre>\nBonjour.\n\nSuite.\n</pre>") == [("paragraph", "Bonjour.\n\nSuite.")]


@pytest.mark.parametrize(
    "element", ["<math><mi>a</mi></math>", "<button>OK</button>", "<object>x</object>", "<canvas>y</canvas>"]
)
def test_an_element_left_out_of_a_line_leaves_a_mark(element: str) -> None:
    assert page(f"<p>Si {element} est nul, on arrête.</p>") == [("paragraph", "Si \ufffc est nul, on arrête.")]
    assert page(f"<p>{element}</p><p>Seul.</p>") == [("paragraph", "Seul.")]


def test_what_is_never_seen_cuts_no_sentence() -> None:
    assert page("<p>Un <script>x()</script>mot <span hidden>non</span>suit.</p>") == [("paragraph", "Un mot suit.")]


def test_words_in_drawings_are_text() -> None:
    drawing = "<svg><title>t</title><text><tspan x='1'>Il était</tspan><tspan x='1'>une fois.</tspan></text></svg>"
    assert page(f"<p>Voici.</p>{drawing}") == [("paragraph", "Voici."), ("paragraph", "Il était une fois.")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", '<?xml version="1.0"?>\n<!-- x -->\n<TEI><p>Bonjour.</p></TEI>'),
        ("a.yaml", "a: Bonjour."),
        ("a.xyz", "Bonjour."),
    ],
)
def test_what_is_no_plain_text_is_not_taken_for_it(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(name)):
        read_document(path)


@pytest.mark.parametrize("name", ["calais.fr", "calais.pt-br", "LISEZMOI"])
def test_a_language_is_an_extension_of_plain_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Bonjour.", encoding="utf-8")
    assert [block.text for block in read_document(path).blocks] == ["Bonjour."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("2 × 10<sup>6</sup> m", "2 × 10⁶ m"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("le 1<sup>er</sup> mai, 3 m<sup>2</sup>", "le 1er mai, 3 m2"),
        ("inséparables<a href='#fn5'><sup>5</sup></a>.", "inséparables."),
        ("en 1914<sup><a href='n.html#fn5'>[5]</a></sup>.", "en 1914."),
        ("voir <a href='#x'>2</a><sup>e</sup>", "voir 2e"),
    ],
)
def test_raised_figures(body: str, text: str) -> None:
    assert page(f"<p>{body}</p>") == [("paragraph", text)]


def test_a_call_of_a_note_is_kept_beside_the_text() -> None:
    document = read_html("<p>inséparables<a href='#fn5'><sup>5</sup></a>.</p>", Told())
    assert document.blocks[0].data == (("noteref", "12 12 fn5\t5"),)


def test_what_is_set_within_a_line_is_kept_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<main><p>Elle <em>partit  <b>tôt</b></em>,<a href='https://a.b/c'> par\n là</a>"
        "<sup><a href='#f1'>1</a></sup>.</p>"
        "<hr><ol start='3'><li>un</li><li>deux<ul><li>trois</li></ul></li></ol><pre><code>a  b\n c</code></pre>"
        "<pre>vers\nlibre</pre><aside id='f1'><p>La note.</p></aside></main>",
        encoding="utf-8",
    )
    document = read_document(path)
    told = {block.text: tuple(one for one in block.data) for block in document.blocks}
    first = document.blocks[0]
    assert first.text == "Elle partit tôt, par là."
    marks = {name: value for name, value in first.data}
    for name, value, shown in (
        ("em", "5 15", "partit tôt"),
        ("strong", "12 15", "tôt"),
        ("link", "17 23 https://a.b/c", "par là"),
    ):
        assert marks[name] == value
        start, end = map(int, value.split()[:2])
        assert first.text[start:end] == shown
    assert marks["noteref"] == "23 23 f1\t1"
    assert told["un"] == (("number", "3."), ("break", "1"))
    assert told["deux"] == (("number", "4."),)
    assert told["trois"] == (("depth", "2"),)
    assert ("code", "1") in told["a  b\n c"]
    assert told["vers\nlibre"] == ()
    assert told["La note."] == (("note", "f1"),)
