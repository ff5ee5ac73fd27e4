"""Word links against eflomal in the same run: alignment error rate and time.

    python tests/bench/bench_words.py GOLD [--text TEXT --eflomal ENV/bin/eflomal-align] [--most 100000]

GOLD holds folders NAME/{doc.fr,doc.en,doc.gold}: tokenised lines, links `i-j` (sure) and `ipj` (possible). TEXT holds
lines `french ||| english` for eflomal to learn from beside the sentences themselves, as `make_lexicon.py text` writes
them. eflomal (Ostling & Tiedemann 2016) is GPL and no part of this project; in an environment of its own:

    python -m venv ENV && ENV/bin/pip install eflomal

Processor time is that of this process and its children, so eflomal's is that of learning and linking together.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from itertools import islice
from pathlib import Path

from fit_words import read

from pipeline.words import align_words
from pipeline.words.tokens import folded
from pipeline.words.ways import OF_LEXICON

AROUND = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]


def spent():
    clock = os.times()
    return sum(clock[:4])


def scored(made, gold):
    """AER, precision, recall in percent (Och & Ney 2003)."""
    links = sum(map(len, made))
    sures = sum(len(sure) for sure, _ in gold)
    sure_hits = sum(len(one & sure) for one, (sure, _) in zip(made, gold, strict=True))
    hits = sum(len(one & possible) for one, (_, possible) in zip(made, gold, strict=True))
    return 100 * (1 - (sure_hits + hits) / max(1, links + sures)), 100 * hits / max(1, links), 100 * sure_hits / sures


def ours(documents, way):
    align_words([["un"]], [["a"]], way=way)  # what is loaded once is not counted
    return {
        name: [{(x.source, x.target) for x in links} for links in align_words(source, target, way=way)]
        for name, (source, target, _) in documents.items()
    }


def by_eflomal(documents, command, text, most):
    """Links of both directions, learned from the text and the documents together."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text"
        pairs = [pair for source, target, _ in documents.values() for pair in zip(source, target, strict=True)]
        with path.open("w", encoding="utf-8") as out:
            out.writelines(" ||| ".join(" ".join(map(folded, side)) for side in pair) + "\n" for pair in pairs)
            if text:
                with text.open(encoding="utf-8") as lines:
                    out.writelines(islice(lines, most))
        files = [str(Path(folder) / name) for name in ("forward", "reverse")]
        call = [command, "-i", str(path), "-f", files[0], "-r", files[1]]
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [
            [{tuple(map(int, one.split("-"))) for one in line.split()} for line in islice(lines, len(pairs))]
            for lines in (Path(one).read_text("utf-8").splitlines() for one in files)
        ]


def grown(forward, reverse):
    """grow-diag-final-and (Koehn, Och & Marcu 2003)."""
    links, union = forward & reverse, forward | reverse
    rows, columns = {i for i, _ in links}, {j for _, j in links}

    def take(cell):
        links.add(cell)
        rows.add(cell[0])
        columns.add(cell[1])

    added = True
    while added:
        added = False
        for i, j in sorted(links):
            for cell in ((i + a, j + b) for a, b in AROUND):
                if cell in union and cell not in links and (cell[0] not in rows or cell[1] not in columns):
                    take(cell)
                    added = True
    for one in (forward, reverse):
        for cell in sorted(one):
            if cell[0] not in rows and cell[1] not in columns:
                take(cell)
    return links


def show(name, documents, made, took):
    pairs = sum(len(gold) for _, _, gold in documents.values())
    print(f"{name:34} {took:8.2f} CPU s {pairs / max(took, 1e-9):9.1f} pairs a CPU s")
    for folder, (_, _, gold) in documents.items():
        print("    {:30} AER {:5.2f}  P {:5.2f}  R {:5.2f}".format(folder, *scored(made[folder], gold)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--most", type=int, default=100_000, help="lines of TEXT at most")
    parser.add_argument("--eflomal", default="eflomal-align", help="the command")
    args = parser.parse_args()
    documents = {folder.name: read(folder) for folder in sorted(args.gold.iterdir())}
    for way in OF_LEXICON:
        begun = spent()
        made = ours(documents, way)
        show(f"this, {way}", documents, made, spent() - begun)
    begun = spent()
    try:
        both = by_eflomal(documents, args.eflomal, args.text, args.most)
    except FileNotFoundError:
        raise SystemExit(
            f"{args.eflomal} is not there, so nothing is compared. Install it in an environment of its own, and name "
            "it:\n    python -m venv ENV && ENV/bin/pip install eflomal\n    --eflomal ENV/bin/eflomal-align"
        ) from None
    took = spent() - begun
    for name, join in (("intersection", set.intersection), ("grow-diag-final-and", grown)):
        made, at = {}, 0
        for folder, (source, _, _) in documents.items():
            made[folder] = [join(a, b) for a, b in zip(*(one[at : at + len(source)] for one in both), strict=True)]
            at += len(source)
        show(f"eflomal, {name}", documents, made, took)


if __name__ == "__main__":
    main()
