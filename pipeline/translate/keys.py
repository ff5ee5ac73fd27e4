"""What decides a translation, and the digest under which it is remembered."""

from __future__ import annotations

import hashlib
from importlib import metadata

from pipeline.files import code_digest
from pipeline.models import Model
from pipeline.text.recipe import Part, Recipe
from pipeline.translate.options import Setup, TranslateOptions

_CODE = ("pipeline.translate", "pipeline.languages", "pipeline.text.tries", "pipeline.words")


def recipe_of(model: Model, options: TranslateOptions, setup: Setup, *, languages: tuple[str, str]) -> Recipe:
    """The parts that decide what is tried; the model counts by its content, not by its name.

    The judge is none of them: what is remembered are tries, and each run judges them anew.
    """
    named = Part("model", f"{model.name}#{model.fingerprint[:12]}", model.fingerprint)
    engine = f"{setup.engine} {_release(setup.engine)}"
    return Recipe((named,)) + Recipe.of(
        languages="-".join(languages),
        engine=engine,
        compute=setup.compute_type,
        beam=options.beam_size,
        pieces=model.max_source_pieces,
        translate=code_digest(*_CODE)[:12],
    )


def _release(engine: str) -> str:
    """Major and minor version of an engine; a fix of it is taken to translate alike."""
    return ".".join(metadata.version(engine).split(".")[:2])


def key_of(recipe: str, glossary: str, source: str) -> bytes:
    """SHA-256 over a recipe's digest, that of the glossary's terms in the sentence, and the sentence."""
    digest = hashlib.sha256()
    for part in (recipe, glossary, source):
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(raw)}:".encode() + raw)
    return digest.digest()
