"""Sixty kills: a job is killed at random moments and run again; corpus and books must be those of an unbroken run.

    python tests/bench/bench_killed.py [KILLS]

A moment is the n-th call of a function of ours, so every phase is hit. Prints how many kills hit, and how many
resumed runs gave other bytes; the exit code is 1 if any did.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
DRIVER = ROOT / "tests" / "job" / "killed_run.py"
TEXT = "Le gardien monte l'escalier. Il allume la lampe.\n\nLa mer est calme ce soir.\n"
SETTINGS = "name: killed\ninputs: [texts]\nbeam_size: 1\nwrite: [tsv, jsonl, tmx, moses]\nbook: [html, epub]\n"


def make(folder: Path) -> Path:
    """A job of three documents."""
    (folder / "texts").mkdir(parents=True)
    for number in range(3):
        text = TEXT + f"\nLe jour {number + 2} se lève.\n"
        (folder / "texts" / f"t{number}.txt").write_text(text, encoding="utf-8")
    config = folder / "job.yaml"
    config.write_text(f"{SETTINGS}output: {folder / 'out'}\nmemory: {folder / 'memory.sqlite'}\n", encoding="utf-8")
    return config


def drive(config: Path, moment: int) -> subprocess.CompletedProcess[str]:
    """Run the job in a process that kills itself at this moment; 0 for never."""
    command = [sys.executable, str(DRIVER), str(config), str(moment)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def results(config: Path) -> dict[str, bytes]:
    """Corpus files and books."""
    out = config.parent / "out"
    own = {"report.json", "report.html", "manifest.json", "log.jsonl"}
    files = (path for path in out.rglob("*") if path.is_file() and ".work" not in path.parts and path.name not in own)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def main(kills: int) -> int:
    """Kill, resume, compare."""
    chosen, hit, wrong = random.Random(60), 0, 0
    with tempfile.TemporaryDirectory() as home:
        unbroken = make(Path(home) / "unbroken")
        drive(unbroken, 0)  # converts the model, if that has not been done yet
        expected = results(unbroken)
        counted = make(Path(home) / "counted")
        moments = int(drive(counted, 0).stdout)
        for number in range(kills):
            config = make(Path(home) / str(number))
            hit += drive(config, chosen.randrange(1, moments)).returncode != 0
            half = {name for name, content in results(config).items() if expected.get(name) != content}
            drive(config, 0)
            wrong += bool(half) or results(config) != expected
    print(f"{kills} kills over {moments} moments: {hit} hit, {wrong} resumed runs differ (0 is right)")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
