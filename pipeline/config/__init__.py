"""Job files: YAML in, one frozen and checked tree of settings out, with every fault and its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.config.load import load_settings
from pipeline.config.model import AlignConfig, ColumnsConfig, JobConfig, KeepConfig, SubtitlesConfig
from pipeline.config.show import resolved

__all__ = [
    "AlignConfig",
    "ColumnsConfig",
    "JobConfig",
    "KeepConfig",
    "SubtitlesConfig",
    "load_config",
    "load_settings",
    "resolved",
    "schema",
]


def load_config(path: Path | str, overrides: tuple[str, ...] | list[str] = ()) -> JobConfig:
    """A job's settings; `overrides` are `key.sub=value`, over what the file says.

    Raises ConfigError, whose `faults` are all that were found, each as `file:line:column: what`.
    """
    return load_settings(JobConfig, Path(path), overrides)


def schema() -> dict[str, Any]:
    """The JSON schema of job files, for editors."""
    return JobConfig.model_json_schema()
