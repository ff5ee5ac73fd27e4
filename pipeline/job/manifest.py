"""What ran, on what, with what: the record by which the next run knows what is the same."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, fields
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.config import JobConfig, resolved
from pipeline.files import json_bytes, package_digest, replace_file
from pipeline.job.decisions import Decision
from pipeline.job.equipment import Equipment
from pipeline.job.log import now
from pipeline.job.places import MANIFEST, found
from pipeline.job.publishing import Written
from pipeline.version import __version__

MOST = 1e9  # sentences a second; a record that says more was not written by us
LIBRARIES = ("ctranslate2", "numpy", "sacremoses", "sentencepiece", "torch", "transformers")


class Manifest:
    """A former run's record; an absent or unreadable one is empty."""

    def __init__(self, results: Path) -> None:
        try:
            path = found(results, MANIFEST)
            data = json.loads(path.read_bytes()) if path.is_file() else {}
        except (OSError, ValueError, RecursionError):
            data = {}
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}

    @property
    def outputs(self) -> list[Written]:
        """The results that were written; a record that is not as we write it, or names a file outside, counts not."""
        listed = self.data.get("outputs")
        return [Written(**one) for one in listed if _is_written(one)] if isinstance(listed, list) else []

    @property
    def terms(self) -> list[list[Any]] | None:
        """The glossary's rows; None if the run had no glossary or did not finish."""
        terms = self.data.get("glossary")
        return terms if isinstance(terms, list) and all(map(_is_term, terms)) else None

    @property
    def timings(self) -> dict[str, float]:
        """Seconds by stage of the run that made the results."""
        listed = self.data.get("timings")
        numbers = isinstance(listed, dict) and all(isinstance(one, int | float) for one in listed.values())
        return {str(name): float(seconds) for name, seconds in listed.items()} if numbers and listed else {}

    @property
    def rejected(self) -> int | None:
        """How many beads were rejected; None where that is not known."""
        counts = self.data.get("counts")
        number = counts.get("rejected") if isinstance(counts, dict) else None
        return number if type(number) is int else None

    @property
    def rate(self) -> float:
        """Sentences a second that the model did last; 0 if no run has measured it."""
        rate = self.data.get("rate", 0.0)
        return float(rate) if isinstance(rate, int | float) and 0 < rate < MOST else 0.0


def _is_term(cells: Any) -> bool:
    return isinstance(cells, list) and len(cells) > 1 and all(isinstance(one, str) and one for one in cells[:2])


def _is_written(one: Any) -> bool:
    """Whether a record is of a result as we write it, within the results folder."""
    if not isinstance(one, dict) or one.keys() != {field.name for field in fields(Written)}:
        return False
    texts = all(isinstance(value, str) and "\0" not in value for name, value in one.items() if name != "bytes")
    if not texts or type(one["bytes"]) is not int:
        return False
    path = PurePosixPath(one["path"])
    return not path.is_absolute() and ".." not in path.parts and path.name != ""


def write_manifest(
    results: Path,
    config: JobConfig,
    equipment: Equipment,
    *,
    decisions: Sequence[Decision],
    outputs: Sequence[Written],
    counts: dict[str, int],
    timings: dict[str, float],
    rate: float,
) -> None:
    """Write the record, after all results are in place."""
    model = equipment.model
    record = {
        "name": config.name,
        "written": now(),
        "visavis": __version__,
        "package": package_digest(),
        "signature": str(equipment.recipe),
        "config": resolved(config),
        "model": {"name": model.name, "fingerprint": model.fingerprint} if model else None,
        "glossary": [_cells(term) for term in equipment.glossary.terms] if equipment.glossary else None,
        "inputs": [_input(one) for one in decisions],
        "outputs": [asdict(one) for one in outputs],
        "counts": counts,
        "timings": timings,
        "rate": rate,
        "machine": _machine(),
        "libraries": _libraries(),
    }
    replace_file(results / MANIFEST, json_bytes(record))
    _take_away_former(results)


def _take_away_former(results: Path) -> None:
    """Take away the record that 0.1 left beside the results; whatever else has its name stays."""
    former = results / Path(MANIFEST).name
    try:
        ours = not former.is_symlink() and former.is_file() and "visavis" in json.loads(former.read_bytes())
    except (OSError, ValueError, TypeError, RecursionError):
        return
    if ours:
        former.unlink(missing_ok=True)


def _cells(term: Any) -> list[Any]:
    return list(asdict(term).values())


def _input(decision: Decision) -> dict[str, Any]:
    told = {"document": decision.input.id, "name": decision.input.name, **decision.digests}
    return told | {"reasons": decision.reasons}


def _machine() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _libraries() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
