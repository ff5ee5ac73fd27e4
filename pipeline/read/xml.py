"""Hostile XML, read safely: no entities, no network, no huge trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

XML = "{http://www.w3.org/XML/1998/namespace}"


def parse_xml(raw: bytes, name: str, *, huge: bool = False) -> _Element:
    """The root of an XML file; raises InputError for faults (with their place) and for files that declare entities.

    With `huge`, a text, comment or attribute may be longer than the ten million characters that the parser allows.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=huge, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise InputError(f"{name} is not well-formed XML: {error}", "Mend the file or export it anew.") from error
    declared = root.getroottree().docinfo.internalDTD
    entities = [entity.name for entity in declared.iterentities()] if declared is not None else []  # type: ignore[union-attr]
    if entities:
        raise InputError(
            f"{name} declares entities ({', '.join(map(str, entities[:5]))}), which can be a bomb",
            "Save it without a document type declaration.",
        )
    return root


def local(element: _Element) -> str:
    """An element's name without its namespace; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
