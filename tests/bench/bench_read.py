"""How fast files are read, and whether twice the size is twice the time: many elements, deep nesting, many attributes.

    python tests/bench/bench_read.py [FORMAT]...

Prints, for each kind of file, megabytes of it (of the text, for formats that are packed) a second, and the growth from
one size to twice that; 2 is linear, 4 is not.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ink_files import CONTAINER, zipped

SENTENCE = "Le gardien monte l'escalier du phare, une lampe à la main, et regarde la mer. "
Made = str | dict[str, str]


def prose(size: int) -> str:
    return "\n\n".join(SENTENCE * 8 for _ in range(size * 800))


def wrapped(size: int) -> str:
    import textwrap

    return "\n\n".join("\n".join(textwrap.wrap(SENTENCE * 8, 72)) for _ in range(size * 800))


def html(size: int) -> str:
    return "<html><body>" + f"<p>{SENTENCE * 8}</p>" * (size * 400) + "</body></html>"


def html_of_small_elements(size: int) -> str:
    return "<html><body>" + "<p><b>mot</b> <i>mot</i></p>" * (size * 10_000) + "</body></html>"


def html_deep(size: int) -> str:
    return "<html><body>" + ("<div>" * 1500 + "mot" + "</div>" * 1500) * size + "</body></html>"


def html_of_attributes(size: int) -> str:
    return (
        "<html><body>"
        + ("<p " + " ".join(f"a{n}='x'" for n in range(3_000)) + ">mot</p>") * (size * 3)
        + "</body></html>"
    )


def epub(size: int) -> dict[str, str]:
    items = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    package = f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>{items}</manifest><spine><itemref idref="a"/></spine></package>'  # noqa: E501
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{f"<p>{SENTENCE * 8}</p>" * (size * 400)}</body></html>'  # noqa: E501
    return {"META-INF/container.xml": CONTAINER, "c.opf": package, "a.xhtml": page}


def odt(size: int) -> dict[str, str]:
    text, office = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("text", "office"))
    body = f"<t:p>{SENTENCE * 8}</t:p>" * (size * 400)
    content = f'<o:document-content xmlns:o="{office}" xmlns:t="{text}"><o:body><o:text>{body}</o:text></o:body></o:document-content>'  # noqa: E501
    return {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}


def csv(size: int) -> str:
    return "id,source,target\n" + "".join(f'k{n},"{SENTENCE}",\n' for n in range(size * 5_000))


def strings(size: int) -> str:
    return json.dumps({f"k{n}": SENTENCE for n in range(size * 5_000)})


def po(size: int) -> str:
    return "\n".join(f'msgid "{n} {SENTENCE}"\nmsgstr ""\n' for n in range(size * 2_000))


def xliff(size: int) -> str:
    unit = f"<trans-unit id='1'><source>{SENTENCE}<x id='1'/></source></trans-unit>" * (size * 2_000)
    return f"<xliff version='1.2'><file source-language='fr'><body>{unit}</body></file></xliff>"


def rtf(size: int) -> str:
    plain = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in SENTENCE)
    return "{\\rtf1\\ansi " + (plain * 8 + "\\par ") * (size * 100) + "}"


def srt(size: int) -> str:
    return "".join(f"{n}\n00:00:01,000 --> 00:00:02,000\n{SENTENCE}\n\n" for n in range(size * 5_000))


KINDS: dict[str, Callable[[int], Made]] = {
    "txt": prose, "txt wrapped": wrapped, "md": prose, "html": html, "html small": html_of_small_elements,
    "html deep": html_deep, "html attributes": html_of_attributes, "epub": epub, "odt": odt, "csv": csv,
    "json": strings, "po": po, "xlf": xliff, "rtf": rtf, "srt": srt,
}  # fmt: skip


def seconds(path: Path) -> float:
    from pipeline.documents.loading import load_document

    started = time.process_time()
    load_document(path)
    return time.process_time() - started


def docx(path: Path, size: int) -> int:
    from docx import Document

    made = Document()
    for _ in range(size * 400):
        made.add_paragraph(SENTENCE * 8)
    made.save(str(path))
    return len(SENTENCE) * 8 * 400 * size


def main() -> None:
    wanted = sys.argv[1:]
    print(f"{'file':<18}{'MB':>7}{'MB/s':>8}{'growth':>8}")
    with tempfile.TemporaryDirectory() as place:
        for name in (*KINDS, "docx"):
            if wanted and name.split()[0] not in wanted:
                continue
            path = Path(place, f"a.{name.split()[0]}")
            costs, size = [], 0
            for factor in (1, 2, 4):
                if name == "docx":
                    size = docx(path, factor)
                else:
                    made = KINDS[name](factor)
                    if isinstance(made, dict):
                        zipped(path, made)
                        size = max(map(len, made.values()))
                    else:
                        path.write_text(made, encoding="utf-8")
                        size = len(made)
                costs.append(min(seconds(path) for _ in range(2)))
            print(f"{name:<18}{size / 1e6:>7.1f}{size / 1e6 / costs[2]:>8.1f}{costs[2] / costs[1]:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
