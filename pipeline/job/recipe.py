"""All that decides a job's documents besides their files: asked by plan, run and manifest alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING

from pipeline.config import JobConfig
from pipeline.files import code_digest, digest_of
from pipeline.text.recipe import Part, Recipe

if TYPE_CHECKING:
    from pipeline.glossary import Glossary
    from pipeline.memory import Leveraged

# The code that each step of a document's road goes by; a change in any of them does its documents again.
_ROAD = "pipeline.documents"
_CODE: dict[str, tuple[str, ...]] = {
    "read": ("pipeline.read", "pipeline.corpus", f"{_ROAD}.loading"),
    "split": ("pipeline.split", "pipeline.languages", "pipeline.text"),
    "check": (
        "pipeline.check",
        "pipeline.languages",
        "pipeline.glossary",
        "pipeline.words",
        f"{_ROAD}.checking",
        f"{_ROAD}.judging",
    ),
}
_PAIRING = {True: ("pipeline.align", f"{_ROAD}.pairing"), False: ("pipeline.align.provenance", f"{_ROAD}.translating")}
CODE = (*_CODE, "align code")  # names of parts that are digests of code


def recipe_of(
    config: JobConfig, translation: Recipe | None, glossary: Glossary | None, leverage: Sequence[Leveraged] = ()
) -> Recipe:
    """The recipe of a job's documents; `translation` is the translator's own, None where people translated."""
    code = {**_CODE, "align code": _PAIRING[bool(config.target)]}
    made = Recipe.of(languages=f"{config.source_language}-{config.target_language}")
    made += Recipe(tuple(Part(name, code_digest(*modules)[:12]) for name, modules in code.items()))
    made += Recipe.of(encoding=config.encoding or "found out", web_pages=config.web_pages, matter=config.matter)
    made += Recipe.of(columns=_columns(config), mend_encoding=str(config.mend_encoding))
    made += Recipe.of(whole="document" in config.write)
    made += translation or Recipe.of(align=_align(config))
    if leverage:
        made += Recipe.of(leverage=digest_of([astuple(one) for one in leverage])[:12])
        made += Recipe.of(matching=code_digest("pipeline.memory.leverage", f"{_ROAD}.leveraging")[:12])
    return made + Recipe.of(glossary=glossary.version if glossary else "none")


def _columns(config: JobConfig) -> str:
    return " ".join(f"{role}={name}" for role, name in config.columns.named.items()) or "told by the table"


def _align(config: JobConfig) -> str:
    return digest_of([config.align.embedder, config.align.anchors, config.align.chapters, config.align.min_score])[:12]
