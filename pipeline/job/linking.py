"""Which of a job's results show word links, by what code, and what makes the links."""

from __future__ import annotations

from pipeline.config import JobConfig
from pipeline.document import DOCUMENT
from pipeline.words import told, usual_way

CODE_OF_MARKS = ("pipeline.documents.setting", "pipeline.document", "pipeline.words")  # of what is set around words


def words_in_corpus(config: JobConfig, format: str) -> bool:
    """Whether a corpus format of a job shows word links."""
    from pipeline.corpus import FORMATS

    one = FORMATS[format]
    return one.words or (config.words == "all" and bool(one.writer.carries.layers))


def words_in_book(config: JobConfig, kind: str) -> bool:
    """Whether a book of a job shows word links."""
    from pipeline.book import BOOKS

    return BOOKS[kind].words and config.words != "none"


def code_of_links(words: bool) -> tuple[str, ...]:
    """The code that an output goes by which shows word links."""
    return ("pipeline.words", "pipeline.align", "pipeline.documents.linking") if words else ()


def told_links(config: JobConfig) -> str:
    """What makes the links of a job, in words for people; nothing where no result has any."""
    shown = [format == DOCUMENT or words_in_corpus(config, format) for format in config.write]
    if not any([*shown, *(words_in_book(config, kind) for kind in config.book)]):
        return ""
    languages = (config.source_language, config.target_language)
    return told(usual_way(*languages), *languages)
