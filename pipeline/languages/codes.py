"""Language codes: whatever people call a language, as the one BCP 47 tag that everything here goes by."""

from __future__ import annotations

from pipeline.languages.words import FALLBACK, known_languages


def language_code(said: str) -> str:
    """The tag of a language: `French`, `fra`, `FR` and `fr` are `fr`, and `fr_CA` is `fr-CA`.

    By the CLDR's names and the IANA registry, through langcodes. Raises ValueError for what names no language.
    """
    if said in known_languages() - {FALLBACK}:  # langcodes takes a while to load its names
        return said
    import langcodes

    try:
        tag = langcodes.standardize_tag(said.strip())
        if langcodes.tag_is_valid(tag) and tag != "und":
            return tag
    except ValueError:
        pass
    try:
        return str(langcodes.find(said.strip()))
    except LookupError:
        raise ValueError("is no language that has a code; say fr, en, pt-BR, or a name, such as French") from None
