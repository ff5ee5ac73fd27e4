"""Files of all formats with known words, for bench_ink.py: each piece of text ends in a word that no other has."""

# ruff: noqa: E501 (markup in one line stays readable where a break would be text)

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

SENTENCES = (
    "Le gardien monte l'escalier", "La mer est calme ce soir", "Les bateaux rentrent au port", "Il pleut sur la ville",
    "Elle ouvre la fenêtre", "Nous avons perdu la clef", "Le train part à huit heures", "Vous avez raison",
)  # fmt: skip
Say = Callable[[], str]
Writer = Callable[[Say], str | bytes | dict[str, str]]


class Words:
    """Gives pieces of text, and keeps what it gave: the ink of a file."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self._names = ("z" + "".join(letters) for letters in product("abeiou", "kmprt", "abeiou", "klnst", "aeiou"))

    def __call__(self) -> str:
        sentence = SENTENCES[len(self.given) % len(SENTENCES)]
        self.given.append(f"{sentence}, dit {next(self._names).title()}")
        return self.given[-1] + "."


def _paragraphs(say: Say, count: int) -> str:
    return "\n\n".join(f"{say()} {say()} {say()}" for _ in range(count))


def _wrapped(say: Say) -> str:
    import textwrap

    return "\n\n".join(textwrap.fill(" ".join(say() for _ in range(6)), 72) for _ in range(8))


def txt() -> dict[str, Writer]:
    def book(say: Say) -> str:
        chapters = "\n\n".join(
            f"CHAPITRE {n}\n\n{_paragraphs(say, 4)}\n\n[Pg {n}]\n\n{say()}" for n in ("I", "II", "III")
        )
        return f"{say()}\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n{chapters}\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\n{say()}"

    return {
        "paragraphs": lambda say: _paragraphs(say, 10),
        "wrapped": _wrapped,
        "dialogue": lambda say: "\n".join(f"— {say()}" for _ in range(8)),
        "items": lambda say: (
            "\n".join(f"- {say()}" for _ in range(5)) + "\n\n" + "\n".join(f"{n}. {say()}" for n in range(1, 5))
        ),
        "cp1252": lambda say: _paragraphs(say, 5).encode("cp1252"),
        "utf-16": lambda say: _paragraphs(say, 5).encode("utf-16"),
        "book": book,
    }


def md() -> dict[str, Writer]:
    return {
        "structure": lambda say: (
            f"# {say()}\n\n{say()} **{say()}** [{say()}](http://x.test/)\n\n- {say()}\n  - {say()}\n\n> {say()}\n\n| {say()} | {say()} |\n|---|---|\n| {say()} | {say()} |\n\n```\n{say()}\n```\n"
        ),
        "front matter": lambda say: f"---\ntitle: {say()}\n---\n\n{say()}\n\n1. {say()}\n2. {say()}\n",
        "html": lambda say: f"{say()}\n\n<div><p>{say()}</p></div>\n\n{say()} <b>{say()}</b>\n",
        "setext": lambda say: f"{say()}\n===\n\n{say()}\n{say()}\n\n***\n\n    {say()}\n",
    }


def _page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def html() -> dict[str, Writer]:
    return {
        "frame": lambda say: _page(
            f"<nav><a href=/>{say()}</a><a>{say()}</a></nav><h1>{say()}</h1><p>{say()}</p><aside>{say()}</aside><footer>{say()}</footer>"
        ),
        "main": lambda say: _page(
            f"<header>{say()}</header><p>{say()}</p><main><p>{say()}</p><footer>{say()}</footer></main><div>{say()}</div>"
        ),
        "tables": lambda say: _page(
            f"<table><caption>{say()}</caption><tr><th>{say()}<th>{say()}<tr><td>{say()}<td><p>{say()}</p><table><tr><td>{say()}</table></table>"
        ),
        "left out of lines": lambda say: _page(
            f"<p>{say()} <math><mtext>{say()}</mtext></math> {say()} <button>{say()}</button> {say()}</p><select><option>{say()}</select><noscript>{say()}</noscript>"
        ),
        "pre": lambda say: _page(
            f"<pre>\n{say()}\n\n{say()}\n</pre><blockquote>{say()}</blockquote><dl><dt>{say()}<dd>{say()}</dl>"
        ),
        "drawings": lambda say: _page(
            f"<svg><title>x</title><text>{say()}</text><text x=1 y=2>{say()}<tspan x=3>{say()}</tspan></text></svg><p>{say()}</p>"
        ),
        "ruby and hidden": lambda say: _page(
            f"<p>{say()} <ruby>mot<rt>{say()}</rt></ruby> {say()}</p><p hidden>{say()}</p>".replace("mot<", "<")
        ),
        "broken": lambda say: f"<p>{say()}<p>{say()}<b>{say()}<i>{say()}</b>{say()}<li>{say()}</div><td>{say()}",
        "details": lambda say: _page(
            f"<details><summary>{say()}</summary>{say()}<p>{say()}</p></details><form><label>{say()}</label><fieldset><legend>{say()}</legend></fieldset></form>"
        ),
        "declared": lambda say: _page(_paragraphs(say, 3)).replace("utf-8", "iso-8859-15").encode("iso8859-15"),
    }


CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'


def _epub(pages: dict[str, tuple[str, str]], nav: str = "") -> dict[str, str]:
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="{media}"/>' for name, (media, _) in pages.items()
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    if nav:
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        spine = f'<itemref idref="nav"/>{spine}'
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    files["c.opf"] = (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>{items}</manifest><spine>{spine}</spine></package>'
    )
    space = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    for name, (_, body) in pages.items():
        files[f"{name}.xhtml"] = f"<html {space}><head><title/></head><body>{body}</body></html>"
    if nav:
        files["nav.xhtml"] = (
            f"<html {space}><head><title/></head><body><nav epub:type='toc'><ol><li><a href='one.xhtml'>{nav}</a></li></ol></nav></body></html>"
        )
    return files


def epub() -> dict[str, Writer]:
    page = "application/xhtml+xml"
    return {
        "chapters": lambda say: _epub(
            {
                "one": (page, f"<h1>{say()}</h1><p>{say()}</p>"),
                "two": (page, f"<h1>{say()}</h1><ul><li>{say()}</li></ul>"),
            }
        ),
        "contents": lambda say: _epub({"one": (page, f"<h1>{say()}</h1><p>{say()}</p>")}, nav=say()),
        "notes": lambda say: _epub(
            {
                "one": (
                    page,
                    f"<p>{say()}<a epub:type='noteref' href='#n'>1</a> {say()}</p><aside epub:type='footnote' id='n'><p>{say()}</p></aside>",
                )
            }
        ),
        "types": lambda say: _epub(
            {"one": ("text/plain", f"<p>{say()}</p>"), "two": ("application/octet-stream", f"<div>{say()}</div>")}
        ),
        "imprint": lambda say: _epub(
            {
                "one": (
                    page,
                    f"<section epub:type='imprint'><p>{say()}</p></section><p>{say()}</p><section epub:type='colophon'>{say()}</section>",
                )
            }
        ),
        "mended": lambda say: _epub(
            {"one": (page, f"<p>{say()}&eacute;<br>{say()}</p>".replace("&eacute;", "&nbsp;"))}
        ),
    }


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path: Path, say: Say, what: str) -> None:
    """A Word file by python-docx, with one thing or another that such files have."""
    from docx import Document
    from docx.oxml import parse_xml

    made = Document()
    made.add_heading(say().rstrip("."), 1)
    made.add_paragraph(say())
    if what == "tables":
        table = made.add_table(2, 2)
        for cell in table._cells:
            cell.text = say()
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = say()
    elif what == "headers":
        section = made.sections[0]
        section.different_first_page_header_footer = True
        for part in (section.header, section.footer, section.first_page_header):
            part.paragraphs[0].text = say()
    elif what == "comments":
        made.add_comment(made.paragraphs[1].runs, text=say(), author="A")
    elif what == "changes":
        paragraph = made.add_paragraph(say())
        paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>{say()}</w:delText></w:r></w:del>"))
        paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>{say()}</w:t></w:r></w:ins>"))
    elif what == "boxes":
        box = f"<w:r {W}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent><w:p><w:r><w:t>{say()}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        made.add_paragraph(say())._p.append(parse_xml(box))
    elif what == "drop cap":
        text = say()
        cap, rest = made.add_paragraph(text[0]), made.add_paragraph(text[1:])
        cap._p.get_or_add_pPr().append(parse_xml(f'<w:framePr {W} w:dropCap="drop"/>'))
        assert rest.text
    elif what == "controls":
        body = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>{say()}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        made.element.body.insert(1, parse_xml(body))
        link = f"<w:hyperlink {W}><w:r><w:t> {say()}</w:t></w:r></w:hyperlink>"
        made.paragraphs[1]._p.append(parse_xml(link))
    made.add_paragraph(say(), style="List Bullet")
    made.save(str(path))


DOCX = ("plain", "tables", "headers", "comments", "changes", "boxes", "drop cap", "controls")


def tables() -> dict[str, dict[str, Writer]]:
    def quoted(text: str) -> str:
        return f'"{text} ""entre"" "'.replace(' ""entre"" ', "")

    return {
        "csv": {
            "plain": lambda say: "".join(f"{say()},{say()}\n" for _ in range(4)),
            "semicolons": lambda say: "id;fr;en\n".replace("id;fr;en", f"id;fr;{say()}") + "".join(f"k{n};{quoted(say())};{say()}\n" for n in range(4)),
            "one column": lambda say: "".join(f"{say()}\n" for _ in range(5)),
        },
        "tsv": {
            "pairs": lambda say: "".join(f"{say()}\tThe sea is calm and the boats are here.\n" for _ in range(4)),
            "keys": lambda say: "".join(f"menu.item{n}\t{say()}\n" for n in range(4)),
            "three": lambda say: "".join(f"{say()}\t{say()}\t{say()}\n" for _ in range(4)),
        },
        "json": {
            "nested": lambda say: json.dumps({"a": {"b": say(), "c": [say(), {"d": say()}]}, "e": 3}),
            "arb": lambda say: json.dumps({"@@locale": "fr", "hi": say(), "@hi": {"description": say()}}, ensure_ascii=False),
            "messages": lambda say: json.dumps({"hi": {"message": say(), "description": say()}}),
        },
        "po": {
            "plain": lambda say: f'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "{say()}"\nmsgstr ""\n\nmsgid "{say()}"\nmsgid_plural "{say()}"\nmsgstr[0] ""\nmsgstr[1] ""\n\n#~ msgid "{say()}"\n#~ msgstr ""\n',
            "french": lambda say: f'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgctxt "x"\nmsgid "{say()}"\nmsgstr "{say()}"\n',
        },
        "srt": {
            "plain": lambda say: "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n<i>{say()}</i>\n\n" for n in range(1, 6)),
            "blank lines": lambda say: "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{say()}\n\n{say()}\n\n" for n in range(1, 4)),
        },
        "vtt": {
            "notes": lambda say: f"WEBVTT - {say()}\n\nNOTE {say()}\n\nSTYLE\n::cue {{}}\n\n".replace("::cue {}", "") + "".join(f"00:0{n}.000 --> 00:0{n}.900\n<v Anne>{say()}\n\n" for n in range(1, 4)),
        },
    }  # fmt: skip


def units() -> dict[str, dict[str, Writer]]:
    first = 'xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"'
    return {
        "xliff": {
            "1.2": lambda say: f'<xliff {first}><file source-language="fr" target-language="en"><body><trans-unit id="1"><source>{say()} <g id="1">{say()}</g><x id="2"/></source></trans-unit><trans-unit id="2" translate="no"><source>{say()}</source></trans-unit></body></file></xliff>',
            "1.2 segments": lambda say: f'<xliff {first}><file source-language="fr"><body><trans-unit id="1"><source/><seg-source><mrk mtype="seg" mid="0">{say()}</mrk> <mrk mtype="seg" mid="1">{say()}</mrk></seg-source></trans-unit></body></file></xliff>',
            "2": lambda say: f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="fr" trgLang="en"><file id="f"><notes><note>{say()}</note></notes><unit id="u"><segment><source><pc id="1">{say()}</pc><ph id="2"/></source></segment><segment state="final"><source>{say()}</source><target>Yes</target></segment></unit></file></xliff>',
        },
        "tmx": {
            "plain": lambda say: f'<tmx version="1.4"><header/><body><tu><tuv xml:lang="fr"><seg>{say()} <hi>{say()}</hi><ph/> {say()}</seg></tuv><tuv xml:lang="en"><seg>Yes</seg></tuv></tu></body></tmx>',
        },
        "jsonl": {
            "records": lambda say: "".join(json.dumps({"source": say(), "note": say()}) + "\n" for _ in range(3)),
        },
        "rtf": {
            "plain": lambda say: "{\\rtf1\\ansi\\ansicpg1252 " + "".join(_rtf(f"{say()}\\par ") for _ in range(3)) + _rtf(f"{{\\footnote {say()}\\par}}{{\\header {say()}\\par}}{{\\deleted {say()}}}{{\\shptxt {say()}\\par}}\\pard\\intbl {say()}\\cell {say()}\\cell\\row") + "}",
        },
        "ass": {
            "plain": lambda say: "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n" + "".join(f"Dialogue: 0,0:00:0{n}.00,0:00:0{n}.90,Default,Anne,0,0,0,,{{\\i1}}{say()}\\N{say()}\n" for n in range(3)) + f"Comment: 0,0:00:09.00,0:00:10.00,Default,,0,0,0,,{say()}\n",
        },
    }  # fmt: skip


def _rtf(text: str) -> str:
    return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing")
)


def _odt(body: str, header: str = "") -> dict[str, str]:
    space = ODF.replace("xmlns:drawing", "xmlns:draw")
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {space}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {space}><office:master-styles><style:master-page><style:header><text:p>{header}</text:p></style:header></style:master-page></office:master-styles></office:document-styles>",
    }


def odt() -> dict[str, Writer]:
    def p(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    return {
        "structure": lambda say: _odt(
            f"<text:h>{say()}</text:h>{p(say())}<text:list><text:list-item>{p(say())}</text:list-item></text:list><table:table><table:table-row><table:table-cell>{p(say())}</table:table-cell></table:table-row></table:table>",
            say(),
        ),
        "notes": lambda say: _odt(
            p(
                f"{say()}<text:note><text:note-citation>1</text:note-citation><text:note-body>{p(say())}</text:note-body></text:note> {say()}<office:annotation>{p(say())}</office:annotation>"
            )
        ),
        "changes": lambda say: _odt(
            f"<text:tracked-changes><text:changed-region><text:deletion>{p(say())}</text:deletion></text:changed-region></text:tracked-changes>{p(say())}{p(f'<text:hidden-text>{say()}</text:hidden-text>{say()}')}"
        ),
        "boxes": lambda say: _odt(
            p(
                f"{say()}<draw:frame><draw:text-box>{p(say())}</draw:text-box></draw:frame><draw:g><draw:custom-shape>{p(say())}</draw:custom-shape></draw:g>"
            )
            + f"<text:section>{p(say())}</text:section>"
        ),
        "contents": lambda say: _odt(
            f"<text:table-of-content><text:index-body>{p(say())}</text:index-body></text:table-of-content>{p(say())}"
        ),
    }


def pptx() -> dict[str, Writer]:
    a, p = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/presentationml/2006/main",
    )
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    spaces = f'xmlns:a="{a}" xmlns:p="{p}" xmlns:r="{r}"'

    def shape(text: str, role: str = "body") -> str:
        return f"<p:sp><p:nvSpPr><p:nvPr><p:ph type='{role}'/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"

    def made(shapes: str, notes: str = "", chart: str = "") -> dict[str, str]:
        def related(*entries: tuple[str, str]) -> str:
            each = (
                f'<Relationship Id="r{n}" Type="{r}/{kind}" Target="{target}"/>'
                for n, (kind, target) in enumerate(entries)
            )
            return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(each)}</Relationships>'

        beside = [("notesSlide", "/ppt/n.xml")] * bool(notes) + [("chart", "/ppt/c.xml")] * bool(chart)
        files = {
            "_rels/.rels": related(("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst><p:sldId r:id='r0'/></p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": related(("slide", "s.xml")),
            "ppt/s.xml": f"<p:sld {spaces}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>",
            "ppt/_rels/s.xml.rels": related(*beside),
        }
        files |= (
            {"ppt/n.xml": f"<p:notes {spaces}><p:cSld><p:spTree>{notes}</p:spTree></p:cSld></p:notes>"} if notes else {}
        )
        return files | ({"ppt/c.xml": f"<c xmlns:a='{a}'><strCache><v>{chart}</v></strCache></c>"} if chart else {})

    return {
        "texts": lambda say: made(shape(say()) + shape(say(), "title") + shape(say(), "ftr")),
        "notes": lambda say: made(shape(say()), shape(say())),
        "table and chart": lambda say: made(
            f"<p:grpSp>{shape(say())}</p:grpSp><p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>{say()}</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame><p:graphicFrame><chart r:id='r0'/></p:graphicFrame>",
            chart=say(),
        ),
    }


def pages() -> dict[str, Writer]:
    """HTML that is printed to PDF, and to the formats of an office suite where there is one."""
    style = "<style>@page {size: A5; @top-center {content: 'Revue'} @bottom-center {content: counter(page)}} body {font-size: 10pt; hyphens: auto; text-align: justify} p {margin: 0; text-indent: 1em}</style>"
    return {
        "prose": lambda say: (
            f"<html lang=fr>{style}<h1>{say()}</h1>"
            + "".join(f"<p>{' '.join(say() for _ in range(5))}</p>" for _ in range(14))
        ),
        "columns": lambda say: (
            f"<html lang=fr>{style}<div style='columns:2'>"
            + "".join(f"<p>{' '.join(say() for _ in range(5))}</p>" for _ in range(16))
            + "</div>"
        ),
        "lists": lambda say: (
            f"<html lang=fr>{style}<h2>{say()}</h2><ul>"
            + "".join(f"<li>{say()} {say()}</li>" for _ in range(8))
            + f"</ul><table><tr><td>{say()}<td>{say()}<tr><td>{say()}<td>{say()}</table>"
        ),
    }


def zipped(path: Path, files: dict[str, str]) -> None:
    """Write a ZIP container."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)


def plain_files() -> Iterator[tuple[str, str, Writer]]:
    """Suffix, name and writer of each file that is written by hand."""
    kinds = {
        "txt": txt(),
        "md": md(),
        "html": html(),
        "epub": epub(),
        "odt": odt(),
        "pptx": pptx(),
        **tables(),
        **units(),
    }
    for suffix, writers in kinds.items():
        for name, writer in writers.items():
            yield suffix, name, writer
