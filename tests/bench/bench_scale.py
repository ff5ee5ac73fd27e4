"""A job by size and by workers, here and on Ray: throughput, cost a sentence besides decoding, memory, first result.

    python tests/bench/bench_scale.py [--sizes 10000 100000] [--workers 1 2] [--real 500] [--cost 0.5]

The sentences are made of words, each another; a stub that takes `--cost` milliseconds a sentence stands for the model,
the built-in model itself for `--real` sentences. Each run is a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE.parents[1])])

from pipeline.job.runners.work import Worker  # noqa: E402

DICTIONARY = """
    la=the mer=sea est=is calme=calm ce=this soir=evening le=the phare=lighthouse brille=shines un=a vers=towards
    gardien=keeper monte=climbs lampe=lamp et=and allume=lights tout=all matin=morning port=harbour bateau=boat
    vent=wind ciel=sky rue=street maison=house femme=woman homme=man enfant=child livre=book table=table
    porte=door jardin=garden arbre=tree route=road ville=town train=train lettre=letter chemin=path voix=voice
    main=hand regard=look
"""
WORDS = dict(pair.split("=") for pair in DICTIONARY.split())
DOCUMENT = 500  # sentences of a document


def sentences(count: int) -> Iterator[str]:
    chosen = random.Random(5)
    for number in range(count):
        yield f"{' '.join(chosen.choices(list(WORDS), k=chosen.randint(6, 24))).capitalize()} {number}."


class Stub:
    """An engine of fixed cost: word for word, so that the checks have as little to say as of a real translation."""

    def decode(self, batches: Iterable[Sequence[tuple[str, ...]]], decoding: object) -> Iterator[list[Any]]:
        from pipeline.translate.engine import Hypothesis

        cost = float(os.environ["BENCH_COST"]) / 1000
        for batch in batches:
            time.sleep(cost * len(batch))
            yield [[Hypothesis(english(one[:-1]), -0.5, False)] for one in batch]


def english(pieces: Sequence[str]) -> tuple[str, ...]:
    """The pieces of a sentence with their words in English."""
    words = "".join(pieces).replace("▁", " ").split()
    found = [WORDS.get(word.lower(), word) for word in words]
    return ("▁" + "▁".join([found[0].capitalize(), *found[1:]]),)


class StubWorker(Worker):
    """A worker with the stub."""

    def __init__(self) -> None:
        super().__init__()
        use_stub()


def use_stub() -> None:
    from pipeline.translate import decoder

    decoder._load = lambda *_: Stub()  # type: ignore[assignment]


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one(folder: Path, count: int, on: str, workers: int, *, real: bool) -> dict[str, Any]:
    """One run, in this process."""
    from bench_scale import StubWorker as Shared  # by its own name, as workers import it

    from pipeline.config import load_config
    from pipeline.job import run
    from pipeline.job.runners import crewed, processes

    if not real:
        use_stub()
        crewed.Process = partial(processes.Process, worker="bench_scale:StubWorker")  # type: ignore[misc,assignment]
        running = import_module("pipeline.job.run")
        running.run_crewed = partial(crewed.run_crewed, worker=Shared)  # type: ignore[attr-defined]
    texts = folder / "texts"
    texts.mkdir(parents=True)
    made = list(sentences(count))
    for start in range(0, count, DOCUMENT):
        (texts / f"{start:08}.txt").write_text("\n\n".join(made[start : start + DOCUMENT]), encoding="utf-8")
    path = folder / "job.yaml"
    path.write_text(
        f"name: scale\ninputs: [texts]\nwrite: [tsv]\noutput: {folder / 'out'}\nmemory: {folder / 'memory.sqlite'}\n"
        f"threads: 1\nrunner: {{on: {on}, workers: {workers}}}\n"
    )
    first: list[float] = []
    start = time.perf_counter()

    def heard(event: Any) -> None:
        if event.document and not first:
            first.append(time.perf_counter() - start)

    report = run(load_config(path), on_event=heard)
    seconds = time.perf_counter() - start
    cpu = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    corpus = (folder / "out" / "corpus.tsv").read_bytes()
    import hashlib

    return {
        "sentences": report.counts["sentences"], "on": on, "workers": workers, "seconds": round(seconds, 1),
        "rate": round(count / seconds, 1), "first": round(first[0], 1), "driver_cpu_ms": round(1000 * cpu / count, 3),
        "driver_mb": round(peak()),
        "children_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "decoded": report.counts["decoded"], "corpus": hashlib.sha256(corpus).hexdigest()[:12],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--on", nargs="*", default=["here", "ray"])
    parser.add_argument("--real", type=int, default=500)
    parser.add_argument("--cost", type=float, default=0.5)
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        count, on, workers, real = given.one
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(one(Path(folder), int(count), on, int(workers), real=real == "real")))
        return
    for kind, sizes in (("real", [given.real] if given.real else []), ("stub", given.sizes)):
        for size in sizes:
            for on in given.on:
                for workers in given.workers:
                    command = [sys.executable, __file__, "--one", str(size), on, str(workers), kind]
                    environment = {**os.environ, "BENCH_COST": str(given.cost)}
                    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
                    print(kind, done.stdout.strip() or done.stderr[-500:], flush=True)


if __name__ == "__main__":
    main()
