"""Subtitles keep their words, their order and the limits of those who make them for a living."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.config import load_config
from pipeline.corpus.cues import Cue, SubtitleOptions, clock, milliseconds, set_cues
from pipeline.corpus.subtitles import _turn

OPTIONS = SubtitleOptions()
WORDS = st.lists(
    st.sampled_from(
        ("The", "a", "of", "cat,", "house.", "and", "went?", "(who)", "extraordinarily", "–", "Mr", "Smith")
    ),
    max_size=60,
)


def made(*texts: str, seconds: float = 3.0, pause: float = 1.0, options: SubtitleOptions = OPTIONS) -> list[Cue]:
    step = round(1000 * (seconds + pause))
    cues = [Cue(i * step, i * step + round(1000 * seconds), (text,), i) for i, text in enumerate(texts)]
    return set_cues(cues, options, "en")


@given(
    st.lists(st.tuples(WORDS, st.integers(0, 9000), st.integers(0, 3000)), max_size=8),
    st.sampled_from([(42, 2), (37, 1), (30, 3)]),
)
def test_no_word_is_lost_no_line_too_long_and_no_cue_runs_into_the_next(parts, limits) -> None:
    options = SubtitleOptions(line=limits[0], lines=limits[1])
    cues, at = [], 0
    for number, (words, time, pause) in enumerate(parts):
        cues.append(Cue(at, at + time, (" ".join(words),), number))
        at += time + pause
    found = set_cues(cues, options, "en")
    for number, (words, _, _) in enumerate(parts):
        assert " ".join(line for cue in found if cue.of == number for line in cue.lines).split() == words
    assert all(len(cue.lines) <= options.lines and len(line) <= options.line for cue in found for line in cue.lines)
    assert all(cue.start <= cue.end for cue in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [(cue.of, cue.part) for cue in found] == sorted((cue.of, cue.part) for cue in found)


def test_two_speakers_have_a_line_each() -> None:
    (cue,) = made("- Are you coming? - No, never.")
    assert cue.lines == ("- Are you coming?", "- No, never.")
    (plain,) = made("A well-known man - an actor - came in.")
    assert plain.lines == ("A well-known man - an actor - came in.",)
    long = "- I told you that I would not come to this house again. - And yet here you are. - I am."
    assert [cue.lines for cue in made(long)] == [
        ("- I told you that I would not come", "to this house again."),
        ("- And yet here you are.", "- I am."),
    ]


def test_lines_break_where_the_sense_does() -> None:
    (cue,) = made("He had been waiting for his brother, who never came back.")
    assert cue.lines == ("He had been waiting for his brother,", "who never came back.")


def test_a_long_cue_is_cut_in_time_by_its_sentences() -> None:
    text = "The ship had left the harbour before the sun was up. Nobody on the quay had seen it go, and nobody asked."
    first, second = made(text, seconds=6)
    assert " ".join(first.lines).endswith("was up.")
    assert (first.start, second.end) == (0, 6176)  # it needs a little more than its six seconds, and has them
    assert first.end < second.start


def test_a_cue_takes_the_time_it_needs_where_there_is_some() -> None:
    fast = "It is quite impossible to read all this in one second."
    first, second = made(fast, "Yes.", seconds=1, pause=4)
    assert first.speed <= OPTIONS.speed + 0.1
    assert second.start == 5000
    crowded, _ = made(fast, "Yes.", seconds=1, pause=0.1)
    assert crowded.speed > OPTIONS.most


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("- Non, jamais.", '"No, never."', "- No, never."),
        ("— Attends !", "- Wait!", "- Wait!"),
        ("- « Oui », dit-il.", '"Yes," he said.', '- "Yes," he said.'),
        ("Oui.", '"Yes."', '"Yes."'),
        ("- Oui.", "", ""),
        ("-5 degrés", "-5 degrees", "-5 degrees"),
    ],
)
def test_who_speaks_keeps_the_dash(source: str, target: str, wanted: str) -> None:
    assert _turn(source, target) == wanted


@given(st.integers(0, 99 * 3_600_000))
def test_times_are_read_as_they_are_written(time: int) -> None:
    assert milliseconds(clock(time)) == time


def test_a_job_sets_its_subtitles_as_it_is_told_and_says_what_cannot_be_read(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    long = "Le navire avait quitté le port avant le lever du soleil, et personne sur le quai ne l'avait vu partir."
    Path("film.srt").write_text(
        f"1\n00:00:01,000 --> 00:00:02,000\n{long}\n\n2\n00:00:02,000 --> 00:00:04,000\n- Oui.\n- Non, jamais.\n",
        encoding="utf-8",
    )
    job = "name: film\ninputs: [film.srt]\nwrite: [srt]\nmemory: false\nquality: fast\n"
    Path("job.yaml").write_text(job + "subtitles: {line: 30}\n")
    report = pipeline.run(load_config("job.yaml"))
    text = Path("outputs/film/corpus.srt").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 30
    assert "- Yes.\n- No, never." in text
    (told,) = [one for one in report.said if "reading speed" in one]
    assert told.startswith("film.srt: reading speed: ")
    Path("job.yaml").write_text(job + "subtitles: {line: 42}\n")
    again = pipeline.run(load_config("job.yaml"))
    assert again.counts["decoded"] == 0
    assert Path("outputs/film/corpus.srt").read_text(encoding="utf-8") != text
