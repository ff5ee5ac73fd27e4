"""Models: finding one by name, fetching one from the hub, and its converted form for the fast engine."""

from __future__ import annotations

from pipeline.models.card import Model
from pipeline.models.catalogue import fetch_model, find_model, list_models
from pipeline.models.conversion import converted

__all__ = ["Model", "converted", "fetch_model", "find_model", "list_models"]
