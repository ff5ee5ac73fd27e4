"""Documents through the translator: their sentences as one stream, each document a bitext when its last is done."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.align import align_provenance
from pipeline.check import likely_language
from pipeline.documents.loading import with_keys
from pipeline.documents.marks import carried
from pipeline.split import split_document, split_sentences
from pipeline.text import ASIDE, Bitext, Block, Document, Flag, Note, Sentence, Span, Translation
from pipeline.translate import Translator

_META = Note("passed-through", "metadata")
_KEPT = Note("passed-through", "not to be translated")
Spans = Callable[[str, str], Sequence[Span]]  # from a text and its language to where its sentences are
_MARK = re.compile(r"[^\w ,'’\"()«»“”-]")  # what may end a sentence


@dataclass(frozen=True)
class Loaded:
    """A document that has been read and split, on its way to the translator."""

    document: Document
    sentences: tuple[Sentence, ...]

    @cached_property
    def to_translate(self) -> tuple[Sentence, ...]:
        """The sentences that are to be translated: no metadata (`date 2018-01`), nothing that is translated already."""
        return in_language(self.document, self.sentences)


def loaded(document: Document) -> Loaded:
    """A document with its sentences, flagged where these are clearly in another language than it is said to be in."""
    made = Loaded(document, split_document(document))
    seen = likely_language(sentence.text for sentence in made.to_translate)
    if seen is None or seen == document.language.lower()[:2]:
        return made
    flag = Flag("wrong-language", "warning", f"the text looks like {seen!r}, not {document.language!r}")
    return replace(made, document=replace(document, flags=(*document.flags, flag)))


def in_language(document: Document, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences of a document that are not metadata, and that came without a translation."""
    given = _given(document)
    return tuple(sentence for sentence in sentences if sentence.block not in given)


def _given(document: Document) -> dict[str, Translation | None]:
    """Blocks that no model is asked about, with their translations by people; None where they stay as they are.

    A block with a `target` is one sentence (`line`), so that its translation is of that sentence.
    """
    given: dict[str, Translation | None] = {}
    for block in document.blocks:
        data = dict(block.data)
        if block.kind in ASIDE or data.get("translate") == "no" or "code" in data:
            given[block.id] = None
        elif "target" in data and "line" in data:
            given[block.id] = Translation(data["target"], origin="human")
    return given


def translated(
    documents: Iterable[Loaded],
    translator: Translator,
    target_language: str,
    on_sentence: Callable[[Translation], None],
    spans: Spans | None = None,
) -> Iterator[tuple[Loaded, Bitext]]:
    """Translate documents as one stream of sentences, so that batches fill; each comes out when its last one does.

    `spans` tells where the sentences of a translation are, as `sentence_spans` does.
    """
    spans = spans or sentence_spans
    waiting: deque[Loaded] = deque()

    def texts() -> Iterator[str]:
        for loaded in documents:
            waiting.append(loaded)
            yield from (sentence.text for sentence in loaded.to_translate)

    made: list[Translation] = []
    for translation in translator.translate(texts()):
        while not waiting[0].to_translate:
            yield waiting[0], _bitext(waiting.popleft(), [], target_language, spans)
        # whether it was remembered depends on the run, and equal jobs give equal results: that goes to the report
        made.append(replace(translation, origin="machine") if translation.origin == "memory" else translation)
        on_sentence(translation)
        if len(made) == len(waiting[0].to_translate):
            yield waiting[0], _bitext(waiting.popleft(), made, target_language, spans)
            made = []
    while waiting:
        loaded = waiting.popleft()
        assert not loaded.to_translate, f"{loaded.document.path}: fewer translations than sentences"
        yield loaded, _bitext(loaded, [], target_language, spans)


def _bitext(loaded: Loaded, made: list[Translation], language: str, spans: Spans) -> Bitext:
    """Lay the translations out as a document of the same blocks, and pair by what was made from what."""
    source = loaded.document
    layout = _Layout(f"{source.id}-{language}", language, spans)
    next_made = iter(made)
    given = _given(source)
    meta = {block.id for block in source.blocks if block.kind in ASIDE}
    every = [
        (given[sentence.block] or Translation(sentence.text, notes=(_META if sentence.block in meta else _KEPT,)))
        if sentence.block in given
        else next(next_made)
        for sentence in loaded.sentences
    ]
    by_block: dict[str, list[tuple[Sentence, Translation]]] = {}
    for sentence, translation in zip(loaded.sentences, every, strict=True):
        by_block.setdefault(sentence.block, []).append((sentence, translation))
    counts = [count for block in source.blocks for count in layout.add(block, source.id, by_block.pop(block.id, []))]
    assert not by_block, f"{source.path}: sentences in blocks that are not there: {list(by_block)}"
    target = Document(
        layout.id,
        source.path,
        language,
        "".join(layout.text),
        tuple(layout.blocks),
        source.meta,
        resources=source.resources,
    )
    ours, theirs = [one.text for one in loaded.sentences], [one.text for one in layout.sentences]
    beads = align_provenance(ours, theirs, counts)
    return with_keys(Bitext(source, target, loaded.sentences, tuple(layout.sentences), tuple(beads), tuple(every)))


class _Layout:
    """The target document while it grows: blocks apart by an empty line, sentences by a space."""

    def __init__(self, id: str, language: str, spans: Spans) -> None:
        self.id = id
        self.language = language
        self.spans = spans
        self.text: list[str] = []
        self.blocks: list[Block] = []
        self.sentences: list[Sentence] = []
        self._length = 0

    def add(self, block: Block, source_id: str, made: list[tuple[Sentence, Translation]]) -> list[int]:
        """Add one block's translations; gives the number of target sentences of each."""
        id = self.id + block.id.removeprefix(source_id)
        if self._length and made:
            self._write("\n\n")
        start, begin, first, counts = self._length, len(self.text), len(self.sentences), []
        targets = []
        for _, translation in made:
            if self._length > start and translation.text:
                self._write(" ")
            spans = self.spans(translation.text, self.language)
            for span in spans:
                place = Span(self._length + span.start, self._length + span.end)
                name = f"{id}.s{len(self.sentences) - first + 1}"
                self.sentences.append(Sentence(name, id, place, translation.text[span.start : span.end]))
            counts.append(len(spans))
            targets.append(Span(self._length - start, self._length - start + len(translation.text.rstrip())))
            self._write(translation.text)
        text = "".join(self.text[begin:])
        before = block.span.start
        sources = [Span(one.start - before, one.end - before) for one, _ in made]
        data = carried(block, sources, targets)
        self.blocks.append(Block(id, block.kind, text, Span(start, self._length), data))
        return counts

    def _write(self, text: str) -> None:
        self.text.append(text)
        self._length += len(text)


def sentence_spans(text: str, language: str) -> list[Span]:
    """Where the sentences of a translation are; most are one, which shows without the splitter."""
    stripped = text.strip()
    if not stripped:
        return []
    last_word = len(stripped)
    while last_word and not stripped[last_word - 1].isalnum():
        last_word -= 1
    if not _MARK.search(stripped, 0, last_word):
        start = text.index(stripped)
        return [Span(start, start + len(stripped))]
    return [sentence.span for sentence in split_sentences(text, language)]
