"""Pictures in a book draw, and do nothing else."""

from __future__ import annotations

import pytest

from pipeline.book.images import safe_svg

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


@pytest.mark.parametrize(
    "inside",
    [
        b'<rect fill="URL(http://evil/x)"/>', b'<rect fill="u\\72l(http://evil/x)"/>', b'<rect fill="url(//evil/x)"/>',
        b'<rect style="fill:url(http://evil/x)"/>', b"<style>@import 'http://evil/x'</style>",
        b'<use href="http://evil/x#y"/>', b'<use xlink:href="#a"/>', b'<image href="http://evil/x"/>',
        b'<rect onclick="evil()"/>', b'<a href="javascript:evil()"><rect/></a>', b"<foreignObject>evil</foreignObject>",
        b'<animate attributeName="href" to="evil"/>', b'<rect fill="image-set(evil)"/>',
        b"<?xml-stylesheet href='evil'?>",
        b'<rect xml:base="http://evil/"/>', b'<x:rect xmlns:x="http://evil/"/>', b"<!-- evil --><rect/>",
        b'<g><script>evil()</script></g>', b'<set attributeName="x" to="evil"/>',
    ],
)  # fmt: skip
def test_nothing_of_a_picture_runs_or_reaches_outside(inside: bytes) -> None:
    made = safe_svg(HEAD + inside + b"</svg>")
    assert made.startswith(b"<?xml")
    for word in (b"evil", b"href", b"url", b"URL", b"72l", b"script", b"use"):
        assert word not in made


def test_entities_are_not_written() -> None:
    made = safe_svg(b'<!DOCTYPE svg [<!ENTITY a "evil">]>' + HEAD + b"<text>&a;</text></svg>")
    assert b"evil" not in made
    assert b"ENTITY" not in made


def test_what_draws_stays() -> None:
    inside = (
        b'<g transform="rotate(3 1,2)"><path d="M0 0L9 9z" style="fill:#f00; stroke : url(#g)"/><text>Le</text></g>'
    )
    made = safe_svg(HEAD + inside + b"</svg>")
    for part in (
        b'd="M0 0L9 9z"',
        b'fill="#f00"',
        b'stroke="url(#g)"',
        b'transform="rotate(3 1,2)"',
        b"<text>Le</text>",
    ):
        assert part in made
