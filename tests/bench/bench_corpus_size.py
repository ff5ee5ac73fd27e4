"""How memory and time grow with the corpus: many files, one big file, many sentences; all from a warm memory.

    python tests/bench/bench_corpus_size.py files [5000] | bytes [100] | sentences [30000 300000]

Texts are generated; their sentences are put into the sentence memory first (under the keys that the product gives
them), so no model runs and what is measured is everything else. Prints seconds and peak memory of the run's process;
`sentences` also prints the ratio of the two peaks, which must stay under 1.1.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = ("phare", "gardien", "lampe", "mer", "soir", "bateau", "vent", "port", "route", "jardin", "livre", "lettre")
RUN = """
import json, resource, sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from pipeline.job import run
start = time.perf_counter()
report = run(Path(sys.argv[1]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"seconds": time.perf_counter() - start, "megabytes": peak, "counts": report.counts,
                   "timings": report.timings, "exit": report.exit_code}}))
"""


def sentences(count: int, seed: int = 1) -> Iterator[str]:
    """Sentences that are all different."""
    chosen = random.Random(seed)
    for number in range(count):
        yield f"Le {' '.join(chosen.choices(WORDS, k=16))} numéro {number}."


def paragraphs(texts: Iterator[str], size: int = 5) -> Iterator[str]:
    """Sentences as text, a few a paragraph."""
    for number, text in enumerate(texts, start=1):
        yield text + ("\n\n" if number % size == 0 else " ")


def remember(config: Path, texts: Iterator[str]) -> None:
    """Put translations of all sentences into the job's memory."""
    from pipeline.config import load_config
    from pipeline.job.equipment import equipped
    from pipeline.memory import Remembered
    from pipeline.text import Translation

    with equipped(load_config(config)) as equipment:
        assert equipment.memory is not None
        assert equipment.translator is not None
        rows = []
        for text in texts:
            made = Translation("The " + text[3:].replace("numéro", "number"), -0.5, 0.6)
            rows.append(Remembered(equipment.translator.key(text), made, text))
            if len(rows) == 10_000:
                equipment.memory.store(rows)
                rows = []
        equipment.memory.store(rows)


def job(folder: Path) -> Path:
    """A job file over `texts`."""
    (folder / "texts").mkdir(parents=True)
    config = folder / "job.yaml"
    config.write_text(
        f"name: size\ninputs: [texts]\nwrite: [tsv, jsonl]\noutput: {folder / 'out'}\n"
        f"memory: {folder / 'memory.sqlite'}\n",
        encoding="utf-8",
    )
    return config


def measure(config: Path, name: str) -> float:
    """Run the job in a process of its own; gives its peak memory in megabytes."""
    command = [sys.executable, "-c", RUN.format(root=str(ROOT)), str(config)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    facts = json.loads(done.stdout)
    counts = facts["counts"]
    assert counts["decoded"] == 0, f"{counts['decoded']} sentences went to the model; the memory did not hold them"
    rate = counts["sentences"] / facts["seconds"]
    print(
        f"{name}: {counts['documents']} documents, {counts['sentences']} sentences, {facts['seconds']:.1f} s"
        f" ({rate:.0f}/s), peak {facts['megabytes']:.0f} MB, {facts['timings']}",
        flush=True,
    )
    return float(facts["megabytes"])


def files(count: int, folder: Path) -> None:
    """Many small files."""
    config = job(folder)
    texts = list(sentences(count * 6))
    for number in range(count):
        text = "".join(paragraphs(iter(texts[number * 6 : number * 6 + 6]), size=3))
        (folder / "texts" / f"t{number:05}.txt").write_text(text, encoding="utf-8")
    remember(config, iter(texts))
    measure(config, f"{count} files")
    measure(config, f"{count} files again")


def big(megabytes: int, folder: Path) -> None:
    """One big file."""
    config, count = job(folder), megabytes * 1_000_000 // 120
    with (folder / "texts" / "big.txt").open("w", encoding="utf-8") as stream:
        stream.writelines(paragraphs(sentences(count)))
    remember(config, sentences(count))
    measure(config, f"{megabytes} MB in one file")


def many(counts: list[int], folder: Path) -> None:
    """Corpora of different size, in files of 3,000 sentences."""
    peaks = []
    for count in counts:
        config = job(folder / str(count))
        for number in range(0, count, 3000):
            size = min(3000, count - number)
            text = "".join(paragraphs(sentences(size, seed=number)))
            (folder / str(count) / "texts" / f"t{number:07}.txt").write_text(text, encoding="utf-8")
            remember(config, sentences(size, seed=number))
        peaks.append(measure(config, f"{count} sentences"))
    print(f"peak of the largest against the smallest: {peaks[-1] / peaks[0]:.2f} (under 1.1 is right)")


def main(arguments: list[str]) -> None:
    """Measure what was asked for."""
    sys.path.insert(0, str(ROOT))
    kind, numbers = arguments[0], [int(one) for one in arguments[1:]]
    with tempfile.TemporaryDirectory() as folder:
        if kind == "files":
            files(*(numbers or [5000]), Path(folder))
        elif kind == "bytes":
            big(*(numbers or [100]), Path(folder))
        else:
            many(numbers or [30_000, 300_000], Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
