"""The page that leads to each of several books."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.pages.frame import render


@dataclass(frozen=True, slots=True)
class Volume:
    """One of several books: title, author, source's file, sentences, and its files, each with what it is."""

    title: str
    author: str
    file: str
    language: str
    sentences: int
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """Several books and where they lie."""

    title: str
    volumes: Iterable[Volume]

    def html(self) -> bytes:
        """The page."""
        return render("shelf.html.j2", self.title, volumes=list(self.volumes))
