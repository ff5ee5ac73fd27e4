"""SentencePiece, both ways: the model's own pieces, without the slow tokenizer around them."""

from __future__ import annotations

from pipeline.errors import ModelError
from pipeline.models import Model
from pipeline.translate.engine import END, Pieces
from pipeline.translate.spacing import close_up, space_source


class Subwords:
    """The source and the target vocabulary of a model; raises ModelError when they cannot be read."""

    def __init__(self, model: Model) -> None:
        from sentencepiece import SentencePieceProcessor

        folder, self._spaced = model.folder, model.spaced_words
        try:
            self._source = SentencePieceProcessor(model_file=str(folder / "source.spm"))
            self._target = SentencePieceProcessor(model_file=str(folder / "target.spm"))
        except (OSError, RuntimeError) as error:
            raise ModelError(f"the vocabulary in {folder} cannot be read: {error}", "Fetch the model again.") from error
        self._sizes: dict[str, int] = {}

    def encode(self, text: str) -> Pieces:
        """Source pieces of a normalised text, `</s>` at the end."""
        return (*self._source.encode(self._read(text), out_type=str), END)

    def count(self, word: str) -> int:
        """How many pieces a word makes."""
        size = self._sizes.get(word)
        if size is None:
            if len(self._sizes) > 100_000:
                self._sizes.clear()
            size = self._sizes[word] = max(1, len(self._source.encode(self._read(word))))
        return size

    def decode(self, pieces: Pieces) -> str:
        """The text of target pieces; a piece the model does not know (`⁇`) is left out."""
        text: str = self._target.decode(list(pieces))
        plain = " ".join(text.replace("⁇", " ").replace("\x00", " ").split())
        return close_up(plain) if self._spaced else plain

    def _read(self, text: str) -> str:
        return space_source(text) if self._spaced else text
