"""Whether all that a file shows is read: each word in exactly one source sentence, or in a flag that quotes it.

    python tests/bench/bench_ink.py [--office]

Writes files of all formats whose words are known, reads and splits each, and prints a table: files, words, how many
of them are in sentences and in flags, lost (in neither) and doubled (more often than they stand in the file). The words
of a pair's other language are not counted. With --office, LibreOffice makes more files (ODT, DOCX, RTF, PDF).
Exits with 1 if a word is lost or doubled, and names some.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ink_files import DOCX, Words, docx, pages, plain_files, zipped

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"“(.*)”")


@dataclass
class Count:
    """What came of the files of one format."""

    files: int = 0
    words: int = 0
    sentences: int = 0
    flags: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Words without hyphens: where an invented word is cut at a line's end, nobody can know whether it has one."""
    return Counter(word for text in texts for word in _WORD.findall(text.replace("-", "")))


def measure(path: Path, ink: list[str], count: Count) -> None:
    """Read a file and compare its words with those that were written into it."""
    from pipeline.documents.loading import load_document
    from pipeline.split import split_document

    columns = {"source": "source"} if path.suffix == ".jsonl" else None
    document = load_document(path, columns=columns)
    wanted = words_of(ink)
    in_sentences = words_of(sentence.text for sentence in split_document(document))
    in_flags = words_of(found[1] for flag in document.flags if (found := _QUOTED.search(flag.detail)))
    found = Counter({word: n for word, n in (in_sentences + in_flags).items() if word in wanted})
    count.files += 1
    count.words += wanted.total()
    count.sentences += sum(min(n, in_sentences[word]) for word, n in wanted.items())
    count.flags += sum(min(n, in_flags[word]) for word, n in wanted.items())
    count.lost += [f"{path.name}: {word}" for word in (wanted - found).elements()]
    count.doubled += [f"{path.name}: {word}" for word in (found - wanted).elements()]


def written(folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """The files that need nothing but packages, with their words."""
    for suffix, name, writer in plain_files():
        say = Words()
        made = writer(say)
        path = folder / f"{suffix}-{name.replace(' ', '-')}.{suffix}"
        if isinstance(made, dict):
            zipped(path, made)
        else:
            path.write_bytes(made if isinstance(made, bytes) else made.encode())
        yield suffix, path, say.given
    for what in DOCX:
        say = Words()
        path = folder / f"docx-{what.replace(' ', '-')}.docx"
        docx(path, say, what)
        yield "docx", path, say.given
    yield from _xlsx(folder)
    yield from _printed(folder)


def _xlsx(folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    from tablib import Dataset

    for name, width in (("one", 1), ("two", 2), ("wide", 5)):
        say = Words()
        path = folder / f"xlsx-{name}.xlsx"
        sheet = Dataset(title="Feuille")
        for _ in range(6):
            sheet.append([say() for _ in range(width)])
        path.write_bytes(sheet.export("xlsx"))
        yield "xlsx", path, say.given


def _printed(folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    import weasyprint

    for name, writer in pages().items():
        say = Words()
        path = folder / f"pdf-{name}.pdf"
        weasyprint.HTML(string=str(writer(say))).write_pdf(path)
        yield "pdf", path, say.given


def of_office(folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """The files that LibreOffice makes of the printed pages."""
    if shutil.which("soffice") is None:
        sys.exit("bench_ink: --office needs LibreOffice (soffice)")
    for name, writer in pages().items():
        say = Words()
        page = folder / f"office-{name}.html"
        page.write_text(str(writer(say)), encoding="utf-8")
        for kind in ("odt", "docx", "rtf", "pdf"):
            made = page.with_suffix(f".{kind}")
            source = page if kind == "odt" else page.with_suffix(".odt")
            _convert(source, kind, folder)
            yield f"{kind} (LibreOffice)", made, say.given


def _convert(source: Path, kind: str, folder: Path) -> None:
    read = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" else []
    command = ["soffice", "--headless", *read, "--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    counts: dict[str, Count] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = list(written(folder))
        files += of_office(folder) if "--office" in sys.argv[1:] else []
        for kind, path, ink in files:
            measure(path, ink, counts.setdefault(kind, Count()))
    print(f"{'format':<22}{'files':>6}{'words':>8}{'sentences':>11}{'flags':>7}{'lost':>6}{'doubled':>9}")
    for kind, one in counts.items():
        print(
            f"{kind:<22}{one.files:>6}{one.words:>8}{one.sentences:>11}{one.flags:>7}{len(one.lost):>6}{len(one.doubled):>9}"
        )
    total = [sum(getattr(one, name) for one in counts.values()) for name in ("files", "words", "sentences", "flags")]
    bad = [
        word
        for one in counts.values()
        for word in (*(f"lost {w}" for w in one.lost), *(f"doubled {w}" for w in one.doubled))
    ]
    print(f"{'all':<22}{total[0]:>6}{total[1]:>8}{total[2]:>11}{total[3]:>7}{len(bad):>6} lost or doubled")
    for line in bad[:40]:
        print(f"  {line}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
