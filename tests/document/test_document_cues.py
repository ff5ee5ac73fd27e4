"""Subtitles in their own form: tags amid the words go with them, in lines and times that are set anew."""

from __future__ import annotations

import re
import warnings
from collections import Counter

import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import Desk

KNOWN = {
    "Le chat noir dort.": "The black cat sleeps.",
    "Le grand navire part demain.": "The great ship leaves tomorrow.",
    "Je ne sais pas ce que vous voulez dire, monsieur, et je vous prie de vous expliquer devant moi tout de suite.": (
        "I do not know what you mean, sir, and I beg you to explain yourself before me at once."
    ),
    "Allez donc voir ailleurs.": "So go and look somewhere else.",
    "Un deux trois.": "One two three.",
}
LONG = "Je ne sais pas ce que vous voulez dire, monsieur, et je vous prie de vous expliquer devant moi tout de suite."


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("Le <i>chat noir</i> dort.", "The <i>black cat</i> sleeps."),
        ("Le <b>chat</b> <i>noir</i> dort.", "The <i>black</i> <b>cat</b> sleeps."),
        ("{\\an8}Le <i>grand\nnavire</i> part demain.", "{\\an8}The <i>great ship</i> leaves tomorrow."),
        ("<i>Le chat noir dort.</i>", "<i>The black cat sleeps.</i>"),
        ("Le <font color='red'>chat noir dort.", "The <font color='red'>black cat sleeps."),
    ],
)
def test_tags_of_subrip_go_with_their_words(desk: Desk, source: str, made: str) -> None:
    head = "1\n00:00:01,000 --> 00:00:05,000\n"
    assert desk.text("a.srt", f"{head}{source}\n", KNOWN) == f"{head}{made}\n"


def test_webvtt_keeps_voices_classes_times_and_cues_without_a_name(desk: Desk) -> None:
    head = "WEBVTT\n\nSTYLE\n::cue(b) { color: red }\n\n00:00:01.000 --> 00:00:05.000 line:0\n"
    text = f"{head}<v Paul><c.jaune>Le <b>chat noir</b> dort.</c>\n"
    assert desk.text("a.vtt", text, KNOWN) == f"{head}<v Paul><c.jaune>The <b>black cat</b> sleeps.</c>\n"
    times = "Un <00:00:02.000>deux <00:00:03.000>trois."
    assert "One <00:00:02.000>two <00:00:03.000>three." in desk.text("b.vtt", f"{head}{times}\n", KNOWN)
    long = desk.text("c.vtt", f"{head}<v Paul>{LONG} Allez donc voir <i>ailleurs</i>.\n", KNOWN)
    assert re.findall(r"<v Paul>", long) == ["<v Paul>"] * long.count("-->")
    assert "<i>somewhere else</i>." in long


HEAD = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
LINE = "Dialogue: 0,0:00:01.00,0:00:05.00,Default,Paul,0,0,0,,"


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("{\\an8}Le {\\i1}chat noir{\\i0} dort.", "{\\an8}The {\\i1}black cat{\\i0} sleeps."),
        ("Le {\\c&HFF&}chat{\\c} {\\b1}noir{\\r} dort.", "The {\\b1}black{\\r} {\\c&HFF&}cat{\\c} sleeps."),
        ("{\\pos(1,2)}Le chat\\Nnoir dort.", "{\\pos(1,2)}The black cat sleeps."),
        ("{\\i1}Le chat noir dort.", "{\\i1}The black cat sleeps."),
        ("{\\p1}m 0 0 l 1 1{\\p0}Le chat noir dort.", "{\\p1}m 0 0 l 1 1{\\p0}The black cat sleeps."),
    ],
)
def test_override_tags_of_substation_go_with_their_words(desk: Desk, source: str, made: str) -> None:
    others = "Comment: 0,0:00:01.00,0:00:05.00,Default,,0,0,0,,Le chat noir dort.\n"
    text = f"{HEAD}{others}{LINE}{source}\n{others}".replace("\n", "\r\n")
    assert desk.text("a.ass", text, KNOWN) == text.replace(LINE + source, LINE + made)


def test_a_long_event_becomes_several_that_begin_as_it_did(desk: Desk) -> None:
    text = f"{HEAD}{LINE}{{\\an8\\i1}}{LONG} Allez donc voir {{\\b1}}ailleurs{{\\b0}}.\n"
    made = desk.text("a.ass", text, KNOWN)
    events = [line for line in made.splitlines() if line.startswith("Dialogue")]
    assert len(events) > 1
    assert all("{\\an8\\i1}" in line and ",Paul,0,0,0,," in line for line in events)
    assert "{\\b1}somewhere else{\\b0}." in events[-1]
    with warnings.catch_warnings(action="ignore"):
        read = pysubs2.SSAFile.from_string(made)
    assert all(one.start < one.end for one in read)
    assert len(read) == len(events)


_BODIES = st.lists(st.sampled_from(["Le ", "chat ", "noir ", "<i>", "</i>", "<b>", "</b>", "{\\an1}", "<v A>", "\n"]))


@given(bodies=st.lists(_BODIES, min_size=1, max_size=3), seed=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_no_tag_is_lost_or_doubled(desk_of: Desk, bodies: list[list[str]], seed: int) -> None:
    cues = ["".join(body) + "dort." for body in bodies]
    text = "\n\n".join(
        f"{number}\n00:00:{number:02},000 --> 00:00:{number + 1:02},000\n" + re.sub(r"\n+", "\n", cue).strip("\n")
        for number, cue in enumerate(cues, start=1)
    )
    known = {
        " ".join(re.sub(r"<[^>]*>|\{[^}]*\}", "", cue).split()): ("She eats, he sleeps.", "", "He.", "A b c d e")[seed]
        for cue in cues
    }
    made = desk_of.text("a.srt", text + "\n", known)
    tags = re.compile(r"<[^>]*>|\{[^}]*\}")
    assert Counter(tags.findall(made)) == Counter(tags.findall(text))


@pytest.fixture(scope="module")
def desk_of(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("cues"))
