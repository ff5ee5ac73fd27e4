"""What a file says of its language, said anew: attributes of pages and of office files."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.document.markup import Markup, attribute, with_attribute

# office programs spell by region; of a language alone they take these
_REGIONS = {"en": "en-US", "fr": "fr-FR", "de": "de-DE", "es": "es-ES", "it": "it-IT", "pt": "pt-PT", "nl": "nl-NL"}
_LANG = ("lang", "xml:lang")
_SPOKEN = re.compile(r"\blang\s*=", re.I)


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A change of language; what is in another language than the source keeps its label."""

    source: str
    target: str

    def value(self, said: str) -> str:
        """A language's tag as it is after the change."""
        return self.target if self._is_source(said) else said

    def regional(self, said: str) -> str:
        """The same for office programs, which want a region."""
        return _REGIONS.get(self.target, self.target) if self._is_source(said) else said

    def tag(self, tag: str, names: tuple[str, ...] = _LANG, *, regional: bool = False) -> str:
        """A tag whose attributes of these names say the new language."""
        for name in names:
            said = attribute(tag, name)
            if said and self._is_source(said):
                tag = with_attribute(tag, name, self.regional(said) if regional else self.value(said))
        return tag

    def office(self, tag: str) -> str:
        """A tag of an office file, such as `<w:lang w:val="fr-FR"/>`; its other scripts' languages stay."""
        return self.tag(tag, ("w:val", "val", "lang", "fo:language"), regional=True)

    def country(self, tag: str) -> str:
        """A tag of an OpenDocument file, which says language and country apart."""
        if not self._is_source(attribute(tag, "fo:language")):
            return tag
        language, _, country = self.regional(self.source).partition("-")
        return with_attribute(with_attribute(tag, "fo:language", language), "fo:country", country or "none")

    def part(self, name: str, text: str) -> str:
        """A part of an office file that holds no text, but says the document's language."""
        if name.startswith("docProps"):
            return re.sub(
                r"(<dc:language>)([^<]*)(</dc:language>)", lambda one: one[1] + self.value(one[2]) + one[3], text
            )
        return re.sub(r"<w:(?:lang|themeFontLang)\b[^>]*>", lambda found: self.office(found[0]), text)

    def pages(self, markup: Markup) -> None:
        """Say the new language in all tags of a page that no edit has touched yet."""
        edited = sorted((start, end) for start, (end, _) in markup.edits.items())
        for token in markup.tokens:
            while edited and edited[0][1] <= token.start:
                edited.pop(0)
            if token.what not in ("open", "empty") or (edited and edited[0][0] <= token.start):
                continue
            raw = markup.raw(token.start, token.end)
            new = self.tag(raw) if _SPOKEN.search(raw) else raw
            if token.name.lower() == "meta" and "language" in raw.lower():
                new = self.tag(new, ("content",))
            if new != raw:
                markup.edit(token.start, token.end, new)

    def _is_source(self, said: str) -> bool:
        short = said.replace("_", "-").partition("-")[0].lower()
        return short == self.source.partition("-")[0].lower()
