"""`visavis align`: a text and its translation, paired."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.ending import tell_outputs
from pipeline.cli.options import (
    Author,
    ColumnNames,
    Layout,
    Outputs,
    Paper,
    Quiet,
    SourceLanguage,
    TargetLanguage,
    Title,
    named_columns,
)
from pipeline.cli.paper import check_page, write_file
from pipeline.cli.talk import give, read_lines, say
from pipeline.errors import InputError
from pipeline.pages.telling import count
from pipeline.text import ASIDE, Bitext, Matter

SHOWN = 10  # pairs worth a look that are printed


def align(
    source: Path = typer.Argument(..., help="The original, or a folder of originals."),
    target: Path = typer.Argument(..., help="Its translation, or a folder of them."),
    output: Outputs = [],  # noqa: B006 (typer reads the default and never changes it)
    html: Path | None = typer.Option(
        None, "--html", help="Also write a page to check the pairing on: doubtful stretches, worst first."
    ),
    ladder: Path | None = typer.Option(None, "--ladder", help="Also write the pairs of indexes, as [0,1]:[0]:score."),
    lines: bool = typer.Option(False, "--lines", help="The files are split already: one sentence a line."),
    anchors: Path | None = typer.Option(
        None,
        "--anchors",
        help="Pairs fixed by hand: source<TAB>target sentence numbers, counted from 0, one pair a line.",
    ),
    chapters: bool = typer.Option(True, help="Let chapters whose text agrees cut both texts, or look at no headings."),
    start: str = typer.Option("0,0", help="Sentences at which the texts begin, as SOURCE,TARGET counted from 0."),
    end: str | None = typer.Option(None, help="Sentences before which they end; what lies outside stays unpaired."),
    min_score: float = typer.Option(
        0.1, min=0.0, max=1.0, help="Pairs less probable than this come apart: their sentences stay unpaired."
    ),
    embedder: str = typer.Option("built-in", help="built-in, or another embedder by name or folder."),
    matter: Matter = typer.Option(
        "set-aside", help="set-aside: licence, imprint and contents stay unpaired and out of books; or keep."
    ),
    words: bool | None = typer.Option(
        None, "--words/--no-words", help="Link the words in JSONL, TMX and XLIFF too; or not in books either."
    ),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
    title: Title = "",
    author: Author = "",
    layout: Layout = "",
    paper: Paper = "",
    column: ColumnNames = [],  # noqa: B006
    quiet: Quiet = False,
) -> None:
    """Pair an existing translation with its original, sentence by sentence."""
    from pipeline.documents.pairing import PairingOptions, pair_files
    from pipeline.job.export import BookFacts, check_outputs, check_place, write_as

    facts = BookFacts(title=title, author=author, layout=layout, paper=paper, words=_shown(words))
    outputs = list(output)
    check_outputs(outputs, facts)
    check_page(html)
    if ladder is not None:
        check_place(ladder)
    folders = source.is_dir() or target.is_dir()
    if folders and (anchors or ladder or html or start != "0,0" or end):
        raise InputError(
            "--anchors, --html, --ladder, --start and --end name sentences of one pair, and folders hold many",
            "Give two files, or leave these out.",
        )
    fixed = _fixed(anchors, html)
    options = PairingOptions(
        embedder,
        fixed,
        chapters,
        _numbers("--start", start),
        _numbers("--end", end) if end else None,
        matter,
        min_score,
    )
    languages, columns = (source_language, target_language), named_columns(column)
    pairs = _files_of(source, target, languages) if folders else [(source, target)]
    bitexts = [pair_files(*one, options, languages=languages, lines=lines, columns=columns) for one in pairs]
    for (original, _), bitext in zip(pairs, bitexts, strict=True):
        if folders:
            say(str(original))
        _tell(bitext)
    for path in outputs:
        write_as(bitexts, path, facts)
    _write_ladder(bitexts[0], ladder)
    _write_page(bitexts[0], html, fixed)
    if not outputs and not ladder and not html:
        for row in (row for bitext in bitexts for row in bitext.each_row()):
            give(f"{' '.join(row.source.text.split())}\t{' '.join(row.target.text.split())}\t{row.score:.4f}")
    for bitext in bitexts if not quiet else ():
        _tell_suspicious(bitext)
    if not quiet:
        tell_outputs([*outputs, *([html] if html else [])])


def _fixed(anchors: Path | None, html: Path | None) -> tuple[tuple[int, int], ...]:
    """The pairs fixed by hand: those of a file that is named, or of the one beside the page they were fixed on."""
    from pipeline.documents.doubts import anchors_beside

    beside = anchors_beside(html) if html else None
    if anchors is None and beside is not None and beside.exists():
        say(f"keeping to the pairs of {beside}")
        anchors = beside
    return _read_anchors(anchors)


def _write_page(bitext: Bitext, path: Path | None, fixed: tuple[tuple[int, int], ...]) -> None:
    from pipeline.documents.doubts import alignment_page

    if path is not None:
        write_file(path, alignment_page(bitext, path, fixed))


def _files_of(source: Path, target: Path, languages: tuple[str, str]) -> list[tuple[Path, Path]]:
    """The files of two folders that have the same stem, as a job pairs its inputs; those left over are named."""
    from pipeline.config import JobConfig
    from pipeline.job.inputs import find_inputs

    for path in (source, target):
        if not path.is_dir():
            raise InputError(f"{path} is no folder, and the other side is one", "Give two files, or two folders.")
    config = JobConfig(
        name="align", inputs=(str(source.absolute()),), target=(str(target.absolute()),),
        source_language=languages[0], target_language=languages[1],
    )  # fmt: skip
    found, failures = find_inputs(config)
    for failure in failures:
        say(f"warning: {failure.path} {failure.reason}")
    pairs = [(one.path, one.target) for one in found if one.target is not None]
    if not pairs:
        raise InputError(
            f"{source} and {target} hold no files of the same stem", "Name each translation as its original."
        )
    return pairs


def _shown(words: bool | None) -> str:
    """Where word links are shown."""
    return "books" if words is None else "all" if words else "none"


def _numbers(option: str, text: str) -> tuple[int, int]:
    cells = [cell.strip() for cell in text.split(",")]
    if len(cells) != 2 or not all(cell.isascii() and cell.isdigit() for cell in cells):
        raise InputError(f"{option}: {text!r} is not a pair of numbers", "Give SOURCE,TARGET, such as 12,30.")
    return int(cells[0]), int(cells[1])


def _tell(bitext: Bitext) -> None:
    for flag in bitext.source.flags:
        if flag.severity == "warning":
            say(f"warning: {flag.name}: {flag.detail}")


def _tell_suspicious(bitext: Bitext) -> None:
    from pipeline.align import suspicious

    rows = bitext.rows()
    spots = [spot for spot in suspicious(bitext.beads) if rows[spot].kind not in ASIDE]
    say(f"{count(len(bitext.beads), 'pair')}, {len(spots)} worth a look")
    for spot in spots[:SHOWN]:
        row = rows[spot]
        say(f"  {row.id} ({row.score:.2f}): {row.source.text[:60]!r} | {row.target.text[:60]!r}")
    if len(spots) > SHOWN:
        say(f"  … and {len(spots) - SHOWN} more; --html shows all, the worst first")


def _write_ladder(bitext: Bitext, path: Path | None) -> None:
    from pipeline.align import ladder

    if path is not None:
        write_file(path, ladder(bitext.beads).encode("utf-8"))


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
