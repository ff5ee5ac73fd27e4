"""Tags amid the words of a cue: set round what became of their words, in lines that were broken without them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.corpus.cues import Cue
from pipeline.document.forms import Form
from pipeline.document.inks import Fitted
from pipeline.document.inline import Content, Unit, Wording, flat
from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup, Token
from pipeline.document.pages import BlockForm, Inline, nodes_of
from pipeline.document.wordings import Turned
from pipeline.text import Block, Span

_INLINE = Inline(fixed=frozenset())
_Lines = tuple[tuple[str, ...], ...]  # of the cues that one became


@dataclass(frozen=True, slots=True)
class Tagged:
    """A cue of the source with tags amid its words, and what it became.

    `written` makes of a text what the format writes for it; `order` tells of tags that cannot change places.
    """

    block: Block
    markup: Markup
    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    written: Callable[[str], str]
    order: Callable[[str], bool] = lambda tag: False


def woven(cue: Tagged, languages: tuple[str, str], put: Callable[[_Lines], None]) -> tuple[Turned, Form]:
    """What must be filled for a cue to get its tags; `put` is given the lines of the cues that it became."""
    text = " ".join(" ".join(one.lines) for one in cue.cues)
    unit = Unit(Span(0, len(cue.block.text)), Span(0, len(text)))
    wording = Wording(cue.block.text, text, (unit,), languages=languages)
    lead = _lead(cue)
    head = "".join(cue.markup.text[one.start : one.end] for one in cue.tokens[:lead])
    nodes, raw = nodes_of(cue.markup, _closed(cue.tokens[lead:], len(cue.markup.text)), _INLINE)
    form = BlockForm(cue.markup, Fitted(raw, cue.block.text), Relabelled(*languages), _INLINE)
    marks = form.marks(nodes)

    def finish(content: Content) -> None:
        seams = _Seams()
        seams.take(content, form.wraps)
        seams.sort(cue.order)
        made = seams.sewn([one.lines for one in cue.cues], cue.written)
        put(tuple((head + lines[0], *lines[1:]) for lines in made))

    return Turned(cue.block, wording, changed=True), Form(marks, finish)


def put_into(cues: list[Cue]) -> Callable[[_Lines], None]:
    """What puts lines into cues that are there."""

    def put(lines: _Lines) -> None:
        cues[:] = [replace(one, lines=new) for one, new in zip(cues, lines, strict=True)]

    return put


def _closed(tokens: Sequence[Token], end: int) -> list[Token]:
    """The tokens, each tag that is left open closed at the end, where a player's programme takes it to be."""
    opened = list[str]()
    for token in tokens:
        if token.what == "open":
            opened.append(token.name)
        elif token.what == "close" and token.name in opened:
            while opened.pop() != token.name:
                pass
    return [*tokens, *(Token("close", name, end, end) for name in reversed(opened))]


def _lead(cue: Tagged) -> int:
    """How many tags before a cue's words are of the whole cue: they begin each of those that it becomes."""
    closed, opened = set[int](), list[int]()
    for number, token in enumerate(cue.tokens):
        if token.what == "open":
            opened.append(number)
        elif token.what == "close" and opened:
            closed.add(opened.pop())
    for number, token in enumerate(cue.tokens):
        ordered = cue.order(cue.markup.text[token.start : token.end])
        if token.what not in ("open", "empty") or number in closed or ordered:
            return number
    return len(cue.tokens)


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag; one that opens something knows what closes it."""

    text: str
    what: Literal["open", "close", "point"] = "point"
    closing: str = ""


@dataclass(slots=True)
class _Seams:
    """Tags by the characters, white space not counted, that they stand before or after."""

    before: dict[int, list[_Tag]] = field(default_factory=dict)
    after: dict[int, list[_Tag]] = field(default_factory=dict)
    _ink: int = 0
    _touches: bool = False

    def take(self, content: Content, wraps: Sequence[tuple[str, str]]) -> None:
        """Take the tags of a content in their order."""
        for one in content:
            if isinstance(one, str):
                self._ink += len("".join(one.split()))
                self._touches = not one[-1:].isspace()
                continue
            opens, closes = wraps[one.key]
            if flat(one.content).strip():
                self.before.setdefault(self._ink, []).append(_Tag(opens, "open", closes))
                self.take(one.content, wraps)
                self.after.setdefault(self._ink - 1, []).append(_Tag(closes, "close"))
            else:
                self._point(opens)
                self.take(one.content, wraps)
                self._point(closes)

    def _point(self, tag: str) -> None:
        held, at = (self.after, self._ink - 1) if self._ink and self._touches else (self.before, self._ink)
        held.setdefault(at, []).append(_Tag(tag.strip()))

    def sort(self, ordered: Callable[[str], bool]) -> None:
        """Set tags that cannot change places (times) in their order again."""
        held = [
            (place, kind, number, tag)
            for kind, tags_at in enumerate((self.before, self.after))
            for place, tags in tags_at.items()
            for number, tag in enumerate(tags)
            if ordered(tag.text)
        ]
        held.sort(key=lambda one: one[:3])
        for (place, kind, number, _), tag in zip(held, sorted((one[3] for one in held), key=_text), strict=True):
            (self.before, self.after)[kind][place][number] = tag

    def sewn(self, screens: Sequence[Sequence[str]], written: Callable[[str], str]) -> list[tuple[str, ...]]:
        """The lines with their tags; those that are open at a screen's end are closed, and opened in the next."""
        ink, opened, made = 0, list[_Tag](), list[list[str]]()
        for screen in screens:
            lines = []
            for number, line in enumerate(screen):
                parts = [tag.text for tag in opened] if number == 0 else []
                for sign in line:
                    before = [] if sign.isspace() else _met(self.before.pop(ink, ()), opened)
                    after = [] if sign.isspace() else _met(self.after.pop(ink, ()), opened)
                    parts += [*before, written(sign), *after]
                    ink += not sign.isspace()
                lines.append("".join(parts))
            lines[-1:] = ["".join([*lines[-1:], *(tag.closing for tag in reversed(opened))])]
            made.append(lines)
        rest = [tag.text for held in (self.before, self.after) for at in sorted(held) for tag in held[at]]
        if rest:
            made = made or [[""]]
            made[-1][-1] += "".join(rest)
        return [tuple(lines) for lines in made]


def _met(tags: Sequence[_Tag], opened: list[_Tag]) -> list[str]:
    """The tags as text; which are open then is kept."""
    for tag in tags:
        if tag.what == "open":
            opened.append(tag)
        elif tag.what == "close":
            opened.pop()
    return [tag.text for tag in tags]


def _text(tag: _Tag) -> str:
    return tag.text
