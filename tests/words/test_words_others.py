"""Word links of languages that no lexicon ships for, and words of scripts without spaces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.config import load_config
from pipeline.corpus import FORMATS, read_bitexts, write_bitexts
from pipeline.documents.pairing import PairingOptions, pair_files
from pipeline.errors import InputError
from pipeline.job import run
from pipeline.words import align_words, learning, link_bitext, read_links, told, usual_way, words_of
from pipeline.words.learning import learned

GERMAN = "Der alte Leuchtturm der Stadt ist seit 3 Jahren geschlossen ."
FRENCH = "Le vieux phare de la ville est fermé depuis 3 ans ."
SOURCES = ("Der Hund schläft.", "Er sagte: „Nein!“ <b>12</b>", "München & Wien 🙂 heute", "Ja.")
TARGETS = ("狗在睡觉。", "他说：“不！”<b>12</b>", "今天 慕尼黑和维也纳 🙂", "วันนี้อากาศดี")
WORDS = ("Haus", "maison", "12", ".", "今天", "Katze", "l'", "chat", "?", "é", "\u0301", "🙂", "Ω")
words = st.lists(st.sampled_from(WORDS), max_size=6)


def test_german_and_french_words_find_their_counterparts_either_way() -> None:
    source, target = GERMAN.split(), FRENCH.split()
    found = {(source[x.source], target[x.target]) for x in align_words([source], [target], **pair("de", "fr"))[0]}
    wanted = {("alte", "vieux"), ("Leuchtturm", "phare"), ("Stadt", "ville"), ("geschlossen", "fermé")}
    assert wanted | {("3", "3"), ("Jahren", "ans"), (".", ".")} <= found
    back = {(source[x.target], target[x.source]) for x in align_words([target], [source], **pair("fr", "de"))[0]}
    assert wanted <= back


def pair(source: str, target: str) -> dict[str, str]:
    return {"source_language": source, "target_language": target}


@settings(deadline=None, max_examples=8)
@given(st.lists(st.tuples(words, words), max_size=3))
def test_links_lie_inside_and_do_not_depend_on_neighbours(pairs: list[tuple[list[str], list[str]]]) -> None:
    together = align_words([a for a, _ in pairs], [b for _, b in pairs], **pair("de", "fr"))
    for (ours, theirs), links in zip(pairs, together, strict=True):
        assert all(x.source < len(ours) and x.target < len(theirs) and 0 <= x.score <= 1 for x in links)
        assert align_words([ours], [theirs], **pair("de", "fr"))[0] == links


def test_what_links_words_is_said() -> None:
    assert usual_way("en-GB", "fr") == "lexicon"
    assert usual_way("de", "fr") == "embeddings"
    assert told("embeddings", "de", "fr") == "multilingual word vectors, spelling and position"
    assert "made without fi and sw" in told("embeddings", "fi", "sw-KE")


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("zh", "今天我们去公园。", ["今天", "我们", "去", "公园", "。"]),
        ("ja", "Debianは東京で", ["Debian", "は", "東京", "で"]),
        ("th", "วันนี้อากาศดี", ["วันนี้", "อากาศ", "ดี"]),
        ("ja", "ｶﾞﾗｽ", ["ｶﾞﾗｽ"]),  # half width: the vocabulary has it in full width
        ("km", "ភាសា", ["ភា", "សា"]),  # letters with their signs: nobody knows its words
        ("hi", "हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("fa", "می\u200cخواهم", ["می\u200cخواهم"]),
        ("fr", "e\u0301te\u0301", ["e\u0301te\u0301"]),
    ],
)
def test_words_of_other_scripts(language: str, text: str, wanted: list[str]) -> None:
    assert [word.text for word in words_of(text, language)] == wanted


@given(st.text(alphabet="今天は東ｶﾞ京วันนี้เกាมြန်क्षिa-1 \u0301。", max_size=40))
def test_words_of_any_script_lose_nothing_but_white_space(text: str) -> None:
    end = 0
    for word in words_of(text, "ja"):
        assert word.text == text[word.start : word.end] != ""
        assert not text[end : word.start].strip()
        end = word.end
    assert not text[end:].strip()


@settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(SOURCES), st.sampled_from(TARGETS)), min_size=1, max_size=4))
def test_no_link_is_lost_in_files_that_carry_them(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    for k, name in enumerate(("a.de", "a.zh")):
        (tmp_path / name).write_text("".join(f"{one[k]}\n" for one in pairs), encoding="utf-8")
    options = PairingOptions()
    read = pair_files(tmp_path / "a.de", tmp_path / "a.zh", options, languages=("de", "zh"), lines=True)
    linked = link_bitext(read)
    assert any(linked.layers[0].values)
    for row in linked.each_row():
        for link in read_links("".join(one.text for one in row.layers)):
            for span, side in ((link.source, row.source), (link.target, row.target)):
                assert 0 <= span.start < span.end <= len(side.text)
                assert side.text[span.start : span.end].strip() == side.text[span.start : span.end]
    carrying = [name for name, one in FORMATS.items() if one.writer.carries.layers and one.read]
    assert {"jsonl", "tmx", "xliff"} <= set(carrying)
    for format in carrying:
        (path, *_) = write_bitexts([linked], tmp_path / format, format)
        assert [one.layers for one in read_bitexts(path, **pair("de", "zh"))] == [linked.layers], format


def test_a_job_of_other_languages_links_its_book_and_says_by_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.de.txt").write_text("Der alte Leuchtturm ist geschlossen.\n", encoding="utf-8")
    (tmp_path / "a.zh.txt").write_text("旧灯塔关闭了。\n", encoding="utf-8")
    settings = "name: j\ninputs: [a.de.txt]\ntarget: [a.zh.txt]\nmemory: false\nsource_language: de\n"
    (tmp_path / "job.yaml").write_text(
        f"{settings}target_language: zh\nbook: [html, epub]\nwrite: [pharaoh]\n", encoding="utf-8"
    )
    report = run(load_config(tmp_path / "job.yaml"))
    said = told("embeddings", "de", "zh")
    assert report.word_links == json.loads((tmp_path / "outputs/j/report.json").read_bytes())["word_links"] == said
    assert (tmp_path / "outputs/j/corpus.pharaoh").read_text(encoding="utf-8").strip()
    reader = (tmp_path / "outputs/j/reader.html").read_text(encoding="utf-8")
    assert 'id="vv-words"' in reader
    assert f"found by a machine, with {said}" in reader
    assert f"Word links are made with {said}" in (tmp_path / "outputs/j/report.html").read_text(encoding="utf-8")
    main(["run", str(tmp_path / "job.yaml")])  # nothing is done anew


def test_the_command_says_what_made_the_links(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.de").write_text(GERMAN + "\n", encoding="utf-8")
    (tmp_path / "a.fr").write_text(FRENCH + "\n", encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.de", "a.fr")]
    assert main(["words", *files, "-s", "de", "-t", "fr"]) == 0
    told_of = capfd.readouterr()
    assert "2-2" in told_of.out.split()
    assert "1 pairs linked with multilingual word vectors" in told_of.err
    assert main(["words", *files, "-s", "de", "-t", "fr", "--way", "lexicon"]) == 1
    assert "cannot be linked by 'lexicon'" in capfd.readouterr().err


def test_a_lexicon_learned_from_the_files_is_asked_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    lines = {"a.de": ["Der Zwurbel schläft .", "Ein Zwurbel kommt .", "Der Hund schläft ."]}
    lines["a.fr"] = ["Le gromeau dort .", "Un gromeau vient .", "Le chien dort ."]
    for name, told_lines in lines.items():
        (tmp_path / name).write_text("\n".join(told_lines) + "\n", encoding="utf-8")
    arguments = ["words", "--learn", "-s", "de", "-t", "fr", *(str(tmp_path / name) for name in lines)]
    assert main(arguments) == 0
    first = capfd.readouterr()
    assert main(arguments) == 0
    assert capfd.readouterr().out == first.out
    assert [line.split()[1] for line in first.out.splitlines()] == ["1-1", "1-1", "1-1"]
    assert "words counted in this very text" in first.err


def test_a_bitext_without_links_teaches_nothing() -> None:
    linker = learned([([], []), (["Haus"], [])], "de", "fr")
    assert linker.way == "learned"
    assert linker.align([["Haus"]], [["maison"]]) == align_words([["Haus"]], [["maison"]], **pair("de", "fr"))
    with pytest.raises(InputError, match="cannot be linked by 'learned'"):
        align_words([["Haus"]], [["maison"]], way="learned")


def test_counts_that_are_too_many_are_forgotten_the_rarest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "_MOST_PAIRS", 8)
    monkeypatch.setattr(learning, "_WAITING", 5)
    counts = learning._Counts()
    for number in range(40):
        counts.add("Haus", "maison", 0.9)
        counts.add(f"w{number}", f"m{number}", 0.6)
    lexicon = counts.lexicon()
    assert len(lexicon.counts.keys) <= 8
    assert lexicon.counts.joint.max() == pytest.approx(36)
