"""What a format makes of a block: its marks for the placing, and how the placed words become its own bytes again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.document.inline import Content, Mark
from pipeline.document.placing import place
from pipeline.document.wordings import Turned, linked


@dataclass(frozen=True, slots=True)
class Form:
    """A block as it stands in a file: the marks in its text, and what puts placed words in its place."""

    marks: tuple[Mark, ...]
    put: Callable[[Content], None]


def fill(forms: Iterable[tuple[Turned, Form]]) -> None:
    """Put the translations in their places; words are linked only where marks must find theirs."""
    waiting = list(forms)
    known = linked({str(n): one.wording for n, (one, form) in enumerate(waiting) if form.marks})
    for number, (one, form) in enumerate(waiting):
        form.put(place(form.marks, known.get(str(number), one.wording)))


def rendered(
    content: Content, text: Callable[[str], str], wraps: Mapping[int, tuple[str, str]] | Sequence[tuple[str, str]]
) -> str:
    """A content with a pair of strings around what each mark holds."""
    parts = []
    for one in content:
        if isinstance(one, str):
            parts.append(text(one))
        else:
            before, after = wraps[one.key]
            parts += [before, rendered(one.content, text, wraps), after]
    return "".join(parts)
