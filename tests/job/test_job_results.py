"""What a job's folder shows: books by their files' names, a page that leads to them, the report, details apart."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.job.inputs import Input
from pipeline.job.names import book_names

FAULTY = "Le 12 mars, 45 bateaux.\n\nIl pleut.\n\nIl pleut.\n\nRien à faire avant 18 h 30.\n"


class _Links(HTMLParser):
    """The addresses and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "href":
                self.links.append(value or "")
            if name == "id":
                self.ids.add(value or "")


def _page(path: Path) -> _Links:
    return _Links(path.read_text(encoding="utf-8"))


@pytest.fixture
def done(job):
    job.write("faute.txt", FAULTY)
    assert job.run("keep.drop_duplicates=true").exit_code == 0
    return job


def test_the_folder_shows_books_corpus_and_report_and_keeps_details_apart(done) -> None:
    shown = {path.name for path in done.results.iterdir() if not path.name.startswith(".")}
    assert shown == {
        "books", "corpus.en", "corpus.fr", "corpus.jsonl", "corpus.tmx", "corpus.tsv",
        "details", "index.html", "report.html", "report.json",
    }  # fmt: skip
    assert {path.name for path in (done.results / "details").iterdir()} == {
        "log.jsonl",
        "manifest.json",
        "rejected.tsv",
    }
    books = {path.name for path in (done.results / "books").iterdir()}
    assert {"phare.html", "phare.epub", "marché.html", "faute.html"} <= books


def test_every_link_of_report_and_index_leads_somewhere(done) -> None:
    from urllib.parse import unquote

    for name in ("index.html", "report.html"):
        links = _page(done.results / name).links
        assert links, name
        for link in links:
            path, _, id = unquote(link).partition("#")
            assert (done.results / path).is_file(), link
            assert not id or id in _page(done.results / path).ids, link


def test_the_report_page_tells_doubts_flags_and_what_was_rejected(done) -> None:
    text = (done.results / "report.html").read_text(encoding="utf-8")
    assert "4 documents, 11 sentences" in text
    assert "Look at these first" in text
    assert "Confidence of machine translations" in text
    assert "duplicate" in text
    assert "translated anew" in text
    assert re.search(r"https?://(?!www\.w3\.org)", text) is None  # nothing of it is fetched


def test_the_report_page_names_what_failed_and_what_was_left_aside(done) -> None:
    done.write("kaputt.epub", b"PK no book")
    done.write("bild.xyz", "?")
    assert done.run().exit_code == 3
    text = (done.results / "report.html").read_text(encoding="utf-8")
    assert "kaputt.epub" in text.partition("<h2>Failed</h2>")[2]
    assert "bild.xyz" in text.partition("<h2>Left aside</h2>")[2]
    for path in done.texts.iterdir():
        path.write_bytes(b"\xff\xd8\xff\x00")
    assert done.run("memory=false").exit_code == 1
    assert "Nothing could be done" in (done.results / "report.html").read_text(encoding="utf-8")


def test_a_rerun_that_does_nothing_keeps_timings_and_page(done) -> None:
    page, before = (done.results / "report.html").read_bytes(), json.loads((done.results / "report.json").read_bytes())
    report = done.run("keep.drop_duplicates=true")
    assert report.timings == before["timings"]
    assert report.counts["decoded"] == 0
    assert (done.results / "report.html").read_bytes() == page
    (done.results / "report.html").unlink()
    done.run("keep.drop_duplicates=true")
    assert (done.results / "report.html").is_file()
    done.write("phare.txt", "Il neige.")
    assert done.run("keep.drop_duplicates=true").timings != before["timings"]


def test_the_report_is_the_same_in_the_file_and_from_the_function(done) -> None:
    report = done.run()
    assert json.loads((done.results / "report.json").read_bytes()) == json.loads(json.dumps(asdict(report)))
    assert report.reasons == {}  # nothing was done anew


def test_a_folder_of_the_first_version_is_understood(done) -> None:
    before = done.corpus()
    for path in (done.results / "details").iterdir():
        path.rename(done.results / path.name)
    (done.results / "details").rmdir()
    record = json.loads((done.results / "manifest.json").read_bytes())
    for one in record["outputs"]:
        if one["output"] == "rejected":
            one |= {"path": "rejected.tsv", "made_from": "what 0.1 made it from"}
    (done.results / "manifest.json").write_text(json.dumps(record))
    assert done.plan("keep.drop_duplicates=true").outputs == ("rejected",)
    assert done.run("keep.drop_duplicates=true").counts["decoded"] == 0
    assert done.corpus() == before
    assert not {"manifest.json", "log.jsonl", "rejected.tsv"} & {path.name for path in done.results.iterdir()}
    assert len((done.results / "details" / "log.jsonl").read_text(encoding="utf-8").splitlines()) > 4


def test_a_manifest_of_somebody_else_stays(done) -> None:
    (done.results / "manifest.json").write_text('{"name": "my web app"}')
    done.run()
    assert (done.results / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["a.txt", "b.fr.txt"], ["a", "b"]),
        (["a.txt", "a.docx", "b.txt"], ["a.txt", "a.docx", "b"]),
        (["x/a.txt", "y/a.txt"], ["a", "a-2"]),
        (["É.txt", "é.txt"], ["E", "e-2"]),
        (["a:b?.txt", "...txt", "Été 1.txt"], ["a-b-", "txt", "Été 1"]),
        (["x" * 240 + ".txt"], ["x" * 120]),
        (["a\udcff.txt"], ["a-"]),
    ],
)
def test_books_are_named_by_their_files(files: list[str], names: list[str]) -> None:
    from pipeline.config import JobConfig
    from pipeline.job import inputs

    taken: dict[str, int] = {}
    made = []
    for name in files:
        path = Path(name)
        made.append(Input(inputs._id(inputs.stem_of(path, "fr"), "en", taken), path, name))
    found = book_names(made, JobConfig(name="x", inputs=("x",)).source_language)
    named = [found[one.id] for one in made]
    assert len({one.casefold() for one in named}) == len(named)
    assert named == names
