"""Checks: what may be wrong with one translation, seen from its source text and its target text alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.check.language import likely_language
from pipeline.check.pair import Pair
from pipeline.check.table import CHECKS, Check
from pipeline.errors import ConfigError
from pipeline.text import Flag

__all__ = ["CHECKS", "CHECKS_VERSION", "Check", "judge_for", "likely_language"]

CHECKS_VERSION = "check-2"


def judge_for(
    source_language: str, target_language: str, *, thresholds: Mapping[str, float] | None = None
) -> Callable[[str, str], tuple[Flag, ...]]:
    """The checks as one function of (source text, target text); `thresholds` replaces those of checks by name.

    Raises ConfigError for a name that no check has.
    """
    chosen = dict(thresholds or {})
    names = [check.name for check in CHECKS]
    if unknown := sorted(set(chosen) - set(names)):
        raise ConfigError(f"no check is called {', '.join(unknown)}", f"The checks are: {', '.join(names)}")
    checks = [(check, chosen.get(check.name, check.threshold)) for check in CHECKS]

    def judge(source: str, target: str) -> tuple[Flag, ...]:
        pair = Pair(source, target, source_language, target_language)
        found = ((check, check.find(pair, threshold)) for check, threshold in checks)
        return tuple(Flag(check.name, check.severity, detail) for check, detail in found if detail is not None)

    return judge
