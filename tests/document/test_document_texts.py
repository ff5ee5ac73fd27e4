"""Text, Markdown, subtitles, XLIFF and catalogues: what is no word of the source stays, character for character."""

from __future__ import annotations

import polib
import pytest
import yaml
from lxml import etree

from pipeline.errors import InputError

from .conftest import Desk, bitext_of

KNOWN = {
    "Le chat noir dort.": "The black cat sleeps.",
    "Le chat noir dort\ufffc.": "The black cat sleeps\ufffc.",
    "Il pleut beaucoup ici.": "It rains a lot here.",
    "Le chat": "The cat",
    "Il dort.": "He sleeps.",
    "Elle mange.": "She eats.",
    "Le vent soufflait depuis trois jours.": "The wind had been blowing for three days.",
}


def test_text_is_wrapped_as_it_was_and_keeps_its_encoding_and_line_ends(desk: Desk) -> None:
    text = "Le chat\r\n\r\nIl pleut toujours beaucoup sur la côte de la mer du Nord,\r\net le gardien "
    text += "du phare ne dort jamais avant le matin.\r\n"
    known = {"Le chat": "The cat"}
    known[" ".join(text.split()[2:])] = "It always rains a lot on the coast of the North Sea – and he never sleeps."
    made = desk.translated(desk.write("t.txt", text.encode("cp1252")), known).read_bytes().decode("cp1252")
    lines = made.split("\r\n")
    assert lines[:2] == ["The cat", ""]
    assert " ".join(lines[2:]).strip() == list(known.values())[1]
    assert all(len(line) <= 60 for line in lines)
    assert desk.text("u.txt", "Łódź est là.\n", {}) == "Łódź est là.\n"


MARKDOWN = """---
title: Le chat
---

# Le *chat*

Le **chat [noir](a.png "x")** dort. Voir [le chat] et `x = 1`.

> Il pleut
> beaucoup ici.

| Nom | a |
|---|---|
| Le **chat** | 1 \\| 2 |

```
Le chat
```

- ![i](b.png) Le chat\\
  Il dort.

[le chat]: http://example.org
"""
MADE = """---
title: The cat
---

# The *cat*

The **[black](a.png "x") cat** sleeps. See [the cat][le chat] and `x = 1`.

> It rains a lot
> here.

| Name | a |
|---|---|
| The **cat** | 1 \\| 2 |

```
Le chat
```

- ![i](b.png) The cat\\
  He sleeps.

[le chat]: http://example.org
"""


def test_markdown_keeps_its_marks_links_and_code(desk: Desk) -> None:
    known = {**KNOWN, "Voir le chat et x = 1.": "See the cat and x = 1.", "Nom": "Name"}
    made = desk.text("m.md", MARKDOWN, known)
    assert made.replace("\n> here", " here").replace("a lot\n> ", "a lot ") == MADE.replace("a lot\n> ", "a lot ")
    assert desk.text("n.md", MARKDOWN, {}) == MARKDOWN
    assert desk.text("s.md", "Le chat\n", {"Le chat": "1. *The* _cat_ [x]"}) == "1\\. \\*The\\* \\_cat\\_ \\[x\\]\n"


def test_subtitles_keep_times_notes_and_styles(desk: Desk) -> None:
    vtt = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nun\n00:01.000 --> 00:03.000 align:start\n"
    vtt += "<i>Le vent soufflait depuis</i>\n\n2\n00:03.500 --> 00:06.000\ntrois jours.\n\nNOTE fin\n"
    made = desk.text("v.vtt", vtt, KNOWN)
    assert made.startswith(
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nun\n00:00:01.000 --> 00:00:03.000 align:start\n<i>The wind"
    )
    assert made.endswith("three days.\n\nNOTE fin\n")
    assert desk.text("w.vtt", vtt, {}) == vtt


_UNITS = {
    "1.2": '<trans-unit id="1"><source>Le <g id="1">chat noir</g> dort<x id="2"/>.</source></trans-unit>'
    '<trans-unit id="2"><source>Il pleut <bpt id="1">&lt;b></bpt>beaucoup<ept id="1">&lt;/b></ept> ici.</source>'
    '<target state="new"/></trans-unit><trans-unit id="3"><source>Il dort. Elle mange.</source><seg-source>'
    '<mrk mtype="seg" mid="1">Il dort.</mrk> <mrk mtype="seg" mid="2">Elle mange.</mrk></seg-source></trans-unit>'
    '<trans-unit id="4" approved="yes"><source>Le chat</source><target state="final">A cat</target></trans-unit>'
    '<trans-unit id="5" translate="no"><source>Le chat</source></trans-unit>',
    "2.0": '<unit id="1"><segment id="s"><source>Le <pc id="1">chat noir</pc> dort<ph id="2"/>.</source></segment>'
    '</unit><unit id="2"><segment state="initial"><source>Il pleut <sc id="3"/>beaucoup<ec startRef="3"/> ici.</source>'
    "</segment></unit>",
}


@pytest.mark.parametrize("version", ["1.2", "2.0"])
def test_xliff_has_its_targets_filled_with_codes_and_states(desk: Desk, version: str) -> None:
    names = ' srcLang="fr"' if version == "2.0" else ""
    file = "<file id='f'>" if version == "2.0" else '<file original="a" source-language="fr" datatype="x"><body>'
    end = "</file>" if version == "2.0" else "</body></file>"
    head = f'<xliff version="{version}" xmlns="urn:oasis:names:tc:xliff:document:{version}"{names}>'
    text = f"{head}{file}{_UNITS[version]}{end}</xliff>"
    made = desk.text("x.xlf", text, KNOWN)
    etree.fromstring(made.encode())
    if version == "1.2":
        state = '<target state="needs-review-translation" state-qualifier="mt-suggestion">'
        assert f'{state}The <g id="1">black cat</g> sleeps<x id="2"/>.</target>' in made
        assert f'{state}It rains a <bpt id="1">&lt;b></bpt>lot<ept id="1">&lt;/b></ept> here.</target>' in made
        assert (
            f'{state}<mrk mtype="seg" mid="1">He sleeps.</mrk> <mrk mtype="seg" mid="2">She eats.</mrk></target>'
            in made
        )
        assert made.count("<target") == 4
        assert 'target-language="en"' in made
    else:
        assert '<segment id="s" state="translated">' in made
        assert '<target>The <pc id="1">black cat</pc> sleeps<ph id="2"/>.</target>' in made
        assert '<target>It rains a <sc id="3"/>lot<ec startRef="3"/> here.</target>' in made
        assert 'trgLang="en"' in made
    assert desk.text("y.xlf", text, {}) == text


def test_a_catalogue_has_its_empty_messages_filled(desk: Desk) -> None:
    text = 'msgid ""\nmsgstr "Language: en\\n"\n\n#: a.c:1\nmsgctxt "x"\nmsgid ""\n"Il "\n"dort.\\n"\nmsgstr ""\n\n'
    text += 'msgid "%d chat"\nmsgid_plural "%d chats"\nmsgstr[0] ""\nmsgstr[1] ""\n\nmsgid "Le chat"\nmsgstr "A cat"\n'
    known = {"%d chat": "%d cat", "%d chats": "%d cats", "Le chat": "The cat", **KNOWN}
    made = desk.text("p.po", text, known)
    entries = list(polib.pofile(made))
    assert [one.msgstr for one in entries] == ["He sleeps.\n", "", "A cat"]
    assert entries[1].msgstr_plural == {0: "%d cat", 1: "%d cats"}
    assert 'msgid ""\n"Il "\n"dort.\\n"\nmsgstr "He sleeps.\\n"\n' in made


def test_json_and_tables_keep_all_but_their_texts(desk: Desk) -> None:
    text = '{\n  "a": "Le chat", "b/c": {"n": 3, "l": ["Il dort.", true, "Il dort."]},\t"v": "" }\n'
    made = text.replace("Le chat", "The cat").replace("Il dort.", "He sleeps.")
    assert desk.text("j.json", text, KNOWN) == made
    table = 'id;texte\r\nk.1;"Le chat"\r\nk.2;Elle mange.\r\n'
    known = {"Le chat": 'The "cat"; it', "Elle mange.": "She eats; a lot."}
    assert desk.text("t.csv", table, known) == 'id;texte\r\nk.1;"The ""cat""; it"\r\nk.2;"She eats; a lot."\r\n'
    assert desk.text("u.tsv", "id\ttexte\nk.1\tLe chat\n", KNOWN) == "id\ttexte\nk.1\tThe cat\n"


@pytest.mark.parametrize(("name", "text"), [("a.txt", "Le chat\n"), ("a.json", '["Le chat"]'), ("a.md", "# Le chat\n")])
def test_a_text_that_is_another_by_now_is_refused(desk: Desk, name: str, text: str) -> None:
    from pipeline.document import write_document

    source = desk.write(name, text)
    bitext = bitext_of(source, KNOWN)
    desk.write(name, text.replace("chat", "chien, ou presque"))
    with pytest.raises(InputError):
        write_document(bitext, source, desk.folder / "out")
    assert not (desk.folder / "out").exists()


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("- [ ] Le chat noir dort.", "- [ ] The black cat sleeps."),
        ("- [x] Il dort.", "- [x] He sleeps."),
        ("Le chat noir dort[^1].\n\n[^1]: Il dort.", "The black cat sleeps.[^1]\n\n[^1]: He sleeps."),
        ("Le ~~chat noir~~ dort.", "The ~~black cat~~ sleeps."),
        ("<div class='a'>\n<p>Le <b>chat noir</b> dort.</p>\n</div>\n\nIl dort.",
         "<div class='a'>\n<p>The <b>black cat</b> sleeps.</p>\n</div>\n\nHe sleeps."),
        ("<!-- Il dort. -->\n\n<img alt='Il dort.'>", "<!-- Il dort. -->\n\n<img alt='He sleeps.'>"),
        ("---\ntitle: 'Il dort.'\nslug: Il dort.\ndescription: \"Le chat\" # Il dort.\n---\n\nIl dort.",
         "---\ntitle: 'He sleeps.'\nslug: Il dort.\ndescription: \"The cat\" # Il dort.\n---\n\nHe sleeps."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markdown_keeps_tasks_notes_and_html(desk: Desk, source: str, made: str, newline: str) -> None:
    assert desk.text("m.md", source.replace("\n", newline), KNOWN) == made.replace("\n", newline)


@pytest.mark.parametrize("made", ["A: b", "Yes", "“Cats”: a story", "- he sleeps", 'He "sleeps": now'])
def test_front_matter_stays_yaml(desk: Desk, made: str) -> None:
    text = desk.text("m.md", "---\ntitle: Il dort.\nsummary: 'Elle mange.'\n---\n", {**KNOWN, "Il dort.": made})
    assert yaml.safe_load(text.split("---")[1]) == {"title": made, "summary": "She eats."}
