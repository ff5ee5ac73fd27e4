"""The version of the package, which manifests and file headers name."""

from __future__ import annotations

__version__ = "0.2.0"
