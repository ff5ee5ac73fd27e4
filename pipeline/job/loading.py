"""A job's inputs as documents: read as its settings say, named as its reports call them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.config import JobConfig
from pipeline.documents.loading import load_document
from pipeline.documents.pairing import PairingOptions, pair_documents
from pipeline.documents.translating import Loaded, loaded
from pipeline.job.inputs import Input
from pipeline.read import Limits
from pipeline.text import Bitext, Document


def load(input: Input, config: JobConfig) -> Loaded:
    """Read and split an input; raises InputError."""
    if input.part is None:
        return loaded(_read(input.path, input.id, input.name, config.source_language, config))
    with input.part.corpus.file(input.part.shard) as path:
        return loaded(_read(path, input.id, input.name, config.source_language, config))


def load_pair(input: Input, config: JobConfig) -> tuple[Document, Document]:
    """Read an input and its existing translation; raises InputError."""
    assert input.target is not None
    id = f"{input.id}-{config.target_language}"
    source = _read(input.path, input.id, input.name, config.source_language, config)
    columns = config.columns.model_copy(update={"source": config.columns.target or config.columns.source, "target": ""})
    theirs = config.model_copy(update={"columns": columns})
    return source, _read(input.target, id, input.target.name, config.target_language, theirs)


def pair(source: Document, target: Document, config: JobConfig) -> Bitext:
    """A document and its existing translation, aligned."""
    return pair_documents(source, target, pairing_options(config))


def pairing_options(config: JobConfig) -> PairingOptions:
    """How a job's documents are paired."""
    align = config.align
    return PairingOptions(align.embedder, align.anchors, align.chapters, min_score=align.min_score)


def _other(language: str, config: JobConfig) -> str:
    return config.target_language if language == config.source_language else config.source_language


def _read(path: Path, id: str, name: str, language: str, config: JobConfig) -> Document:
    document = load_document(
        path,
        id=id,
        language=language,
        encoding=config.encoding,
        everything=config.web_pages == "all",
        matter=config.matter,
        columns=config.columns.named,
        mend=config.mend_encoding,
        whole="document" in config.write,
        limits=Limits(**config.limits.model_dump()),
        target_language=_other(language, config),
    )
    return replace(document, path=name)
