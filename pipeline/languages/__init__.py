"""What is known of each language, a folder each: adding a language is adding a folder."""

from __future__ import annotations

from pipeline.languages.words import FALLBACK, Language, language_for

__all__ = ["FALLBACK", "Language", "language_for"]
