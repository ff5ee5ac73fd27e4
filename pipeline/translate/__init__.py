"""Translating sentences: fast, in order, nothing lost, each independent of its neighbours, remembered if asked."""

from __future__ import annotations

from pipeline.translate.options import TranslateOptions
from pipeline.translate.translator import Judge, Translator, open_translator, translate_sentences

__all__ = ["Judge", "TranslateOptions", "Translator", "open_translator", "translate_sentences"]
