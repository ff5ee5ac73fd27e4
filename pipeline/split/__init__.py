"""Text to sentences: rules and word lists on top of nltk's Punkt parameters, losslessly and in linear time."""

from __future__ import annotations

from pipeline.split.sentences import RULES_VERSION, Boundary, explain, split_document, split_sentences

__all__ = ["RULES_VERSION", "Boundary", "explain", "split_document", "split_sentences"]
