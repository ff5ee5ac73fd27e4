"""Checks: what may be wrong with one translation, seen from its texts and from the notes on how it was made."""

from __future__ import annotations

from pipeline.check.judge import Judge, judge_for
from pipeline.check.language import likely_language
from pipeline.check.table import CHECKS, Check

__all__ = ["CHECKS", "Check", "Judge", "judge_for", "likely_language"]
