"""The sentence memory: what was translated once is not translated again, and people's corrections outrank machines."""

from __future__ import annotations

from pipeline.memory.leverage import Leverage
from pipeline.memory.rows import Correction, Leveraged, MemoryStats, Remembered
from pipeline.memory.store import Memory

__all__ = ["Correction", "Leverage", "Leveraged", "Memory", "MemoryStats", "Remembered"]
