"""One shard = n shards = no crew, byte for byte; workers that are lost, late or of another kind change nothing."""

from __future__ import annotations

import itertools
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check import Judge
from pipeline.documents.judging import judge_between
from pipeline.errors import ModelError
from pipeline.job.runners import afar, crewed, processes
from pipeline.job.runners.crew import MOST_LOSSES, Gone, Lost
from pipeline.job.runners.work import Brief, Done, Outcome, Task, Worker
from pipeline.text import MACHINE, Note, Translation
from pipeline.translate.engine import Hypothesis

WORDS = "la mer est calme ce soir le phare brille un gardien monte vers lampe et allume tout"


class Stub:
    """An engine that costs nothing: it gives back what comes in, in capitals and sorted."""

    width = 1

    def decode(self, batches: Iterable[Sequence[tuple[str, ...]]], decoding: object) -> Iterator[list[object]]:
        for batch in batches:
            yield [[Hypothesis(tuple(sorted(one[:-1])) or ("▁x",), -0.01 * len(one), False)] for one in batch]


class Thread(Worker):
    """A worker in this process, that is lost at some of its calls."""

    lost: Iterator[bool] = itertools.repeat(False)
    ids: set[int] = set()

    def do(self, task: Task) -> Done:
        if next(type(self).lost, False):
            raise Gone("killed")
        Thread.ids.add(threading.get_ident())
        return super().do(task)

    def dismiss(self) -> None:
        pass


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stub in place of the model, and workers in threads."""
    monkeypatch.setattr("pipeline.translate.decoder._load", lambda *_: Stub())
    monkeypatch.setattr(crewed, "Process", lambda threads: Thread())
    Thread.lost = itertools.repeat(False)


def outcome(job, *overrides: str) -> tuple[dict[str, bytes], dict[str, int]]:
    """The results of a run with nothing done before, and what its report counts."""
    for path in (*job.folder.glob("memory.sqlite*"), *job.results.rglob("*")):
        if path.is_file():
            path.unlink()
    report = job.run(*overrides)
    assert report.exit_code == 0, report.failures
    return job.corpus(), report.counts


def sentence(number: int) -> str:
    words = [WORDS.split()[(number * 7 + i * (1 + number % 5)) % 17] for i in range(3 + number % 11)]
    return f"{' '.join(words).capitalize()} {number % 97}."


@pytest.mark.usefixtures("stub")
@settings(max_examples=5)
@given(
    counts=st.lists(st.integers(0, 60), min_size=1, max_size=6),
    largest=st.integers(1, 40),
    workers=st.integers(2, 5),
    window=st.sampled_from([7, 50, 8192]),
    memory=st.booleans(),
    lost=st.lists(st.booleans(), max_size=3),
)
def test_one_shard_is_n_shards_is_no_crew(
    job, monkeypatch, counts: list[int], largest: int, workers: int, window: int, memory: bool, lost: list[bool]
) -> None:
    for path in job.texts.iterdir():
        path.unlink()
    for number, count in enumerate(counts):
        job.write(f"{number}.txt", "\n\n".join(sentence(i) for i in range(number * 20, number * 20 + count)) or "Fin.")
    job.settings |= {"write": "[tsv, jsonl]", "book": "[]"}
    no_memory = () if memory else ("memory=false",)
    with monkeypatch.context() as patch:
        patch.setattr(afar, "LARGEST", largest)
        patch.setattr(afar, "SMALLEST", 1)
        patch.setattr("pipeline.job.equipment.options_of", with_window(window))
        alone = outcome(job, *no_memory)
        Thread.lost = iter(lost)
        assert outcome(job, f"runner.workers={workers}", *no_memory) == alone


def with_window(window: int):
    from pipeline.job.equipment import options_of

    return lambda config: replace(options_of(config), look_ahead=window)


@pytest.mark.usefixtures("stub")
def test_a_sentence_of_an_earlier_window_is_not_decoded_again(job, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.job.equipment.options_of", with_window(2))
    job.write("a.txt", "\n\n".join(["Le phare brille.", "La mer est calme."] * 4))
    for memory in ((), ("memory=false",)):
        _, counts = outcome(job, "inputs=[texts/a.txt]", *memory)
        assert counts["decoded"] == 2


@pytest.mark.usefixtures("stub")
def test_what_was_done_needs_no_worker(job, monkeypatch) -> None:
    job.run("runner.workers=2")
    monkeypatch.setattr(crewed, "Process", lambda threads: pytest.fail("a worker was hired"))
    assert job.run("runner.workers=2").counts["decoded"] == 0
    job.run("runner.workers=2", "title=Other")
    for path in (job.results / ".work" / "documents").iterdir():
        path.unlink()
    assert job.run("runner.workers=2").counts["decoded"] == 0  # all of it is remembered


@pytest.mark.usefixtures("stub")
def test_a_task_that_costs_worker_after_worker_ends_the_run(job) -> None:
    Thread.lost = itertools.repeat(True)
    with pytest.raises(Lost, match=rf"cost {MOST_LOSSES} workers"):
        job.run("runner.workers=2")


class Older(Thread):
    """A worker of another version."""

    def hello(self) -> dict[str, str]:
        return super().hello() | {"version": "0.0.1"}


class Otherwise(Thread):
    """A worker with another model."""

    def equip(self, brief: Brief) -> dict[str, str]:
        return super().equip(brief) | {"model": "other"}


class Without(Thread):
    """A worker that has not the model."""

    def equip(self, brief: Brief) -> dict[str, str]:
        raise ModelError("the model is not here", "Fetch it.")


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize(
    ("kind", "problem"),
    [(Older, "another version: version 0.0.1"), (Otherwise, "otherwise: model other"), (Without, "model is not here")],
)
def test_workers_of_another_kind_are_refused_by_digest(job, monkeypatch, kind: type[Thread], problem: str) -> None:
    alone = outcome(job)
    kinds = itertools.chain([kind], itertools.repeat(Thread))
    monkeypatch.setattr(crewed, "Process", lambda threads: next(kinds)())
    assert outcome(job, "runner.workers=2") == alone  # the others do the work
    monkeypatch.setattr(crewed, "Process", lambda threads: kind())
    with pytest.raises(ModelError, match=rf"no worker can be used: .*{problem}"):
        outcome(job, "runner.workers=2")


@pytest.fixture
def pairs(job):
    """A job that aligns several documents."""
    for name in ("a", "b", "c"):
        job.write(f"{name}.fr.txt", f"Le phare {name}\n\nLe gardien monte l'escalier. Il allume la lampe.\n")
        job.write(f"{name}.en.txt", f"The lighthouse {name}\n\nThe keeper climbs the stairs. He lights the lamp.\n")
    job.settings |= {"inputs": "[texts/*.fr.txt]", "target": "[texts/*.en.txt]", "write": "[tsv, jsonl]", "book": "[]"}
    (job.texts / "marché.fr.txt").unlink()
    return job


def test_several_documents_are_aligned_at_once(pairs, monkeypatch) -> None:
    alone = outcome(pairs)
    monkeypatch.setattr(crewed, "Process", lambda threads: Thread())
    Thread.lost = iter([True, False, True])
    assert outcome(pairs, "runner.workers=3") == alone
    pairs.write("b.en.txt", b"%PDF-1.4 no text")
    report = pairs.run("runner.workers=3")
    assert [failure.path for failure in report.failures] == ["b.en.txt"] or len(report.failures) == 1


@pytest.mark.slow
@pytest.mark.usefixtures("engine_ready")
def test_processes_that_are_killed_change_nothing(job, monkeypatch) -> None:
    for number in range(3):
        job.write(f"n{number}.txt", "\n\n".join(sentence(i) for i in range(number * 20, number * 20 + 20)))
    alone = outcome(job)
    monkeypatch.setattr(afar, "LARGEST", 8)
    monkeypatch.setattr(afar, "SMALLEST", 1)
    killed = killing(monkeypatch, processes.Process, lambda hand: os.kill(hand.pid, signal.SIGKILL), 3)
    assert outcome(job, "runner.workers=2") == alone
    assert len(killed) == 3


def killing(monkeypatch, kind: type, kill, times: int) -> list[int]:
    """Kill a worker a moment after it was given a task, every second task, so many times."""
    done: list[int] = []
    calls = itertools.count()
    real = kind.do

    def do(hand, task: Task) -> Done:
        if next(calls) % 2 == 1 and len(done) < times:
            done.append(1)
            timer = threading.Timer(0.05, kill, [hand])
            timer.start()
            time.sleep(0.1)
        return real(hand, task)

    monkeypatch.setattr(kind, "do", do)
    return done


class Halving(Stub):
    """An engine that leaves out what stands after the middle, as the checks notice."""

    def decode(self, batches: Iterable[Sequence[tuple[str, ...]]], decoding: object) -> Iterator[list[object]]:
        for batch in batches:
            yield [[Hypothesis(one[: len(one) // 2], -0.5, False)] for one in batch]


def test_workers_try_again_what_would_be_tried_again_here_and_nothing_else(job, stub, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.translate.decoder._load", lambda *_: Halving())
    long = "Le gardien du phare monte lentement le grand escalier de pierre pour allumer la lampe avant la nuit. "
    job.write("long.txt", long + "Les bateaux rentrent au port avec le vent du soir et les hommes chantent tout bas.")
    assert outcome(job, "runner.workers=2") == outcome(job)


@pytest.mark.usefixtures("stub")
def test_what_workers_found_is_not_looked_for_again(job, monkeypatch) -> None:
    judged: list[str] = []
    ours = threading.get_ident()
    real = Judge.__call__

    def call(self: Judge, source: str, *given: object) -> object:
        if threading.get_ident() == ours:
            judged.append(source)
        return real(self, source, *given)

    monkeypatch.setattr(Judge, "__call__", call)
    monkeypatch.setattr("pipeline.documents.translating.split_sentences", here_only(ours))
    job.write("a.txt", "\n\n".join(sentence(number) for number in range(30)))
    outcome(job, "inputs=[texts/a.txt]", "runner.workers=2")
    assert judged == []


def here_only(thread: int):
    from pipeline.split import split_sentences

    def split(text: str, language: str) -> object:
        assert threading.get_ident() != thread, "what a worker split was split again"
        return split_sentences(text, language)

    return split


def test_a_judge_that_knows_judges_as_before() -> None:
    judge, found = judge_between("fr", "en"), afar.Findings()
    knowing = afar.Knowing(judge, found)
    source, made = "Il a 12 ans et 3 chiens.", Translation("He is 13 years old.", notes=(Note("recased"),))
    notes = (Note("recased"), MACHINE)
    assert knowing(source, made.text, notes) == judge(source, made.text, notes) != ()
    found.add(source, Outcome((), (), made, (), ()))
    assert knowing(source, made.text, notes) == ()
    assert knowing(source, made.text) == judge(source, made.text)  # of a person it would say other things
    assert (knowing.noted(()), knowing.unpaired()) == (judge.noted(()), judge.unpaired())
