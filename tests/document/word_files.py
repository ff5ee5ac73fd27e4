"""Word files made by hand, so that a test sees every byte that goes in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "header": ("hdr", "header1.xml", "header"),
    "footer": ("ftr", "footer1.xml", "footer"),
    "footnotes": ("footnotes", "footnotes.xml", "footnotes"),
    "comments": ("comments", "comments.xml", "comments"),
}


def paragraph(*runs: str, style: str = "") -> str:
    head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{head}{''.join(runs)}</w:p>"


def run(text: str, form: str = "") -> str:
    properties = f"<w:rPr>{form}</w:rPr>" if form else ""
    return f'<w:r w:rsidR="00AA">{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(body: str, **parts: str) -> bytes:
    """A Word file of a body and of `header`, `footer`, `footnotes`, `comments`: the XML of their content."""
    overrides = [("document.xml", "document.main"), ("styles.xml", "styles"), ("settings.xml", "settings")]
    relations = [("styles", "styles.xml"), ("settings", "settings.xml")]
    files: dict[str, str] = {}
    for kind, content in parts.items():
        root, name, type = _PARTS[kind]
        overrides.append((name, type))
        relations.append((kind, name))
        files[f"word/{name}"] = f"{_HEAD}<w:{root} {_NAMES}>{content}</w:{root}>"
    files["word/document.xml"] = f"{_HEAD}<w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    files["word/styles.xml"] = (
        f"{_HEAD}<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:lang w:val="fr-FR" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    files["word/settings.xml"] = f'{_HEAD}<w:settings {_NAMES}><w:themeFontLang w:val="fr-FR"/></w:settings>'
    return _packed(files, overrides, relations)


def _packed(files: Mapping[str, str], overrides: list[tuple[str, str]], relations: list[tuple[str, str]]) -> bytes:
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_TYPES}.{type}+xml"/>' for name, type in overrides
    )
    packages = "http://schemas.openxmlformats.org/package/2006"
    linked = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{name}"/>' for n, (kind, name) in enumerate(relations, 1)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'{_HEAD}<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" '
            f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'{_HEAD}<Relationships xmlns="{packages}/relationships">{linked}</Relationships>',
        )
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()
