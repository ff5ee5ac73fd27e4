"""pyarrow, the extra `data`: imported when a table or a Zstandard file is asked for, and told of where it is absent."""

from __future__ import annotations

import importlib
from typing import Any

from pipeline.errors import OutputError, VisavisError

_REMEDY = "Install it: pip install 'visavis[data]'"


def arrow(error: type[VisavisError], module: str = "pyarrow") -> Any:
    """The module pyarrow, or one of its own; raises an error of this kind where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as missing:
        raise error("Parquet and Zstandard files need pyarrow, which is not installed", _REMEDY) from missing


def check_arrow() -> None:
    """Make sure that pyarrow is there; raises OutputError."""
    arrow(OutputError, "pyarrow.parquet")
