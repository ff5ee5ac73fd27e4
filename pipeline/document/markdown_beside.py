"""What stands beside the lines of a Markdown text: its front matter, and blocks of HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.document.languages import Relabelled
from pipeline.document.markup import Markup
from pipeline.document.pages import fill_page
from pipeline.document.wordings import Turned
from pipeline.read.markdown import front_texts

if TYPE_CHECKING:
    from markdown_it.token import Token

# what YAML takes for more than a text
_YAML = re.compile(r"^[\s\"'\[\]{}&*!|>%@`#,?:-]|:\s|\s#|:$|^(?:true|false|null|yes|no|on|off|~|[\d.,_-]+)$", re.I)


def fill_front(text: Markup, blocks: Sequence[Turned]) -> None:
    """Set the translations of what front matter says, quoted where YAML needs that."""
    places = {number: span for number, _, span in front_texts(text.text)}
    for one in blocks:
        span = places.get(int(one.block.place.partition(":")[2]))
        if span is None or not one.changed:
            continue
        made, quote = one.wording.target, text.text[span.start - 1]
        if quote == "'":
            made = made.replace("'", "''")
        elif quote == '"' or _YAML.search(made):
            made = made.replace("\\", "\\\\").replace('"', '\\"')
            made = made if quote == '"' else f'"{made}"'
        text.edit(span.start, span.end, made)


def fill_pages(
    text: Markup, start: int, tokens: Sequence[Token], pages: Mapping[str, list[Turned]], name: str, labels: Relabelled
) -> None:
    """Set the translations of blocks of HTML, by their number."""
    _, starts = lines_of(text.text, start)
    for number, token in enumerate(one for one in tokens if one.type == "html_block"):
        blocks = pages.get(f"html{number}", [])
        if blocks and token.map:
            first, last = starts[token.map[0]], min(starts[token.map[1]], len(text.text))
            page = Markup(text.text[first:last], html=True)
            fill_page(page, blocks, name, labels)
            text.edit(first, last, page.written())


def lines_of(text: str, begin: int) -> tuple[list[str], list[int]]:
    """The lines from a place on, as long as the text's own, and where each begins."""
    lines = text[begin:].replace("\r\n", "\n ").replace("\r", "\n").split("\n")
    starts = [begin]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return lines, starts
