"""What Markdown's dialects add: notes, tasks, attributes, containers, formulas, tags of templates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.assembling import PLACE, Data, Told
from pipeline.read.html import read_html
from pipeline.read.markdown import read_markdown
from pipeline.text import Document

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


def blocks(document: Document) -> list[tuple[str, Data]]:
    return [(one.text, tuple(pair for pair in one.data if pair[0] != PLACE)) for one in document.blocks]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Un ~~mot~~ barré.", "Un mot barré."),
        ("# Titre {#intro .grand}", "Titre"),
        ("Un lien[ici](x.html){.btn} suit.", "Un lienici suit."),
        ("Soit $a^2 + b_1$ donné.", f"Soit {OBJECT} donné."),
        ("Coût : 5 $ et 6 $ de plus.", "Coût : 5 $ et 6 $ de plus."),
        ("De 5$ à 10$ par mois.", "De 5$ à 10$ par mois."),
        ("Voici {{ site.title }} en entier.", f"Voici {OBJECT} en entier."),
        ("{% if x %}Un lien{% endif %} ici.", "Un lien ici."),
        ("> [!NOTE]\n> Une remarque.", "Une remarque."),
        ("::: warning\nAttention au chien.\n:::", "Attention au chien."),
        ("Du code `$a$ {{ b }} [^1]` reste.", "Du code $a$ {{ b }} [^1] reste."),
        ("Un ensemble {a, b} et f(x) {x}.", "Un ensemble {a, b} et f(x) {x}."),
    ],
)
def test_what_dialects_add_is_no_text(text: str, shown: str) -> None:
    assert [one.text for one in read_markdown(text, Told()).blocks] == [shown]


def test_what_is_all_markup_is_no_block_but_quoted() -> None:
    document = read_markdown("Un.\n\n$$\nE = mc^2\n$$\n\n{% include a.html %}\n\nDeux.", Told())
    assert [one.text for one in document.blocks] == ["Un.", "Deux."]
    told = " ".join(flag.detail for flag in document.flags if flag.name == "left-out")
    assert "E = mc^2" in told
    assert "include a.html" in told


def test_notes_are_calls_and_notes() -> None:
    document = read_markdown("Une phrase[^1], une autre[^b].\n\n[^1]: Un.\n[^b]: Deux mots.", Told())
    assert blocks(document) == [
        ("Une phrase, une autre.", (("noteref", "10 10 1"), ("noteref", "21 21 b"))),
        ("Un.", (("note", "1"),)),
        ("Deux mots.", (("note", "b"),)),
    ]


def test_tasks_are_items() -> None:
    document = read_markdown("- [ ] acheter du pain\n- [x] vendre la maison\n- [lien] reste", Told())
    assert blocks(document) == [
        ("acheter du pain", (("task", "open"),)), ("vendre la maison", (("task", "done"),)), ("[lien] reste", ()),
    ]  # fmt: skip


def test_what_is_written_again_stands_beside_the_words() -> None:
    text = "Une ~~phrase~~[^1] {{ x }}."
    assert read_markdown(text, Told(whole=True)).blocks[0].text == "Une phrase {{ x }}."


SOME = [
    "[^1]",
    "[^1]: a",
    "$",
    "$x$",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#a}",
    ":::",
    "~~",
    "- [ ] ",
    "`",
    "\n",
    " ",
    "mot",
    "\uf8fd",
]


@given(st.lists(st.sampled_from(SOME), max_size=12).map("".join))
def test_any_mixture_is_a_document(text: str) -> None:
    document = read_markdown(text, Told())
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text


def test_tags_of_templates_in_pages_are_quoted() -> None:
    page = "<p>{% if x %}Bonjour {{ user.name }}, ça va ?{% endif %}</p><pre>{{ code }}</pre><p>Un {ensemble}.</p>"
    document = read_html(page, Told())
    assert [one.text for one in document.blocks] == [f"Bonjour {OBJECT}, ça va ?", "{{ code }}", "Un {ensemble}."]
    assert any("user.name" in flag.detail for flag in document.flags)
    assert read_html(page, Told(whole=True)).blocks[0].text.startswith("{% if x %}")
