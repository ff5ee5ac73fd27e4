"""Every flag there is: what the checks find of sentences, what readers and the pairing say of documents."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.check import CHECKS
from pipeline.text import Severity

LOOK = "Look at the sentence."


@dataclass(frozen=True, slots=True)
class FlagMeaning:
    """What a flag says, how serious it is at worst, and what to do about it."""

    name: str
    of: str
    severity: Severity
    meaning: str
    remedy: str


_OF_DOCUMENTS: tuple[tuple[str, Severity, str, str], ...] = (
    ("encoding", "warning", "how the file was decoded; a warning where that was a guess", "Say `encoding` in the job."),
    ("double-encoded", "warning", "UTF-8 that was taken for another encoding", "`mend_encoding: true` puts it right."),
    ("extension", "warning", "the file is of another format than its name says", "Rename the file."),
    ("empty", "warning", "the file holds no text", "Check the file."),
    ("control-characters", "warning", "the text holds control characters", "Clean the file, or look at the places."),
    ("lone-surrogates", "warning", "the text holds halves of characters", "Clean the file, or look at the places."),
    ("left-out", "info", "what the document does not keep of the file", "Nothing, if it is not wanted."),
    ("mended", "info", "words, page marks and italics of plain text that were put right", "Nothing."),
    ("set-aside", "info", "licence, imprint, contents: what is no part of the book", "`matter: keep` takes it in."),
    ("markup-removed", "info", "markup within the text that the document does not keep", "Nothing."),
    ("markup-kept", "warning", "markup nests too deep to be read: it stands in the text", "Simplify the file."),
    ("tags-removed", "info", "format tags within subtitles", "Nothing."),
    ("spine-item-missing", "warning", "a page of the e-book is not in the file", "Get a whole copy."),
    ("spine-item-repeated", "warning", "a page of the e-book stands twice in its order; read once", "Nothing."),
    ("spine-item-not-text", "info", "a page of the e-book holds no text", "Nothing."),
    ("spine-item-broken", "warning", "a page of the e-book could not be read", "Mend the page, or get another copy."),
    ("spine-item-mended", "warning", "a page of the e-book is no sound XML; read as a browser would", "Look at it."),
    ("review-lost", "warning", "decisions of a review whose sentences are no longer there", "See visavis review."),
    ("damaged", "warning", "a part of the file could not be read, and its text may lack", "Look at it; get it anew."),
    ("scanned-pages", "warning", "pages of a PDF are pictures, without text", "Recognise their text first (OCR)."),
    ("letters-unknown", "warning", "fonts of a PDF do not tell their letters", "Look at it; recognise its text (OCR)."),
    ("empty-side", "warning", "one of the two texts has no sentence", "Check the files."),
    ("same-text", "warning", "source and target are the same text", "Check the files."),
    ("nothing-in-common", "warning", "the two texts seem to be no translation of each other", "Check the files."),
    ("length-ratio", "warning", "one text is much longer than the other", "Check that they are whole."),
    ("wrong-language", "warning", "a text looks like another language than was said", "Check the languages."),
    ("character-replaced", "info", "a corpus format cannot hold a character of this text", "Use jsonl or xliff."),
)  # fmt: skip
FLAGS: tuple[FlagMeaning, ...] = (
    *(FlagMeaning(check.name, "sentence", check.severity, check.meaning, check.remedy) for check in CHECKS),
    *(FlagMeaning(name, "document", severity, meaning, remedy) for name, severity, meaning, remedy in _OF_DOCUMENTS),
)
