"""`visavis align`: a text and its translation, paired."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.talk import give, read_lines, say
from pipeline.errors import InputError
from pipeline.files import appearing
from pipeline.text import Bitext


def align(
    source: Path = typer.Argument(..., help="The original."),
    target: Path = typer.Argument(..., help="Its translation."),
    output: list[Path] = typer.Option(
        [], "-o", "--output", help="corpus.tsv, .jsonl, .tmx, .xliff, reader.html or book.epub; may be repeated."
    ),
    html: Path | None = typer.Option(None, "--html", help="Also write a reader to check the pairing with."),
    ladder: Path | None = typer.Option(None, "--ladder", help="Also write the pairs of indexes, as [0,1]:[0]:score."),
    lines: bool = typer.Option(False, "--lines", help="The files are split already: one sentence a line."),
    anchors: Path | None = typer.Option(
        None,
        "--anchors",
        help="Pairs fixed by hand: source<TAB>target sentence numbers, counted from 0, one pair a line.",
    ),
    min_score: float = typer.Option(
        0.0, min=0.0, max=1.0, help="Leave out pairs less probable than this (said how many)."
    ),
    embedder: str = typer.Option("built-in", help="built-in, or another embedder by name or folder."),
    source_language: str = typer.Option("fr", help="Language of the original."),
    target_language: str = typer.Option("en", help="Language of the translation."),
) -> None:
    """Pair an existing translation with its original, sentence by sentence."""
    from pipeline.documents.pairing import PairingOptions, pair_files, with_score
    from pipeline.job.export import write_as

    options = PairingOptions(embedder=embedder, anchors=_read_anchors(anchors))
    bitext = pair_files(source, target, options, languages=(source_language, target_language), lines=lines)
    for flag in bitext.source.flags:
        if flag.severity == "warning":
            say(f"warning: {flag.name}: {flag.detail}")
    kept = with_score(bitext, min_score)
    if len(kept.beads) < len(bitext.beads):
        say(f"{len(bitext.beads) - len(kept.beads)} of {len(bitext.beads)} pairs are less probable than {min_score}")
    for path in [*output, *([html] if html else [])]:
        write_as([kept], path)
    _write_ladder(bitext, ladder)
    if not output and not html and not ladder:
        for row in kept.rows():
            give(f"{' '.join(row.source.text.split())}\t{' '.join(row.target.text.split())}\t{row.score:.4f}")
    _tell_suspicious(bitext)


def _tell_suspicious(bitext: Bitext) -> None:
    from pipeline.align import suspicious

    spots = suspicious(bitext.beads)
    count = len(bitext.beads)
    say(f"{count} {'pair' if count == 1 else 'pairs'}, {len(spots)} worth a look")
    rows = bitext.rows()
    for spot in spots[:10]:
        row = rows[spot]
        say(f"  {row.id} ({row.score:.2f}): {row.source.text[:60]!r} | {row.target.text[:60]!r}")


def _write_ladder(bitext: Bitext, path: Path | None) -> None:
    from pipeline.align import ladder

    if path is not None:
        with appearing(path) as stream:
            stream.write(ladder(bitext.beads).encode("utf-8"))


def _read_anchors(path: Path | None) -> tuple[tuple[int, int], ...]:
    if path is None:
        return ()
    anchors = []
    for number, line in enumerate(read_lines(path), start=1):
        cells = line.split()
        if not cells:
            continue
        if len(cells) != 2 or not all(cell.isascii() and cell.isdigit() and len(cell) < 10 for cell in cells):
            raise InputError(
                f"{path}, line {number}: {line!r} is not a pair of numbers", "Give two sentence numbers a line."
            )
        anchors.append((int(cells[0]), int(cells[1])))
    return tuple(anchors)
