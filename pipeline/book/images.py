"""What kind of image a resource is, by its bytes and not by what it says."""

from __future__ import annotations

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
    """An SVG without scripts, foreign objects and references to other files, or nothing if it is broken."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return b""
    for node in list(root.iter()):
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if node is not root and name not in _SVG_DRAWS:
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
        for attribute, value in list(node.attrib.items()) if name else []:
            if not _harmless(str(attribute), str(value)):
                del node.attrib[attribute]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


_SVG_DRAWS = frozenset(
    {"g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc"}
    | {"linearGradient", "radialGradient", "stop", "clipPath", "symbol", "use"}
)


def _harmless(attribute: str, value: str) -> bool:
    """Whether an attribute can neither run anything nor reach outside its file."""
    name = attribute.rpartition("}")[2].lower()
    if name.startswith("on") or (attribute.startswith("{") and name != "href"):
        return False
    if name == "href":
        return value.startswith("#")
    return "url(" not in value or value.strip().startswith("url(#")
