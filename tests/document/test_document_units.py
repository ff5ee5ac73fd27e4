"""Files of translators in their own form: TMX filled, segments of Trados named drafts; codes with their words."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.documents.loading import load_document
from pipeline.errors import InputError

from .conftest import Desk

KNOWN = {
    "Le chat noir dort.": "The black cat sleeps.",
    "Un grand lit.": "A big bed.",
    "Le chat dort.": "The cat sleeps.",
    "Il pleut.": "It is pouring with rain.",
}
MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="X" segtype="sentence" o-tmf="x" adminlang="en" srclang="fr-FR" datatype="xml"/>
  <body>
    <tu tuid="a">
      <note>À vérifier</note>
      <tuv xml:lang="fr-FR">
        <seg>Le <bpt i="1">&lt;b&gt;</bpt>chat noir<ept i="1">&lt;/b&gt;</ept> dort.</seg>
      </tuv>
    </tu>
    <tu><tuv xml:lang="FR-FR"><seg>Il pleut.</seg></tuv><tuv xml:lang="EN-US"><seg>It rains.</seg></tuv></tu>
    <tu><tuv xml:lang="fr"><seg>Un <hi type="bold">grand</hi> lit.</seg></tuv><tuv xml:lang="en-GB"><seg/></tuv></tu>
    <tu><tuv xml:lang="de"><seg>Es regnet.</seg></tuv></tu>
  </body>
</tmx>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_units_of_a_memory_get_the_translation_that_they_lack(desk: Desk, encoding: str) -> None:
    text = MEMORY.replace("UTF-8", encoding)
    made = desk.translated(desk.write("a.tmx", text.encode(encoding)), KNOWN).read_bytes().decode(encoding)
    wanted = text.replace(
        "dort.</seg>\n      </tuv>\n",
        'dort.</seg>\n      </tuv>\n      <tuv xml:lang="en">\n        <seg>The <bpt i="1">&lt;b&gt;</bpt>black cat'
        '<ept i="1">&lt;/b&gt;</ept> sleeps.</seg>\n      </tuv>\n',
    ).replace('en-GB"><seg/>', 'en-GB"><seg>A <hi type="bold">big</hi> bed.</seg>')
    assert made == wanted
    etree.fromstring(made.encode(encoding))


def test_a_memory_without_a_translation_to_make_stays_byte_for_byte(desk: Desk) -> None:
    path = desk.write("a.tmx", MEMORY)
    assert desk.translated(path, {}).read_bytes() == path.read_bytes()


def test_a_memory_is_a_corpus_unless_it_is_to_be_filled(desk: Desk) -> None:
    path = desk.write("a.tmx", MEMORY)
    filled = load_document(path, whole=True)
    assert [dict(block.data).get("target") for block in filled.blocks] == [None, "It rains.", None]
    assert [dict(block.data).get("target") for block in load_document(path).blocks] == [None] * 3
    german = load_document(path, whole=True, language="de", target_language="fr")
    assert [block.text for block in german.blocks] == ["Es regnet."]
    with pytest.raises(InputError, match="no segment in es, only in"):
        load_document(path, whole=True, language="es")


TRADOS = (
    '<?xml version="1.0" encoding="utf-8"?>\n<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" '
    'xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" datatype="x" '
    'source-language="fr-FR" target-language="en-US"><body><trans-unit id="u"><source>Le chat dort. Il pleut.</source>'
    '<seg-source><mrk mtype="seg" mid="1">Le chat dort.</mrk> <mrk mtype="seg" mid="2">Il pleut.</mrk></seg-source>'
    '<target>{}</target><sdl:seg-defs>{}<sdl:seg id="2" conf="Translated"><sdl:prev-origin/></sdl:seg></sdl:seg-defs>'
    "</trans-unit></body></file></xliff>"
)
SECOND = '<mrk mtype="seg" mid="2">It rains.</mrk>'


@pytest.mark.parametrize("said", ["", ' conf="Draft" percent="34" origin="tm"', ' conf="RejectedTranslation"'])
def test_a_segment_of_trados_is_a_draft_of_a_machine(desk: Desk, said: str) -> None:
    text = TRADOS.format(f'<mrk mtype="seg" mid="1"/> {SECOND}', f'<sdl:seg id="1"{said}/>')
    wanted = TRADOS.format(
        f'<mrk mtype="seg" mid="1">The cat sleeps.</mrk> {SECOND}', '<sdl:seg id="1" conf="Draft" origin="mt"/>'
    )
    assert desk.text("a.sdlxliff", text, KNOWN) == wanted
