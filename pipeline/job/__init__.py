"""Jobs: the only room that knows the order of stages. A job run again does only what must be done, and says why."""

from __future__ import annotations

from pipeline.job.events import Event
from pipeline.job.plan import DocumentPlan, Plan, plan
from pipeline.job.run import run
from pipeline.job.stopping import Stopped

__all__ = ["DocumentPlan", "Event", "Plan", "Stopped", "plan", "run"]
