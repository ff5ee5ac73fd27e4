"""Pharaoh files of hostile texts: lines of words match those of Moses files, and links lie within them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pipeline.corpus import write_bitexts
from pipeline.text import Bitext
from pipeline.words import link_bitext

from .conftest import bitexts

NASTY: SearchStrategy[list[Bitext]] = st.lists(bitexts(), min_size=1, max_size=2)


@settings(max_examples=25)
@given(NASTY)
def test_lines_of_words_match_and_links_lie_within_them(tmp_path: Path, some: list[Bitext]) -> None:
    for linked in (some, [link_bitext(one) for one in some]):
        paths = write_bitexts(linked, tmp_path, "pharaoh")
        source, target, links = (path.read_bytes().split(b"\n")[:-1] for path in paths)
        moses = [path.read_bytes().split(b"\n")[:-1] for path in write_bitexts(linked, tmp_path, "moses")]
        assert len(source) == len(target) == len(links) == len(moses[0])
        for ours, theirs, line in zip(source, target, links, strict=True):
            for i, j in (link.split(b"-") for link in line.split()):
                assert int(i) < len(ours.split(b" "))
                assert int(j) < len(theirs.split(b" "))
