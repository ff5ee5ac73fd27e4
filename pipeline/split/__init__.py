"""Text to sentences: rules and word lists on top of nltk's Punkt, losslessly and in linear time.

scanner finds each mark that might end a sentence, and the rules (rules/, asked in order) decide it on a `Spot`;
lines judges line ends in text whose blocks nobody knows; cues, whether a subtitle goes on in the next one. What a
language writes stands in its folder under languages/ (words.toml, and punkt.json with nltk's trained parameters):
a new language is a new folder.
"""

from __future__ import annotations

from pipeline.split.sentences import Boundary, explain, split_document, split_sentences

__all__ = ["Boundary", "explain", "split_document", "split_sentences"]
