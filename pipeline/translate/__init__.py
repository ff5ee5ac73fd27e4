"""Translating sentences: fast, in order, nothing lost, each independent of its neighbours, remembered if asked."""

from __future__ import annotations

from pipeline.translate.identity import NO_MODEL, Identity
from pipeline.translate.options import TranslateOptions
from pipeline.translate.retrying import Judge
from pipeline.translate.translator import Translator, open_translator

__all__ = ["NO_MODEL", "Identity", "Judge", "TranslateOptions", "Translator", "open_translator"]
