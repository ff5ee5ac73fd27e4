"""What any room may be given: one probe a room, each of which ends in a result or in an error of ours."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from hypothesis import strategies as st

from pipeline.errors import VisavisError

WORDS = st.sampled_from(
    ["Il pleut. ", "M. ", "« Oui ? » ", "\n\n", "\t", "12,5 % ", "<b>", "</p>", "&#0;", "\x00", "\ufeff", "\ud800",
     "\u202e", "http://a.b/c ", "…", "1.\n", "# ", "CHAPITRE I\n",
     "-->", "00:00:01,000 --> 00:00:02,000\n", "source\ttarget\n",
     '{"id": 1}\n', "[", '"', "'=1", "\r", "é", "e\u0301", "語", "🙂", "%s", "{{ x }}", "$(x)", "../", "]]>"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=12).map("".join)
SUFFIXES = st.sampled_from(
    ["txt", "md", "html", "xhtml", "srt", "vtt", "epub", "docx", "odt", "pptx", "xlsx", "csv", "tsv", "json", "jsonl",
     "xliff", "tmx", "po", "pdf", "rtf", "ass", "gz", "zst", "parquet", ""]
)  # fmt: skip
BYTES = st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))


@st.composite
def _packages(draw: st.DrawFn) -> bytes:
    """Archives with the names that formats look for, and whatever in them."""
    names = ["mimetype", "META-INF/container.xml", "p.opf", "content.xml", "word/document.xml", "[Content_Types].xml",
             "../x", "ppt/presentation.xml", "xl/workbook.xml", "a.xhtml"]  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in draw(st.lists(st.sampled_from(names), max_size=5, unique=True)):
            package.writestr(name, draw(BYTES))
    return made.getvalue()


FILES = st.one_of(BYTES, _packages())


def probe_read(folder: Path, data: st.DataObject) -> None:
    """Any bytes under any name are a lawful document, or an input error."""
    from pipeline.documents.loading import load_document

    path = folder / f"file.{data.draw(SUFFIXES)}".rstrip(".")
    path.write_bytes(data.draw(FILES))
    with suppress(VisavisError):
        document = load_document(path)
        for block in document.blocks:
            assert document.text[block.span.start : block.span.end] == block.text


def probe_split(folder: Path, data: st.DataObject) -> None:
    """Sentences are pieces of the text, in its order, and hold all that is no white space."""
    from pipeline.split import split_sentences

    text = data.draw(TEXTS)
    found = list(split_sentences(text, data.draw(st.sampled_from(["fr", "en", "de", "xx"]))))
    assert all(text[one.start : one.end] == one.text for one in found)
    assert "".join("".join(one.text for one in found).split()) == "".join(text.split())


def probe_corpus(folder: Path, data: st.DataObject) -> None:
    """Any bytes are a corpus, or an input error."""
    from pipeline.corpus import read_bitexts

    path = (
        folder / f"c.{data.draw(st.sampled_from(['tsv', 'jsonl', 'tmx', 'xliff', 'tsv.gz', 'jsonl.zst', 'parquet']))}"
    )
    path.write_bytes(data.draw(FILES))
    with suppress(VisavisError):
        for bitext in read_bitexts(path):
            assert bitext.source_sentences or bitext.target_sentences


def probe_config(folder: Path, data: st.DataObject) -> None:
    """Any bytes are a job, or a fault with its place."""
    from pipeline.config import load_config

    keys = st.sampled_from(["name", "inputs", "model", "keep", "write", "book", "limits", "memory", "zzz"])
    lines = data.draw(st.lists(st.tuples(keys, TEXTS), max_size=4))
    path = folder / "job.yaml"
    text = "".join(f"{key}: {value}\n" for key, value in lines)
    path.write_bytes(data.draw(st.one_of(BYTES, st.just(text.encode("utf-8", "surrogatepass")))))
    with suppress(VisavisError):
        load_config(path)


def probe_memory(folder: Path, data: st.DataObject) -> None:
    """Any bytes in the place of a memory are refused, and any export is taken in whole or not at all."""
    from pipeline.memory import Memory

    (folder / "x.jsonl").write_bytes(data.draw(BYTES))
    (folder / "x.sqlite").write_bytes(data.draw(BYTES))
    with suppress(VisavisError), Memory.open(folder / "x.sqlite") as memory:
        memory.import_(folder / "x.jsonl")


def probe_glossary(folder: Path, data: st.DataObject) -> None:
    """Any bytes are a glossary, or an input error."""
    from pipeline.glossary import read_glossary

    (folder / "g.tsv").write_bytes(data.draw(BYTES))
    with suppress(VisavisError):
        read_glossary(folder / "g.tsv")


def probe_align(folder: Path, data: st.DataObject) -> None:
    """Every sentence of two texts is in exactly one bead, in order."""
    from pipeline import align_sentences

    lines = st.lists(TEXTS.filter(str.strip), max_size=5)
    ours, theirs = data.draw(lines), data.draw(lines)
    beads = align_sentences(ours, theirs)
    assert [i for bead in beads for i in bead.source] == list(range(len(ours)))
    assert [i for bead in beads for i in bead.target] == list(range(len(theirs)))


def probe_check(folder: Path, data: st.DataObject) -> None:
    """Any pair is judged."""
    from pipeline.check import judge_for

    judge_for("fr", "en")(data.draw(TEXTS), data.draw(TEXTS))


def probe_book(folder: Path, data: st.DataObject) -> None:
    """Any texts become a page without elements of theirs, and an e-book."""
    from pipeline.book import BOOKS, BookOptions
    from pipeline.text import Bitext, Row, Sentence, Side, Span

    texts = [data.draw(TEXTS.filter(str.strip)) for _ in range(2)]
    sides = [Side(one, sentences=(Sentence("", "", Span(0, len(one)), one),)) for one in texts]
    bitext = Bitext.from_rows([Row("", "", "", "paragraph", *sides)])
    options = BookOptions(title=data.draw(TEXTS), author=data.draw(TEXTS))
    for kind in ("html", "epub"):
        BOOKS[kind].write([bitext], folder / f"x.{kind}", options)
    assert b"<b>" not in (folder / "x.html").read_bytes().partition(b"<main")[2].partition(b"</main>")[0]


def probe_staging(folder: Path, data: st.DataObject) -> None:
    """Any bytes in the place of a staged document or a record are none."""
    from pipeline.job.manifest import Manifest
    from pipeline.job.staging import Damaged, Staging

    stage = Staging(folder)
    stage.folder.mkdir(parents=True, exist_ok=True)
    (stage.folder / "d-a.zip").write_bytes(data.draw(FILES))
    assert stage.header("d-a") is None
    with suppress(Damaged):
        stage.load("d-a")
        raise AssertionError("what nobody stored was loaded")
    (folder / "manifest.json").write_bytes(data.draw(BYTES))
    _ = Manifest(folder).outputs, Manifest(folder).terms, Manifest(folder).rate


def probe_command_line(folder: Path, data: st.DataObject) -> None:
    """Any arguments end in an exit code."""
    from pipeline.cli import main

    words = st.sampled_from(
        ["split", "align", "book", "run", "config", "check", "-o", "x.html", "--json", "memory", "init"]
    )
    plain = TEXTS.map(lambda text: text.replace("\x00", "").encode("utf-8", "ignore").decode())
    arguments = data.draw(
        st.lists(st.one_of(words, plain.filter(lambda one: "complet" not in one)), min_size=1, max_size=4)
    )
    here = Path.cwd()
    os.chdir(folder)
    try:
        with Path(os.devnull).open("w") as unseen, redirect_stdout(unseen), redirect_stderr(unseen):
            code = main(arguments if "split" not in arguments else [*arguments, "none.txt"])
        assert code in (0, 1, 2, 3)
    finally:
        os.chdir(here)


PROBES: dict[str, Callable[[Path, st.DataObject], None]] = {
    name.removeprefix("probe_"): probe for name, probe in globals().items() if name.startswith("probe_")
}


def once(name: str, data: st.DataObject) -> None:
    """One probe in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        PROBES[name](Path(folder), data)
