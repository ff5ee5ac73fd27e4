"""Ten Word files through translations of every sort: whatever becomes of the words, nothing between them is lost."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from docx import Document
from lxml import etree

from pipeline.document import DocumentOptions, write_document
from pipeline.documents.loading import load_document
from pipeline.documents.translating import Loaded, translated
from pipeline.split import split_document
from pipeline.text import Bitext, Translation
from pipeline.translate import Translator

from .conftest import Desk, differing, part
from .ten_files import FILES

# what is made anew with each run of words
_OF_RUNS = ("r", "t", "rPr", "b", "i", "rStyle", "vertAlign", "rtl")


@dataclass
class _Shuffled:
    """Gives the words of each sentence in another order, some of them lost, some new: no worse can come of a model."""

    chance: random.Random

    def translate(self, sentences: Iterable[str]) -> Iterator[Translation]:
        for sentence in sentences:
            words = [word for word in sentence.split() if self.chance.random() > 0.2]
            words += ["novel"] * self.chance.randrange(3)
            self.chance.shuffle(words)
            yield Translation(" ".join(words))


def _bitext(path: Path, seed: int) -> Bitext:
    document = load_document(path, whole=True)
    loaded = Loaded(document, split_document(document))
    shuffled = cast(Translator, _Shuffled(random.Random(seed)))
    ((_, made),) = translated([loaded], shuffled, "en", lambda _: None)
    return made


def _elements(path: Path) -> Counter[str]:
    names: Counter[str] = Counter()
    for name in ("document", "footnotes", "comments", "header1", "footer1"):
        try:
            root = etree.fromstring(part(path, f"word/{name}.xml").encode())
        except KeyError:
            continue
        for one in root.iter("*"):
            local = etree.QName(one).localname
            if local not in _OF_RUNS:
                names[f"{local} {dict(one.attrib) if local != 'p' else ''}"] += 1
    return names


def _in_order(text: str) -> None:
    """Fields and ranges are opened before they are closed."""
    fields = re.findall(r'fldCharType="(\w+)"', text)
    assert fields == ["begin", "separate", "end"] * (len(fields) // 3)
    for kind in ("bookmark", "commentRange"):
        for id in re.findall(rf'<w:{kind}Start w:id="(\d+)"', text):
            assert text.index(f'<w:{kind}Start w:id="{id}"') <= text.index(f'<w:{kind}End w:id="{id}"')


@pytest.mark.parametrize("name", FILES)
def test_whatever_becomes_of_the_words_nothing_between_them_is_lost_or_doubled(desk: Desk, name: str) -> None:
    source = desk.write(f"{name}.docx", FILES[name])
    before = _elements(source)
    assert differing(source, desk.translated(source, {})) == []
    for seed in range(5):
        out = desk.folder / f"{name}.{seed}.docx"
        write_document(_bitext(source, seed), source, out)
        Document(str(out))
        assert _elements(out) == before
        _in_order(part(out, "word/document.xml"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_all_ten_in_each_layout(desk: Desk) -> None:
    made = []
    for name, content in FILES.items():
        source = desk.write(f"{name}.docx", content)
        for layout in ("", "under", "table"):
            out = desk.folder / f"{name}-{layout or 'alone'}.docx"
            write_document(_bitext(source, 1), source, out, DocumentOptions(layout=layout))
            made.append(out)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{desk.folder}/office", "--headless", "--convert-to", "pdf", *made],
        cwd=desk.folder, check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    assert [one.with_suffix(".pdf").is_file() for one in made] == [True] * 30
