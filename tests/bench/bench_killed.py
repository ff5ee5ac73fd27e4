"""Sixty kills: a job is killed at random moments and run again; what it writes must be that of an unbroken run.

    python tests/bench/bench_killed.py [KILLS]

The job makes corpora (Parquet too), books (a PDF too), documents in their own form and files of what was reviewed. A
moment is the n-th call of a function of ours, so every phase is hit. Prints how many kills hit, in which room, and how
many resumed runs gave other bytes; the exit code is 1 if any did.

Processes are forked from this one after it has run such a job itself, so that all is imported and read: starting anew
took most of the time. Threads are not inherited; one is all that OpenMP may have.
"""

from __future__ import annotations

import faulthandler
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[2]
PACKAGE = str(ROOT / "pipeline") + os.sep
TEXT = "Le gardien monte l'escalier. Il allume la lampe.\n\nLa mer est calme ce soir.\n"
PAGE = "<!DOCTYPE html><html lang='fr'><body><h1>Le phare</h1><p>Le gardien <b>dort</b>.</p></body></html>\n"
SETTINGS = "name: killed\ninputs: [texts]\nbeam_size: 1\nbook: [html, epub, pdf]\n"
SETTINGS += "write: [tsv, jsonl, tmx, moses, xliff, parquet, pharaoh, document]\n"
sys.path.insert(0, str(ROOT))
os.environ["OMP_NUM_THREADS"] = "1"
STUCK = 600  # seconds after which a process tells where it is, and ends
OWN = {"report.json", "report.html", "manifest.json", "log.jsonl"}  # what tells of a run, not of the texts


def make(folder: Path, review: Path | None = None) -> Path:
    """A job of three documents, some of whose pairs are reviewed."""
    import docx

    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "phare.txt").write_text(TEXT, encoding="utf-8")
    (folder / "texts" / "page.html").write_text(PAGE, encoding="utf-8")
    letter = docx.Document()
    letter.add_paragraph("Il pleut ").add_run("sur la mer").italic = True
    packed, timeless = io.BytesIO(), zipfile.ZipFile(folder / "texts" / "letter.docx", "w")
    letter.save(packed)
    with timeless, zipfile.ZipFile(packed) as parts:  # the library writes the time into it
        for name in parts.namelist():
            timeless.writestr(zipfile.ZipInfo(name), parts.read(name))
    if review is not None:
        (folder / "out").mkdir()
        shutil.copy(review, folder / "out" / "review.sqlite")
    config = folder / "job.yaml"
    config.write_text(f"{SETTINGS}output: {folder / 'out'}\nmemory: {folder / 'memory.sqlite'}\n", encoding="utf-8")
    return config


def decide(config: Path, review: Path) -> None:
    """Decide something of the first document's pairs: one edited, one rejected."""
    from pipeline.job.staging import Staging
    from pipeline.revision import Decision, Revision, run_at

    made = Staging(config.parent / "out").load("d-phare")
    choices = ({"target_text": "The keeper climbs."}, {"status": "rejected", "comment": "no"})
    with Revision.open(review) as store:
        for place, what in enumerate(choices):
            decision = Decision(run_at(made.source_sentences, place, place + 1), author="Ada", **what)
            store.change("d-phare", (), [decision], author="Ada", made=1.0)


def drive(config: Path, *, moment: int = 0, count: bool = False) -> str:
    """Run the job in a process that kills itself at this moment; the room it died in, or the number of its moments."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _run(config, moment, writing, count=count)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    if status not in (0, signal.SIGKILL):
        raise RuntimeError(f"{config}: the job ended with {status}: {said}")
    return said


def _run(config: Path, moment: int, told: int, *, count: bool) -> None:
    """Run the job in this process, and end it."""
    from pipeline.config import load_config
    from pipeline.job import run

    calls = 0
    faulthandler.dump_traceback_later(STUCK, exit=True)

    def watch(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        ours = event == "call" and frame.f_code.co_filename.startswith(PACKAGE)
        if not ours or frame.f_code.co_name == "<module>":
            return
        calls += 1
        if calls == moment:
            os.write(told, Path(frame.f_code.co_filename.removeprefix(PACKAGE)).parts[0].encode())
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        loaded = load_config(config)
        if moment or count:
            sys.settrace(watch)
        run(loaded)
        sys.settrace(None)
        os.write(told, str(calls).encode() if count else b"")
    except BaseException:
        os.write(told, traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)


def results(config: Path) -> dict[str, bytes]:
    """All that a job has written but what tells of the run itself; the review's store is an input."""
    out = config.parent / "out"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".work" not in path.parts and path.name not in OWN and "review.sqlite" not in path.name
    }


def main(kills: int) -> int:
    """Kill, resume, compare."""
    from pipeline.config import load_config
    from pipeline.job import run

    chosen, rooms, wrong, started = random.Random(60), Counter[str](), 0, time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        review = Path(home) / "review.sqlite"
        first = make(Path(home) / "first")
        run(load_config(first))  # and converts the model, if that has not been done yet
        decide(first, review)
        unbroken = make(Path(home) / "unbroken", review)
        moments = int(drive(unbroken, count=True))
        expected = results(unbroken)
        print(f"{len(expected)} files, {moments} moments; {time.monotonic() - started:.0f} s", flush=True)
        for number in range(kills):
            config = make(Path(home) / str(number), review)
            died = drive(config, moment=chosen.randrange(1, moments))
            rooms[died] += bool(died)
            broken = [name for name, content in results(config).items() if expected.get(name) != content]
            drive(config)
            after = results(config)
            broken += [name for name in {*expected, *after} if expected.get(name) != after.get(name)]
            wrong += bool(broken)
            print(f"{number + 1} of {kills}: {died or 'not hit'} {' '.join(broken)}", flush=True)
            shutil.rmtree(config.parent)
    hit = ", ".join(f"{room} {count}" for room, count in sorted(rooms.items()) if count)
    print(f"{kills} kills over {moments} moments, {time.monotonic() - started:.0f} s; hit: {hit}; "
          f"{wrong} resumed runs differ (0 is right)")  # fmt: skip
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
