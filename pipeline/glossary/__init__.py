"""A job's glossary: which terms a sentence holds, and whether its translation uses the words agreed for them."""

from __future__ import annotations

from pipeline.glossary.finding import Glossary
from pipeline.glossary.reading import read_glossary
from pipeline.glossary.terms import Term

__all__ = ["Glossary", "Term", "read_glossary"]
