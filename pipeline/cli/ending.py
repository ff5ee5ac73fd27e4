"""The end of a run, for a person: what was done, what is worth a look, what to open and what to use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.pages.telling import clock, count

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from pipeline.errors import Failure
    from pipeline.job.report import RunReport

LONGEST = 240  # characters of what is said of a file
MOST = 10  # lines of a list before it is cut
_VERBS = ("is ", "has ", "holds ", "cannot ", "does ")  # how a reason goes on from a file's name
_BOOKS = (".html", ".epub", ".pdf")


def console() -> Console:
    """Where talk goes, with colours and links where the terminal knows them; NO_COLOR is heeded."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def _plain(line: str) -> Text:
    """A line in which no bracket is markup."""
    from rich.text import Text

    return Text(line)


def tell_run(report: RunReport, outputs: Sequence[Path] | None = None) -> None:
    """What a run did, and what came of it: the job's own results, or these files; zero counts are left out."""
    tell_failures(report)
    out = console()
    out.print(_plain(done_line(report)))
    for line in (*_doubts(report), *(f"  {_cut(said)}" for said in report.said[:MOST])):
        out.print(_plain(line))
    if len(report.said) > MOST:
        out.print(_plain(f"  … and {len(report.said) - MOST:,} more of files in report.json"))
    own = [Path(report.output) / one for one in report.outputs if not one.startswith("details/")]
    tell_outputs(own if outputs is None else outputs)
    if report.written:
        out.print("look  " + linked([Path(report.output) / "report.html"]))


def tell_failures(report: RunReport) -> None:
    """What failed, and why: that is said to those too who want no talk."""
    for line in _failures(report):
        console().print(_plain(line))


def _cut(line: str) -> str:
    """A line that fits a few lines of a terminal."""
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def done_line(report: RunReport) -> str:
    """What was done, how long it took, and where the sentences came from."""
    counts = report.counts
    sentences, anew, known = (counts.get(name, 0) for name in ("sentences", "decoded", "remembered"))
    parts = [f"{count(counts.get('documents', 0), 'document')}, {count(sentences, 'sentence')}"]
    if counts.get("translations"):
        told = [f"{anew:,} translated anew" if anew else "", f"{known:,} from memory" if known else ""]
        parts.append(", ".join(filter(None, told)) or "nothing had to be translated anew")
    if counts.get("null_beads"):
        parts.append(f"{counts['null_beads']:,} without counterpart")
    if counts.get("rejected"):
        parts.append(f"{counts['rejected']:,} left out of the corpus (details/rejected.tsv says why)")
    if counts.get("memory_damaged"):
        parts.append(f"{count(counts['memory_damaged'], 'row')} of the memory damaged, and made anew")
    if counts.get("documents_left_out"):
        parts.append(f"{count(counts['documents_left_out'], 'document')} left for later")
    return f"{'; '.join(parts)}; {clock(report.seconds)}"


def tell_outputs(paths: Sequence[Path]) -> None:
    """Which books to open, and which files to use."""
    if not paths:
        return
    out = console()
    books = [one for one in paths if one.suffix in _BOOKS]
    others = [one for one in paths if one not in books]
    books = [one for one in books if one.name == "index.html"] or books  # it leads to all of them
    if books:
        out.print("open  " + linked(books[:MOST]) + more(len(books)))
    if others:
        out.print("use   " + linked(others[:MOST]) + more(len(others)))


def linked(paths: Iterable[Path]) -> str:
    """Names of files, as links where a terminal knows them (OSC 8)."""
    from rich.markup import escape

    return "  ".join(f"[link={one.absolute().as_uri()}]{escape(str(one))}[/link]" for one in paths)


def more(number: int) -> str:
    """What a list that was cut leaves out."""
    return f"  … and {number - MOST:,} more" if number > MOST else ""


def _said(failure: Failure) -> str:
    """A failure in whole sentences, which name the file once."""
    path, reason = failure.path, failure.reason
    if not reason.startswith(f"{path} "):
        reason = f"{path} {reason}" if reason.startswith(_VERBS) else f"{path}: {reason}"
    stop = "" if reason.endswith((".", "!", "?", "…")) else "."
    return f"{reason}{stop} {failure.remedy}" if failure.remedy else reason


def _failures(report: RunReport) -> list[str]:
    lines = []
    for failure in report.failures[:MOST]:
        lines.append(f"failed: {_said(failure)}")
    if len(report.failures) > MOST:
        lines.append(f"… and {len(report.failures) - MOST:,} more that failed (report.json names all)")
    return lines


def _doubts(report: RunReport) -> list[str]:
    flagged = report.counts.get("flagged", 0)
    if not flagged:
        return []
    worst = f", the worst: {report.least_certain[0]}" if report.least_certain else ""
    return [f"{flagged:,} worth a look{worst}"]
