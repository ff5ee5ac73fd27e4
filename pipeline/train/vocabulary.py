"""Text to piece ids, as the model will meet it when it translates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError
from pipeline.models import Model
from pipeline.translate.spacing import space_source, space_target
from pipeline.translate.text import normalise

Ids = NDArray[np.int32]


class Vocabulary:
    """The SentencePiece models and `vocab.json` of a model; raises ModelError when they cannot be read."""

    def __init__(self, model: Model, *, source_language: str, target_language: str) -> None:
        from sentencepiece import SentencePieceProcessor

        folder, self._spaced = model.folder, model.spaced_words
        self._languages = source_language, target_language
        try:
            ids: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
            self._source = SentencePieceProcessor(model_file=str(folder / "source.spm"))
            self._target = SentencePieceProcessor(model_file=str(folder / "target.spm"))
            self._source_ids, self._target_ids = _table(self._source, ids), _table(self._target, ids)
        except (OSError, RuntimeError, ValueError, KeyError) as error:
            raise ModelError(f"the vocabulary in {folder} cannot be read: {error}", "Fetch the model again.") from error

    def normalise_source(self, text: str) -> str:
        """A source sentence in the form that translating gives it."""
        return normalise(text, self._languages[0])

    def normalise_target(self, text: str) -> str:
        """A target sentence in the same form."""
        return normalise(text, self._languages[1])

    def encode_source(self, texts: Sequence[str]) -> list[Ids]:
        """Ids of each source, without `</s>`."""
        read = [space_source(text) for text in texts] if self._spaced else list(texts)
        return [self._source_ids[ids] for ids in self._source.encode(read)]

    def encode_target(self, texts: Sequence[str]) -> list[Ids]:
        """Ids of each target, without `</s>`."""
        read = [space_target(text) for text in texts] if self._spaced else list(texts)
        return [self._target_ids[ids] for ids in self._target.encode(read)]


def _table(pieces: Any, ids: dict[str, int]) -> Ids:
    """The model's id of every SentencePiece id."""
    unknown = ids["<unk>"]
    return np.array([ids.get(pieces.id_to_piece(index), unknown) for index in range(pieces.get_piece_size())], np.int32)
