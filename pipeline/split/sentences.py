"""The public functions: a text's or a document's sentences, and why each boundary is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.languages.words import language_for
from pipeline.text import Block, Document, Sentence, Span

_FLOWING = ("heading", "cue", "verse")  # in these a line break alone ends no sentence


@dataclass(frozen=True, slots=True)
class Boundary:
    """A place that was weighed: `offset` is where the sentence would end, `rule` who decided, `ends` how."""

    offset: int
    rule: str
    ends: bool
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.offset}\t{'end' if self.ends else 'on'}\t{self.rule}\t{self.before} | {self.after}"


def split_sentences(text: str, language: str = "fr") -> list[Sentence]:
    """Split a text; only white space lies between the sentences, and each is `text[start:end]`.

    Ids are `s1`, `s2`…, the block is empty. A language without a folder gets what most languages share.
    """
    return [
        Sentence(f"s{number}", "", Span(start, end), text[start:end])
        for number, (start, end) in enumerate(_spans(text, language, lines=True), 1)
    ]


def split_document(document: Document) -> tuple[Sentence, ...]:
    """Split a document block by block; a sentence crosses no block but cues, which are joined while one goes on.

    A block whose `data` has a `line` entry is one sentence already. Ids are `<block id>.s1`…, and a sentence over
    several cues belongs to the first.
    """
    sentences: list[Sentence] = []
    for group in _groups(document):
        sentences += _split_group(document, group)
    return tuple(sentences)


def explain(text: str, language: str = "fr") -> list[Boundary]:
    """Every place that was weighed, in order, with the rule that decided it."""
    found = {}
    for offset, following, rule, ends in _judged(text, language, lines=True):
        before, after = text[max(0, offset - 30) : offset], text[following : following + 20]
        found[offset] = Boundary(offset, rule, ends, " ".join(before.split()), " ".join(after.split()))
    return [found[offset] for offset in sorted(found)]


def _groups(document: Document) -> Iterator[list[Block]]:
    """Each block alone, but cues together as long as the words go on from one to the next."""
    from pipeline.split.cues import goes_on

    language = language_for(document.language)
    group: list[Block] = []
    for block in document.blocks:
        if group and block.kind == group[-1].kind == "cue" and goes_on(group[-1].text, block.text, language):
            group.append(block)
            continue
        if group:
            yield group
        group = [block]
    if group:
        yield group


def _split_group(document: Document, blocks: list[Block]) -> Iterator[Sentence]:
    """The sentences of a block, or of cues in a row."""
    start, end = blocks[0].span.start, blocks[-1].span.end
    text = document.text[start:end]
    if any(name == "line" for name, _ in blocks[0].data):
        spans: Iterator[tuple[int, int]] = iter(_whole(text))
    else:
        found = _spans(text, document.language, lines=blocks[0].kind not in _FLOWING)
        spans = _speech(found, int(dict(blocks[0].data).get("speaker", "0")))
    counts: dict[str, int] = {}
    index = 0
    for first, last in spans:
        while index + 1 < len(blocks) and blocks[index + 1].span.start <= start + first:
            index += 1
        block = blocks[index].id
        counts[block] = counts.get(block, 0) + 1
        span = Span(start + first, start + last)
        yield Sentence(f"{block}.s{counts[block]}", block, span, document.text[span.start : span.end])


def _speech(spans: Iterator[tuple[int, int]], label: int) -> Iterator[tuple[int, int]]:
    """The spans, those that end within the label of who speaks joined with the first words of the speech."""
    begin: int | None = None
    last = 0
    for start, last in spans:
        begin = start if begin is None else begin
        if last > label:
            yield begin, last
            begin = None
    if begin is not None:
        yield begin, last


def _whole(text: str) -> list[tuple[int, int]]:
    """One span, without the white space around it; none for a blank text."""
    return [(len(text) - len(text.lstrip()), len(text.rstrip()))] if text.strip() else []


def _spans(text: str, language: str, *, lines: bool) -> Iterator[tuple[int, int]]:
    """The sentences' spans, without the white space around them."""
    start = len(text) - len(text.lstrip())
    for end, following, _, ends in _judged(text, language, lines=lines):
        if ends and end > start:
            yield start, end
            start = following
    last = len(text.rstrip())
    if last > start:
        yield start, last


def _judged(text: str, code: str, *, lines: bool) -> Iterator[tuple[int, int, str, bool]]:
    """Every weighed place: line by line unit, the line break that ends a unit after the marks inside it."""
    from pipeline.split.lines import line_ends
    from pipeline.split.scanner import scan

    language = language_for(code)
    start = 0
    for line in line_ends(text, language) if lines else ():
        if line.ends:
            yield from scan(text, start, line.end, language)
            start = line.next
        yield line.end, line.next, line.rule, line.ends
    yield from scan(text, start, len(text), language)
