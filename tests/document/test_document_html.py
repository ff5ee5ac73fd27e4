"""Pages in, pages out: every byte that is no word stays, and inline elements go with their words."""

from __future__ import annotations

import re

import pytest

from .conftest import Desk

PAGE = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Le rapport</title>
<script>var a = "<b>non</b>";</script></head>
<body class=x>
<!-- une remarque -->
<nav><a href="/">Accueil</a></nav>
<h1 id="t">Le rapport <em>annuel</em></h1>
<p>  Le <b>comité</b> lit le
<a href="b.pdf" title="x">budget prévisionnel</a><sup><a href="#n1">1</a></sup>, &amp; dort.<br>
Il pleut&nbsp;: <code>x = 1</code>.</p>
<ul><li>Un chat<li>Deux chiens <img src="a.png" alt="">
</ul>
<p>Guten Tag &copy; 2025
</body></html>
"""
KNOWN = {
    "Le rapport": "The report",
    "Accueil": "Home",
    "Le rapport annuel": "The annual report",
    "Le comité lit le budget prévisionnel, & dort.": "The committee reads the forecast budget, & sleeps.",
    "Il pleut : x = 1.": "It rains: x = 1.",
    "Un chat": "A cat",
    "Deux chiens": "Two dogs",
}
MADE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>The report</title>
<script>var a = "<b>non</b>";</script></head>
<body class=x>
<!-- une remarque -->
<nav><a href="/">Home</a></nav>
<h1 id="t">The <em>annual</em> report</h1>
<p>  The <b>committee</b> reads the <a href="b.pdf" title="x">forecast budget</a>,"""
MADE += """<sup><a href="#n1">1</a></sup> &amp; sleeps.<br>It rains: <code>x = 1</code>.</p>
<ul><li>A cat<li>Two dogs <img src="a.png" alt="">
</ul>
<p>Guten Tag &copy; 2025
</body></html>
"""


def test_a_page_is_the_same_but_for_its_words(desk: Desk) -> None:
    assert desk.text("p.html", PAGE, KNOWN) == MADE


def test_a_page_of_which_nothing_changes_stays_as_it_is(desk: Desk) -> None:
    assert desk.text("p.html", PAGE, {}) == PAGE


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("<p><b>Un <i>chat</b> noir</i>", None),
        ("<p>Un chat noir<p>", "<p>A black cat<p>"),
        ("<td>Un chat noir", "<td>A black cat"),
        ("<p>Un <span translate='no'>chat</span> noir</p>", "<p>A black <span translate='no'>chat</span></p>"),
        ("<p>a < b</p><p>Un chat noir</p>", "<p>a < b</p><p>A black cat</p>"),
        ('<p title="a>b">Un chat noir</p>', '<p title="a>b">A black cat</p>'),
        ("<div><b><p>Un chat noir</p></b></div>", "<div><b><p>A black cat</p></b></div>"),
        ("<p>Un chat noir<script>1<2</script></p>", "<p>A black cat<script>1<2</script></p>"),
        ("<b>Un chat noir</b>", "<b>A black cat</b>"),
        ("<table>x<tr><td>Un chat noir</table>", None),
    ],
)
def test_tags_that_are_broken_or_odd_are_kept(desk: Desk, page: str, made: str | None) -> None:
    found = desk.text("q.html", page, {"Un chat noir": "A black cat"})
    if made is not None:
        assert found == made
    assert sorted(re.findall("<[^>]*>", found)) == sorted(re.findall("<[^>]*>", page))
    assert "black" in found


def test_a_page_keeps_its_encoding_and_names_what_that_cannot_hold(desk: Desk) -> None:
    raw = '<meta charset="iso-8859-1"><p>Un été à Łódź</p>'.encode("cp1252", "xmlcharrefreplace")
    out = desk.translated(desk.write("l.html", raw), {"Un été à Łódź": "A summer in Łódź – é"})
    assert b"<p>A summer in &#321;\xf3d&#378; \x96 \xe9</p>" in out.read_bytes()
