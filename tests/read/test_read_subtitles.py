"""Subtitles: cues with times, tags, and what is no cue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.read import read_document
from pipeline.text import Document

Law = Callable[[Document], Document]
SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Il pleut\r\nsur la mer.</i>\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\n{\\an8}Il <b>vente</b>.\r\n"
)
VTT = "WEBVTT\n\nNOTE\nrien\n\nintro\n00:01.000 --> 00:02.500 align:start\nElle &lt;dort&gt;.\n\n"
VTT += "01:00:03.000 --> 01:00:04.000\nFin\n"


def read(tmp_path: Path, name: str, text: str) -> Document:
    (tmp_path / name).write_bytes(text.encode())
    return read_document(tmp_path / name)


def test_subrip(tmp_path: Path, lawful: Law) -> None:
    document = lawful(read(tmp_path, "a.srt", SRT))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("cue", "Il pleut\nsur la mer."),
        ("cue", "Il vente."),
    ]
    assert dict(document.blocks[0].data) == {"start": "00:00:01.000", "end": "00:00:02.500", "style": "i"}
    assert dict(document.blocks[1].data)["position"] == "{\\an8}"
    assert [flag.detail for flag in document.flags] == ["2 format tags inside cues"]
    assert read(tmp_path, "a.txt", SRT).blocks == document.blocks


def test_webvtt(tmp_path: Path, lawful: Law) -> None:
    document = lawful(read(tmp_path, "a.vtt", VTT))
    assert [block.text for block in document.blocks] == ["Elle <dort>.", "Fin"]
    expected = {"start": "00:00:01.000", "end": "00:00:02.500", "cue": "intro", "settings": "align:start"}
    assert dict(document.blocks[0].data) == expected
    assert [flag.detail for flag in document.flags] == ["no cue: “NOTE rien”"]


def test_cues_without_a_blank_line_between_them(tmp_path: Path) -> None:
    document = read(tmp_path, "a.srt", "1\n00:00:01,0 --> 00:00:02,0\nUn\n2\n00:00:03,0 --> 00:00:04,0\nDeux\n")
    assert [block.text for block in document.blocks] == ["Un", "Deux"]


def test_a_file_without_cues_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no cue"):
        read(tmp_path, "a.srt", "Bonjour")


@given(
    st.lists(
        st.sampled_from(["1", "00:00:01,000 --> 00:00:02,000", "x", "", "<i>", "</i>", "WEBVTT", "NOTE", "{\\an8}"])
    )
)
def test_any_lines_are_read_or_refused(tmp_path: Path, lawful: Law, lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        lawful(read(tmp_path, "a.srt", text))
    except InputError:
        assert text.strip()


@pytest.mark.parametrize(("name", "head"), [("a.vtt", "WEBVTT\n\n"), ("a.srt", "1\n")])
def test_a_cue_with_a_blank_line_keeps_its_text(tmp_path: Path, lawful: Law, name: str, head: str) -> None:
    document = read(tmp_path, name, head + "00:00:01,000 --> 00:00:02,000\nUn.\n\n<i>Deux.</i>\n")
    assert [block.text for block in lawful(document).blocks] == ["Un.", "Deux."]


def test_notes_between_cues_of_webvtt_are_left_out(tmp_path: Path) -> None:
    cue = "00:01.000 --> 00:02.000\nUn.\n\n"
    document = read(tmp_path, "a.vtt", f"WEBVTT\n\n{cue}NOTE non\n\nSTYLE\n::cue {{}}\n\n{cue}")
    assert [block.text for block in document.blocks] == ["Un.", "Un."]


def test_a_file_of_substation_without_dialogue_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.ass").write_text("[Script Info]\n")
    with pytest.raises(InputError, match="holds no line of dialogue"):
        read_document(tmp_path / "a.ass")
