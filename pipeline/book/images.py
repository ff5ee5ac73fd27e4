"""What kind of image a resource is, by its bytes and not by what it says."""

from __future__ import annotations

import re

from pipeline.text import Resource

# the raster formats of EPUB 3.3 (3.2, core media types), by their first bytes
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))
EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}


_SVG = "{http://www.w3.org/2000/svg}"


def image_type(resource: Resource) -> str:
    """The media type of an image that a book can show, else an empty string.

    An SVG is shown as an image only, where browsers run no script of it (HTML, 4.8.3 with SVG 2, 2.2.1).
    """
    content = resource.content
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if resource.media_type == "image/svg+xml" and b"<svg" in content[:4096]:
        return "image/svg+xml"
    return ""


def safe_svg(content: bytes) -> bytes:
    """An SVG of nothing but shapes and texts that are known to be harmless, or nothing if it is broken."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    if root.tag != f"{_SVG}svg":
        return b""
    for node in list(root.iter()):
        name = node.tag.removeprefix(_SVG) if isinstance(node.tag, str) else ""
        if node is not root and name not in _SVG_DRAWS:
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
            continue
        stated = {str(attribute): str(value) for attribute, value in node.attrib.items()}
        styled = (one.partition(":") for one in stated.pop("style", "").split(";"))
        stated |= {attribute.strip(): value.strip() for attribute, _, value in styled}
        node.attrib.clear()
        node.attrib.update({one: value for one, value in stated.items() if _harmless(one, value)})
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")  # without a document type, so no entities


_SVG_DRAWS = frozenset(
    {"g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc"}
    | {"linearGradient", "radialGradient", "stop", "clipPath"}  # no `use`: ten of ten of ten are a thousand million
)


# what an attribute may say: numbers, colours, names, paths and transforms; no escapes, quotes, rules or addresses
_PLAIN = re.compile(r"[\w\s.,;:#%+()/-]*")
_ADDRESS = re.compile(r"(?i)url\s*\(|image|src|expression|import|javascript|data:")
_WITHIN = re.compile(r"url\(#[\w.-]+\)")
_ATTRIBUTES = frozenset(
    re.split(
        r"\s+",
        "clip-path clip-rule cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size "
        "font-style font-weight fx fy gradientTransform gradientUnits height id letter-spacing offset opacity "
        "pathLength points preserveAspectRatio r rotate rx ry spreadMethod stop-color stop-opacity stroke "
        "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
        "stroke-width text-anchor textLength transform version viewBox visibility width word-spacing x x1 x2 y y1 y2",
    )
)


def _harmless(attribute: str, value: str) -> bool:
    """Whether an attribute is one that draws, and its value can neither run anything nor reach outside its file."""
    if attribute not in _ATTRIBUTES:
        return False
    return bool(_WITHIN.fullmatch(value.strip()) or (_PLAIN.fullmatch(value) and not _ADDRESS.search(value)))
