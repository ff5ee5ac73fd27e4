"""What a run did, for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipeline.config import JobConfig
from pipeline.errors import Failure
from pipeline.files import json_bytes, replace_file
from pipeline.job.log import now
from pipeline.job.staging import Header
from pipeline.job.summary import Doubt, least_certain

DONE, FAILED, FLAGGED = 0, 1, 3
NAME = "report.json"


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: counts in and out after each step, flags by name, seconds by stage, files that failed.

    `exit_code` follows the guide: 0 done, 1 failed, 3 done with more warnings than `max_flagged` or failed files.
    `outputs` are paths under the output folder, the one to open first in front. `said` is what readers said of files,
    and which files of a folder are left aside: file, flag and detail, warnings in front.
    """

    counts: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    signature: str = ""
    output: str = ""
    outputs: tuple[str, ...] = ()
    least_certain: tuple[str, ...] = ()
    exit_code: int = 0
    said: tuple[str, ...] = ()


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
) -> tuple[RunReport, tuple[Doubt, ...]]:
    """The report of a run, and the sentences it is least certain of."""
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
        least_certain=tuple(f"{id} ({certainty:.2f}): {source} | {target}" for certainty, id, source, target in doubts),
        exit_code=FLAGGED if failures or flagged else DONE,
        said=_said(headers, aside),
    ), doubts


def _said(headers: Sequence[Header], aside: Sequence[Failure]) -> tuple[str, ...]:
    said = [tuple(one) for header in headers for one in header.said]
    said += [("warning", one.path, "left-aside", one.reason) for one in aside]
    said.sort(key=lambda one: one[0] == "info")
    return tuple(": ".join(filter(None, one[1:])) for one in said)


def write_report(
    report: RunReport, doubts: Iterable[Doubt], reasons: Mapping[str, Sequence[str]], folder: Path
) -> None:
    """Write report.json; beside what RunReport holds it says when, and why each document was done."""
    doubtful = [dict(zip(("certainty", "id", "source", "target"), doubt, strict=True)) for doubt in doubts]
    facts = {"written": now(), **asdict(report), "least_certain": doubtful, "reasons": reasons}
    replace_file(folder / NAME, json_bytes(facts))


def _steps(headers: Sequence[Header]) -> list[str]:
    """Names of the counts, in the order in which text takes the steps."""
    return list(dict.fromkeys(name for header in headers for name in header.counts))


def _to_open(path: str) -> tuple[int, bool, str]:
    """What a person opens first stands first: the reader, then other books, then the corpus."""
    order = ("reader.html", "reader.epub", "books/", "corpus.tsv", "corpus.")
    return (
        next((i for i, start in enumerate(order) if path.startswith(start)), len(order)),
        not path.endswith(".html"),
        path,
    )
