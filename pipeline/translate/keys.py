"""What decides a translation, as a readable line and as the digest under which it is remembered."""

from __future__ import annotations

import hashlib

from pipeline.models import Model
from pipeline.translate.options import Setup, TranslateOptions
from pipeline.translate.text import NORMALISER_VERSION

TRANSLATE_VERSION = "translate-3"  # cutting, passing through, retrying, joining, ending, spacing, how a beam ends


def signature_of(
    model: Model, options: TranslateOptions, setup: Setup, *, languages: tuple[str, str], judge_version: str
) -> str:
    """Everything but glossary and source text that decides the output, on one line."""
    parts = {
        "model": f"{model.name}#{model.fingerprint[:12]}",
        "languages": "-".join(languages),
        "engine": setup.engine,
        "compute": setup.compute_type,
        "beam": options.beam_size,
        "pieces": model.max_source_pieces,
        "text": NORMALISER_VERSION,
        "translate": TRANSLATE_VERSION,
        "retries": "on" if options.retries else "off",
        "judge": judge_version or "none",
    }
    return "|".join(f"{name}:{value}" for name, value in parts.items())


def key_of(fingerprint: str, signature: str, glossary_digest: str, source: str) -> bytes:
    """SHA-256 over all that decides a translation; the model counts by its content, not by its name."""
    nameless = "|".join(part for part in signature.split("|") if not part.startswith("model:"))
    digest = hashlib.sha256()
    for part in (fingerprint, nameless, glossary_digest, source):
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(raw)}:".encode() + raw)
    return digest.digest()
