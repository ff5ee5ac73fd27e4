"""A job by size and by workers, here and on Ray: start-up, throughput, the driver's cost a sentence, memory.

    python tests/bench/bench_scale.py [--kinds real stub bare] [--sizes 10000 100000] [--workers 1 2] [--on here ray]

The sentences are made of words, each another. Kinds: `real`, the built-in model, for `--real` sentences; `stub`, an
engine that takes `--cost` milliseconds a sentence, all else as it is; `bare`, workers that take `--cost` milliseconds a
sentence for all that they do, so that the driver shows. One worker here is this process alone: no bare kind. Each
run is a process of its own; `start` is when the first sentence came back, `rate` counts from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from itertools import islice, product
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE.parents[1])])

from pipeline.job.runners.work import Decode, Done, Outcome, Task, Worker  # noqa: E402

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

    width = 1

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


class BareWorker(Worker):
    """A worker of fixed cost, whatever the checks and the splitter would cost."""

    def do(self, task: Task) -> Done:
        from pipeline.text import Candidate, Span, Translation, Try

        assert isinstance(task, Decode)
        time.sleep(float(os.environ["BENCH_COST"]) / 1000 * len(task.texts))
        outcomes = []
        for source in task.texts:
            text = english(["▁" + word for word in source.split()])[0].replace("▁", " ").strip()
            tries = (Try("plain", (Candidate(text, -0.5),)),)
            outcomes.append(Outcome(tries, (), Translation(text, -0.5, 0.6065), (), (Span(0, len(text)),)))
        return Done(outcomes)


def use_stub() -> None:
    from pipeline.translate import decoder

    decoder._load = lambda *_: Stub()  # type: ignore[assignment]


def use_workers(kind: str) -> None:
    """Have workers of this kind hired."""
    import bench_scale  # by its own name, as workers import it

    from pipeline.job.runners import crewed, processes

    name = {"stub": "StubWorker", "bare": "BareWorker"}[kind]
    crewed.Process = partial(processes.Process, worker=f"bench_scale:{name}")  # type: ignore[misc,assignment]
    running = import_module("pipeline.job.run")
    running.run_crewed = partial(crewed.run_crewed, worker=getattr(bench_scale, name))  # type: ignore[attr-defined]


@dataclass
class Watch:
    """The most memory of each process below this one, as long as it is there."""

    peaks: dict[int, tuple[bool, float]] = field(default_factory=dict)  # whether it is a worker, MiB

    def run(self, over: threading.Event) -> None:
        while not over.wait(0.5):
            with suppress(OSError, ValueError):
                self.look()

    def look(self) -> None:
        parents = {int(one.name): one for one in Path("/proc").iterdir() if one.name.isdigit()}
        above = {}
        for pid, folder in parents.items():
            with suppress(OSError, ValueError, IndexError):
                above[pid] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        for pid in above:
            if pid != os.getpid() and os.getpid() in ancestors(pid, above):
                with suppress(OSError, IndexError):
                    line = (parents[pid] / "cmdline").read_bytes()
                    status = (parents[pid] / "status").read_text().partition("VmHWM:")[2]
                    worker = b"runners.processes" in line or line.startswith(
                        (b"ray::Stub", b"ray::Bare", b"ray::Worker")
                    )
                    self.peaks[pid] = worker, int(status.split()[0]) / 1024

    def most(self) -> dict[str, int]:
        """The largest worker, and all else together: Ray's own processes."""
        workers = [size for worker, size in self.peaks.values() if worker]
        return {
            "worker_mb": round(max(workers, default=0)),
            "ray_mb": round(sum(size for worker, size in self.peaks.values() if not worker)),
        }


def ancestors(pid: int, above: dict[int, int]) -> list[int]:
    found = []
    while (pid := above.get(pid, 0)) and pid not in found:
        found.append(pid)
    return found


@dataclass
class Heard:
    """When the first sentence came back, and the first document."""

    began: float = field(default_factory=time.perf_counter)
    sentence: float = 0.0
    before: int = 0  # sentences that were back then
    document: float = 0.0

    def __call__(self, event: Any) -> None:
        now = time.perf_counter() - self.began
        if event.done and not self.sentence:
            self.sentence, self.before = now, event.done
        if event.document and not self.document:
            self.document = now


def measured(act: Callable[[Heard], Any], count: int) -> tuple[Any, dict[str, Any]]:
    """What `act` gives, and what it took."""
    watch, over, heard = Watch(), threading.Event(), Heard()
    watching = threading.Thread(target=watch.run, args=[over], daemon=True)
    watching.start()
    cpu = time.process_time()
    result = act(heard)
    seconds = time.perf_counter() - heard.began
    cpu = time.process_time() - cpu
    over.set()
    watching.join()
    rest = max(1e-9, seconds - heard.sentence)
    return result, {
        "seconds": round(seconds, 1),
        "start": round(heard.sentence, 1),
        "first_document": round(heard.document, 1),
        "rate": round((count - heard.before) / rest, 1),
        "driver_cpu_ms": round(1000 * cpu / count, 3),
        "driver_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **watch.most(),
    }


def prepared(folder: Path, count: int, on: str, workers: int) -> Path:
    """A job file with its texts."""
    texts = folder / "texts"
    texts.mkdir(parents=True)
    made = sentences(count)
    for start in range(0, count, DOCUMENT):
        (texts / f"{start:08}.txt").write_text("\n\n".join(islice(made, DOCUMENT)), encoding="utf-8")
    path = folder / "job.yaml"
    path.write_text(
        f"name: scale\ninputs: [texts]\nwrite: [tsv]\noutput: {folder / 'out'}\nmemory: {folder / 'memory.sqlite'}\n"
        f"threads: 1\nrunner: {{on: {on}, workers: {workers}}}\n"
    )
    return path


def one(folder: Path, count: int, on: str, workers: int, kind: str) -> dict[str, Any]:
    """One run, in this process."""
    from pipeline.config import load_config
    from pipeline.job import run

    if kind != "real":
        use_stub()
        use_workers(kind)
    path = prepared(folder, count, on, workers)
    report, figures = measured(lambda heard: run(load_config(path), on_event=heard), count)
    corpus = hashlib.sha256((folder / "out" / "corpus.tsv").read_bytes()).hexdigest()[:12]
    counts = {name: report.counts[name] for name in ("sentences", "decoded", "flagged")}
    return {
        "kind": kind,
        "on": on,
        "workers": workers,
        **counts,
        **figures,
        "timings": report.timings,
        "corpus": corpus,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="*", choices=["real", "stub", "bare"], default=["real", "stub", "bare"])
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--on", nargs="*", default=["here", "ray"])
    parser.add_argument("--real", type=int, default=500)
    parser.add_argument("--cost", type=float, default=0.5)
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        count, on, workers, kind = given.one
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(one(Path(folder), int(count), on, int(workers), kind)))
        return
    runs = [(k, size) for k in given.kinds for size in ([given.real] if k == "real" else given.sizes)]
    for (kind, size), on, workers in product(runs, given.on, given.workers):
        if kind == "bare" and on == "here" and workers == 1:
            continue
        command = [sys.executable, __file__, "--one", str(size), on, str(workers), kind]
        environment = {**os.environ, "BENCH_COST": str(given.cost)}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        print(done.stdout.strip() or done.stderr[-500:], flush=True)


if __name__ == "__main__":
    main()
