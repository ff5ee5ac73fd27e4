"""How much memory a worker holds, and how much it may."""

from __future__ import annotations

import math
import os
from pathlib import Path

_SHARE = 0.9  # of the machine's memory, for all workers
_STATM = Path("/proc/self/statm")  # pages, the resident ones second (proc_pid_statm(5))


def memory_held() -> int:
    """Bytes that this process holds in memory; 0 where the system does not tell."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def memory_limit(gigabytes: float | None, workers: int) -> float:
    """Bytes a worker may hold: what was said, else a fair share of the machine's memory."""
    if gigabytes is not None:
        return gigabytes * 1e9
    try:
        return _SHARE * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / workers
    except (OSError, ValueError):
        return math.inf
