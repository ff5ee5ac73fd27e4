"""What a run did, for people and for machines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.config import JobConfig
from pipeline.errors import Failure
from pipeline.files import json_bytes, replace_file
from pipeline.job.linking import told_links
from pipeline.job.log import now
from pipeline.job.places import PAGE, REPORT, SHELF
from pipeline.job.staging import Header
from pipeline.job.summary import least_certain

DONE, FAILED, FLAGGED = 0, 1, 3
_SHOWN = 70  # characters of a text on a line for people


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pair to look at: how sure it is (0-1), its id, and its two texts."""

    certainty: float
    id: str
    source: str
    target: str

    def __str__(self) -> str:
        """The pair for people."""
        source, target = (one if len(one) <= _SHOWN else f"{one[: _SHOWN - 1]}…" for one in (self.source, self.target))
        return f"{self.id} ({self.certainty:.2f}): {source} | {target}"


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: counts in and out after each step, flags by name, seconds by stage, files that failed.

    `exit_code` is 0 when done, 1 when failed, 3 when done with more warnings than `max_flagged` or failed files.
    `outputs` are paths under the output folder, the one to open first in front. `said` is what readers said of files,
    and which files of a folder are left aside: file, flag and detail, warnings in front. `timings` are of the run that
    made the results, `seconds` of this one; `reasons` say why each document was done now. `word_links` says what makes
    the word links, empty where no result has any. report.json holds the same.
    """

    counts: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    signature: str = ""
    output: str = ""
    outputs: tuple[str, ...] = ()
    least_certain: tuple[Doubtful, ...] = ()
    exit_code: int = 0
    said: tuple[str, ...] = ()
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: float = 0.0
    written: str = ""
    word_links: str = ""


def report_of(
    config: JobConfig,
    headers: Sequence[Header],
    *,
    counts: dict[str, int],
    timings: dict[str, float],
    failures: Sequence[Failure],
    signature: str,
    outputs: Sequence[str],
    aside: Sequence[Failure] = (),
    unreadable: Sequence[str] = (),
    reasons: dict[str, tuple[str, ...]],
    seconds: float,
) -> RunReport:
    """The report of a run."""
    totals: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    for header in headers:
        totals.update(header.counts)
        flags.update(header.flags)
    doubts = least_certain(doubt for header in headers for doubt in header.least_certain)
    counts = {"documents": len(headers), **{name: totals[name] for name in _steps(headers)}, **counts}
    flagged = totals["flagged"] > config.max_flagged * totals["sentences"]
    return RunReport(
        counts=counts,
        flags=dict(sorted(flags.items())),
        timings=timings,
        failures=tuple(failures),
        signature=signature,
        output=str(config.results),
        outputs=tuple(sorted(outputs, key=_to_open)),
        least_certain=tuple(Doubtful(*doubt) for doubt in doubts),
        exit_code=FLAGGED if failures or flagged else DONE,
        said=(*unreadable, *_said(headers, aside)),
        reasons=reasons,
        seconds=seconds,
        written=now(),
        word_links=told_links(config),
    )


def _said(headers: Sequence[Header], aside: Sequence[Failure]) -> tuple[str, ...]:
    said = [tuple(one) for header in headers for one in header.said]
    said += [("warning", one.path, "left-aside", one.reason) for one in aside]
    said.sort(key=lambda one: (one[0] == "info", one[2] != "left-out", -len(one[3]) if one[2] == "left-out" else 0))
    return tuple(": ".join(filter(None, one[1:])) for one in said)


def write_report(report: RunReport, page: bytes | None, folder: Path) -> None:
    """Write report.json and report.html; without a page the former one stays."""
    replace_file(folder / REPORT, json_bytes(asdict(report)))
    if page is not None:
        replace_file(folder / PAGE, page)


def former_failures(folder: Path) -> list[Any] | None:
    """The failures that the report of a former run names; None where there is no report."""
    try:
        listed = json.loads((folder / REPORT).read_bytes())["failures"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return listed if isinstance(listed, list) else None


def _steps(headers: Sequence[Header]) -> list[str]:
    """Names of the counts, in the order in which text takes the steps."""
    return list(dict.fromkeys(name for header in headers for name in header.counts))


def _to_open(path: str) -> tuple[int, bool, str]:
    """What a person opens first stands first: the reader, then other books, then the corpus."""
    order = (SHELF, "reader.html", "reader.epub", "books/", "corpus.tsv", "corpus.")
    return (
        next((i for i, start in enumerate(order) if path.startswith(start)), len(order)),
        not path.endswith(".html"),
        path,
    )
