"""What lies where in a job's results folder; a folder that a former version wrote is still understood."""

from __future__ import annotations

from pathlib import Path

from pipeline.files import own_folder

REPORT = "report.json"
PAGE = "report.html"
SHELF = "index.html"  # of a job that makes several books
DETAILS = "details"  # what few people look into, so that reader, corpus and report stand first
MANIFEST = f"{DETAILS}/manifest.json"
LOG = f"{DETAILS}/log.jsonl"
REJECTED = f"{DETAILS}/rejected.tsv"


def details(results: Path) -> Path:
    """The folder of details, made if absent; a log that lies where 0.1 put it moves there. Raises OSError."""
    folder = own_folder(results / DETAILS)
    former, log = results / Path(LOG).name, results / LOG
    if not log.exists() and former.is_file() and not former.is_symlink() and former.stat().st_nlink == 1:
        former.rename(log)
    return folder


def found(results: Path, place: str) -> Path:
    """A file of the results: at its place, or where a former version put it."""
    former = results / Path(place).name
    return former if not (results / place).is_file() and former.is_file() else results / place
