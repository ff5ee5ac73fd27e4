"""The page as people use it: the real server, Debian's Chromium, the sample article, two texts, ten thousand pairs."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.job import plan, run
from pipeline.memory import Memory
from pipeline.review.projects import config_of

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
RESULTS = Path("outputs") / "calais-2018"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the sample article's job has run."""
    folder = tmp_path_factory.mktemp("calais")
    command = [sys.executable, "-m", "pipeline", "run", str(ROOT / "configs" / "calais.yaml"), "-q"]
    subprocess.run([*command, "-c", "write=[tsv, xliff]"], cwd=folder, env={"PYTHONPATH": str(ROOT)}, check=True)
    return folder


@pytest.fixture
def article(ran: Path, tmp_path: Path) -> Path:
    """The same for one test alone."""
    return Path(shutil.copytree(ran, tmp_path / "here"))


def outputs(folder: Path) -> dict[str, bytes]:
    names = ("corpus.tsv", "corpus.xliff", "reader.html")
    return {name: (folder / RESULTS / name).read_bytes() for name in names}


def test_a_person_corrects_by_keyboard_and_the_next_run_knows(
    article: Path, serve: Callable[..., Any], sit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(article, str(RESULTS))
    desk = sit(served)
    page = desk.page
    page.keyboard.press("Tab")  # the way past the bar
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("While his government stands accused.")
    desk.saved()
    page.keyboard.press("Control+Enter")  # and on to the next
    page.locator('.pair.open[aria-posinset="3"]').wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.locator(".pair.open.approved").wait_for()
    page.keyboard.press("c")
    page.keyboard.type("said so")
    page.keyboard.press("Enter")
    page.locator('.pair.open button[aria-pressed="true"]', has_text="Comment").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator(".pair.open.rejected").wait_for()
    page.keyboard.press("u")
    page.locator(".pair.rejected").wait_for(state="detached")
    page.keyboard.press("r")
    page.locator(".pair.rejected").wait_for()
    desk.until("document.getElementById('count').textContent.startsWith('3 of 18')")
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Write results").click()
    page.get_by_text(
        "Written, with 2 reviewed pairs, without 1 rejected. 2 corrections are new to the memory."
    ).wait_for()
    table = [line.split("\t") for line in (article / RESULTS / "corpus.tsv").read_text(encoding="utf-8").splitlines()]
    assert [row[2] for row in table if row[4] == "human"][:1] == ["While his government stands accused."]
    assert len(table) == 18  # the header, and all but the rejected pair
    xliff = (article / RESULTS / "corpus.xliff").read_text(encoding="utf-8")
    assert xliff.count('state="final"') == xliff.count('state="reviewed"') == 1
    assert "said so" in xliff
    after = outputs(article)
    assert served.end() == 0
    page.get_by_text("The review has ended.").wait_for()
    desk.context.close()
    desk.faults.clear()  # the browser tells of the connection that is gone
    monkeypatch.chdir(article)
    config = config_of(RESULTS)
    assert plan(config).outputs == ()
    assert run(config).counts["decoded"] == 0
    assert outputs(article) == after  # a second rerun, byte for byte
    with Memory.open("outputs/memory.sqlite") as memory:
        assert {(one.author, one.file) for one in memory.corrections()} == {("Ada", "review of calais-2018")}
        assert len(memory.corrections()) == 2


def test_what_was_taken_back_is_forgotten_and_what_is_only_for_its_place_stays_there(
    article: Path, serve: Callable[..., Any], sit: Callable[..., Any]
) -> None:
    desk = sit(serve(article, str(RESULTS)))
    desk.write(3, "Not good everywhere.")
    desk.tool("Only here")
    desk.page.locator('.pair.open button[aria-pressed="true"]', has_text="Only here").wait_for()
    desk.write(5, "Good everywhere.")
    for told in ("1 corrections are new", "1 were taken back"):
        desk.page.get_by_role("button", name="Finish").click()
        desk.page.get_by_role("button", name="Write results").click()
        desk.page.get_by_text(told).wait_for()
        desk.page.get_by_role("button", name="Go on reviewing").click()
        desk.page.get_by_role("button", name="Undo").click()
        desk.page.locator(".pair.edited").nth(1).wait_for(state="detached")
    corpus = (article / RESULTS / "corpus.tsv").read_text(encoding="utf-8")
    assert "Not good everywhere." in corpus
    assert "Good everywhere.\t" not in corpus.replace("Not good everywhere.", "")


def test_two_people_see_each_other_and_overwrite_nothing(
    article: Path, serve: Callable[..., Any], sit: Callable[..., Any]
) -> None:
    served = serve(article, str(RESULTS))
    ada, ben = sit(served), sit(served)
    ben.page.evaluate("localStorage.setItem('visavis-author', 'Ben')")
    ada.write(3, "Ada was here.")
    ben.page.locator(".pair.edited", has_text="Ada was here.").wait_for()
    held: list[Any] = []
    ben.page.route("**/api/act", lambda route: held.append(route))
    ben.open(4)
    ben.page.get_by_role("textbox", name="Translation").fill("Ben thinks so.")
    ben.page.wait_for_timeout(600)
    ada.write(4, "Ada thinks so.")
    held[0].continue_()
    ben.page.unroute("**/api/act")
    conflict = ben.page.locator(".conflict")
    conflict.get_by_text("Ada thinks so.").wait_for()
    assert ben.page.get_by_role("textbox", name="Translation").input_value() == "Ben thinks so."
    conflict.get_by_role("button", name="Keep mine").click()
    ben.saved()
    ada.until("document.querySelector('.pair.open .target textarea').value === 'Ben thinks so.'")
    ada.page.get_by_role("button", name="Undo").click()
    ada.page.get_by_text("Somebody has gone on from there").wait_for()


def test_a_kill_in_mid_edit_loses_nothing_that_was_typed_a_second_before(
    article: Path, serve: Callable[..., Any], sit: Callable[..., Any]
) -> None:
    served = serve(article, str(RESULTS))
    desk = sit(served)
    desk.open(3)
    desk.page.get_by_role("textbox", name="Translation").fill("")
    desk.page.keyboard.type("There he met people, and he goes on typ", delay=10)
    desk.page.wait_for_timeout(1_000)
    served.end(signal.SIGKILL)
    desk.page.keyboard.type("ing")
    desk.page.get_by_text("The review has ended, or cannot be reached").wait_for()
    desk.context.close()
    desk.faults.clear()  # the browser tells of the connection that is gone
    again = sit(serve(article, str(RESULTS)))
    assert ("There he met people, and he goes on typ") in [target for _, target in again.texts()]


def test_a_run_at_the_same_time_does_not_mix(article: Path, serve: Callable[..., Any], sit: Callable[..., Any]) -> None:
    desk = sit(serve(article, str(RESULTS)))
    desk.write(3, "There he met people.")
    command = [sys.executable, "-m", "pipeline", "run", str(ROOT / "configs" / "calais.yaml"), "-q"]
    environment = {"PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        [*command, "-c", "beam_size=1", "-c", "write=[tsv, xliff]"], cwd=article, env=environment
    )
    desk.write(5, "And he spoke of the police.")
    assert running.wait(120) in (0, 3)
    desk.page.get_by_role("button", name="Next doubt").click()
    desk.page.reload()
    desk.page.wait_for_selector(".pair")
    shown = dict(desk.texts())
    assert "There he met people." in shown.values()
    assert "And he spoke of the police." in shown.values()


def test_two_texts_are_paired_by_hand_and_it_lasts(
    tmp_path: Path, serve: Callable[..., Any], sit: Callable[..., Any]
) -> None:
    french = "Le gardien monte l'escalier.\nIl allume la lampe.\nLa mer est calme ce soir.\nPersonne ne vient.\n"
    english = "The keeper climbs the stairs.\nHe lights the lamp.\nThe sea is calm tonight.\nNobody comes.\n"
    (tmp_path / "a.fr.txt").write_text(french, encoding="utf-8")
    (tmp_path / "a.en.txt").write_text(english, encoding="utf-8")
    desk = sit(serve(tmp_path, "a.fr.txt", "a.en.txt"))
    before = desk.texts()
    assert before[0] == ("Le gardien monte l'escalier.", "The keeper climbs the stairs.")
    desk.open(1)
    desk.pairing("Merge", "with next")
    desk.until("document.querySelectorAll('.pair').length === 3")
    assert desk.texts()[0] == (
        "Le gardien monte l'escalier. Il allume la lampe.",
        "The keeper climbs the stairs. He lights the lamp.",
    )
    desk.pairing("Translation", "last sentence down")
    desk.until("document.querySelector('.pair textarea[aria-label=Translation]')?.value.endsWith('stairs.')")
    assert desk.texts()[1][1] == "He lights the lamp. The sea is calm tonight."
    desk.open(3)
    desk.pairing("Counterpart", "unpair")
    desk.until("document.querySelectorAll('.pair').length === 4")
    assert desk.texts()[2:] == [("Personne ne vient.", ""), ("", "Nobody comes.")]
    desk.page.get_by_role("button", name="Finish").click()
    desk.page.get_by_role("button", name="Write results").click()
    desk.page.get_by_text("Written, with").wait_for()
    desk.page.get_by_role("button", name="Go on reviewing").click()
    corpus = (tmp_path / "outputs" / "review-a.fr" / "corpus.tsv").read_text(encoding="utf-8")
    assert "He lights the lamp. The sea is calm tonight." in corpus
    for count in (3, 3, 4):
        desk.page.get_by_role("button", name="Undo").click()
        desk.until(f"document.querySelectorAll('.pair').length === {count}")
    assert desk.texts() == before
    desk.open(1)
    area = desk.page.get_by_role("textbox", name="Original")
    area.focus()
    area.evaluate("(area) => area.setSelectionRange(10, 10)")
    desk.page.keyboard.press("Alt+s")
    desk.until("document.querySelectorAll('.pair').length === 5")
    assert [pair[0] for pair in desk.texts()][:2] == ["Le gardien", "monte l'escalier."]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten thousand pairs, one in a hundred of which is doubtful."""
    folder = tmp_path_factory.mktemp("many")
    lines = ["id\tsource\ttarget\tscore\torigin\tflags\tdocument\n"]
    for i in range(1, 10_001):
        wrong = "numbers" if i % 100 == 0 else ""
        score = 0.3 if wrong else 0.99
        lines.append(
            f"d-x.b{i}.s1\tPhrase numéro {i}, assez longue.\tSentence number {i}.\t{score}\thuman\t{wrong}\td-x\n"
        )
    (folder / "corpus.tsv").write_text("".join(lines), encoding="utf-8")
    return folder


def test_ten_thousand_pairs(many: Path, serve: Callable[..., Any], sit: Callable[..., Any]) -> None:
    desk = sit(serve(many, "corpus.tsv"))
    page = desk.page
    desk.until("document.getElementById('count').textContent.includes('10,000')")
    assert page.locator(".pair").count() < 400
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator('.pair[aria-posinset="10000"]').wait_for()
    assert page.locator(".pair").count() < 400
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("button", name="Next doubt").click()
    page.locator('.pair.open[aria-posinset="100"]').wait_for()
    page.keyboard.press("Alt+n")
    page.locator('.pair.open[aria-posinset="200"]').wait_for()
    page.get_by_role("searchbox").fill(r"number 9\d\d\b")
    page.locator(".check").click()
    page.locator('.pair[aria-setsize="100"]').first.wait_for()
    page.get_by_role("combobox", name="Show").select_option("doubtful")
    page.locator('.pair[aria-setsize="1"]', has_text="Phrase numéro 900,").wait_for()
    page.get_by_role("searchbox").fill("(")
    page.get_by_text("no regular expression").wait_for()
    page.get_by_role("searchbox").fill("nothing of the kind")
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("combobox", name="Order").select_option("doubt")
    page.locator('.pair[aria-posinset="1"]', has_text="Phrase numéro 100,").wait_for()
    desk.write(1, "A better sentence.")
    page.get_by_role("combobox", name="Show").select_option("edited")
    page.locator('.pair[aria-setsize="1"]').wait_for()
    assert desk.texts() == [("Phrase numéro 100, assez longue.", "A better sentence.")]
    with page.expect_download() as download:
        page.get_by_role("button", name="Finish").click()
        page.get_by_text("Only what was reviewed, as a file").click()
        page.get_by_role("link", name="jsonl").click()
    (row,) = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert json.loads(row)["target"]["text"] == "A better sentence."


def test_helps(article: Path, serve: Callable[..., Any], sit: Callable[..., Any]) -> None:
    desk = sit(serve(article, str(RESULTS)))
    page = desk.page
    page.locator('.pair[aria-posinset="4"] .source').hover()
    word = page.locator('.pair[aria-posinset="4"] .source w', has_text="centre")
    word.wait_for()
    word.hover()
    page.locator('.pair[aria-posinset="4"] .target w.lit', has_text="centre").wait_for()
    desk.open(5)
    desk.tool("Alternatives")
    use = page.locator(".about li button").nth(1)
    use.wait_for(timeout=60_000)
    text = page.locator(".about li .text").nth(1).text_content()
    use.click()
    desk.saved()
    assert page.get_by_role("textbox", name="Translation").input_value() == text
    page.get_by_role("link", name="Read").click()
    page.locator(".p span").nth(3).click()
    page.get_by_role("link", name="Correct this pair").click()
    page.locator(".pair.open").wait_for()


def test_hostile_texts_stay_texts(tmp_path: Path, serve: Callable[..., Any], sit: Callable[..., Any]) -> None:
    texts = [
        '</textarea></script><script>window.pwned=1</script>', '<img src=x onerror="window.pwned=2">', "{{ 7*7 }}",
        "\u202eevlas\u202c", "javascript:window.pwned=3", "'\"`${7*7}",
    ]  # fmt: skip
    table = "".join(f"d-x.b{i}.s1\t{text}\t{text}\thuman\n" for i, text in enumerate(texts, start=1))
    (tmp_path / "corpus.tsv").write_text("id\tsource\ttarget\torigin\n" + table, encoding="utf-8")
    desk = sit(serve(tmp_path, "corpus.tsv"))
    assert [source for source, _ in desk.texts()] == texts
    for number in range(1, len(texts) + 1):
        desk.open(number)
    assert desk.page.evaluate("window.pwned") is None
    assert desk.page.locator("#pairs img, #pairs script").count() == 0


def test_no_violations_of_accessibility(
    article: Path, serve: Callable[..., Any], sit: Callable[..., Any], axe: str
) -> None:
    served = serve(article, str(RESULTS))
    for number, (scheme, width) in enumerate((scheme, width) for scheme in ("light", "dark") for width in (360, 1440)):
        desk = sit(served, color_scheme=scheme, has_touch=width == 360, viewport={"width": width, "height": 800})
        desk.page.evaluate(axe)
        _look_at_all(desk, touch=width == 360, text=f"There he met {number} people.")
        desk.context.close()


def _look_at_all(desk: Any, *, touch: bool, text: str) -> None:
    """Every state of the page, by axe-core."""
    page = desk.page

    def violations() -> list[str]:
        page.wait_for_timeout(100)
        found = page.evaluate("(tags) => axe.run({ runOnly: tags })", TAGS)["violations"]
        return [one["id"] + " " + node["html"] + node["failureSummary"] for one in found for node in one["nodes"]]

    assert violations() == []
    desk.pair(3).tap() if touch else desk.pair(3).click()
    page.get_by_role("textbox", name="Translation").fill(text)
    desk.saved()
    desk.tool("Pairing")
    desk.tool("Comment")
    page.locator(".remark textarea").fill(f"why {text}")
    assert violations() == []
    page.get_by_role("button", name="Keep").click()
    desk.open(4)
    desk.tool("Reject")
    page.locator(".pair.open .state", has_text="Ada").or_(page.locator(".pair.open:not(.rejected)")).first.wait_for()
    assert violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("Keys", "Finish"):
        page.get_by_role("button", name=name, exact=True).click()
        assert violations() == []
        page.keyboard.press("Escape")
    page.get_by_role("searchbox").fill("zzz")
    page.get_by_role("button", name="Show all").wait_for()
    assert violations() == []


def test_it_ends_cleanly_and_costs_nothing_while_nobody_asks(article: Path, serve: Callable[..., Any]) -> None:
    import time

    served = serve(article, str(RESULTS))
    time.sleep(1)

    def seconds() -> float:
        fields = Path(f"/proc/{served.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100

    before = seconds()
    time.sleep(2)
    assert seconds() - before < 0.2
    refused = subprocess.run(
        [sys.executable, "-m", "pipeline", "review", str(RESULTS), "--no-browser"],
        cwd=article, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "is being reviewed already" in refused.stderr
    assert served.end() == 0
    assert re.search(r"saved in .*review\.sqlite", served.log.read_text())
    assert not (article / RESULTS / "review.sqlite-wal").exists()


def test_a_job_that_reviews_nothing_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    for what in ("nowhere", ".", "a.docx"):
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "review", what, "--no-browser"],
            cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 2, done.stderr
