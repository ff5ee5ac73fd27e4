"""What people decided of a text's pairs, kept by place, and laid over whatever a machine makes of it next."""

from __future__ import annotations

from pipeline.revision.applying import Revised, revised
from pipeline.revision.decisions import Cut, Decision, Entry, Run, Status
from pipeline.revision.laying import Laid, LaidBead, laid
from pipeline.revision.places import run_at
from pipeline.revision.store import Change, Revision, stored

__all__ = [
    "Change",
    "Cut",
    "Decision",
    "Entry",
    "Laid",
    "LaidBead",
    "Revised",
    "Revision",
    "Run",
    "Status",
    "laid",
    "revised",
    "run_at",
    "stored",
]
