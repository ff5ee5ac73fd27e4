"""No translation: every sentence is its own, so that a round trip shows what a format keeps (`model: none`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.text import Note, Translation
from pipeline.text.recipe import Recipe
from pipeline.translate.translator import Translator

NO_MODEL = "none"
_NOTE = Note("passed-through", "no model was asked for")


class Identity(Translator):
    """Gives each sentence as it is; calls no model and asks no memory."""

    def __init__(self) -> None:
        self.recipe = Recipe.of(model=NO_MODEL)

    @property
    def decoded(self) -> int:
        """None, ever."""
        return 0

    def key(self, sentence: str) -> bytes:
        """The sentence itself."""
        return sentence.encode("utf-8", "surrogatepass")

    def remembered(self, sentences: Sequence[str]) -> list[Translation | None]:
        """All of them: nothing is left to a model."""
        return list(self.translate(sentences))

    def translate(self, sentences: Iterable[str]) -> Iterator[Translation]:
        """The sentences."""
        return (Translation(sentence, notes=(_NOTE,)) for sentence in sentences)

    def close(self) -> None:
        """Nothing is open."""
