"""A folder as the `datasets` library and its hub know corpora: Parquet files of a text a language, and a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.corpus.arrow import arrow
from pipeline.corpus.parquet import SHARD, Record, Tables
from pipeline.corpus.writer import TEXTS
from pipeline.errors import OutputError
from pipeline.files import appearing, own_folder
from pipeline.text import Bitext, Carries, Row

FOLDER = "huggingface"
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
          (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"))  # fmt: skip
_CARRIES = replace(TEXTS, ids=True, blocks=False, null_beads=False, spaces=True)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a corpus's card says besides what can be counted: its terms, and what made the translations."""

    name: str = "corpus"
    license: str = ""
    model: str = ""
    model_license: str = ""
    signature: str = ""


def _schema(source: str, target: str) -> Any:
    pa = arrow(OutputError)
    texts = pa.struct([(source, pa.string()), (target, pa.string())])
    return pa.schema([("id", pa.string()), ("translation", texts)], metadata={b"visavis": b"1"})


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder of shards and a card, which names what a corpus is made of."""

    facts: Facts = Facts()
    carries: Carries = _CARRIES
    extension: str = ""
    shard: int = SHARD

    def write(self, bitexts: Iterable[Bitext], folder: Path, stem: str) -> list[Path]:
        """Write `folder/huggingface/README.md` and its `data`."""
        counts: Counter[str] = Counter()
        languages = ["fr", "en"]

        def counted() -> Iterator[Bitext]:
            for bitext in bitexts:
                if not counts["documents"]:
                    languages[:] = bitext.source.language, bitext.target.language
                counts["documents"] += 1
                yield bitext

        def record(row: Row) -> Record:
            counts["pairs"] += 1
            texts = {languages[0]: row.source.text, languages[1]: row.target.text}
            return {"id": row.id, "translation": texts}

        home = own_folder(folder / FOLDER)
        tables = Tables(_CARRIES, "", _schema, record, "data", "train-{number:05}.parquet", self.shard, summary=False)
        made = tables.write(counted(), home, stem)
        with appearing(home / "README.md") as stream:
            stream.write(card(self.facts, counts, (languages[0], languages[1])).encode("utf-8", "replace"))
        return [home / "README.md", *made]


def card(facts: Facts, counts: Counter[str], languages: tuple[str, str]) -> str:
    """A dataset card: a head of YAML that the hub reads, and the same for people."""
    size = next((name for most, name in _SIZES if counts["pairs"] < most), "n>100M")
    bare = dict.fromkeys(one.partition("-")[0] for one in languages)  # the hub knows no regions
    head = [
        *("---", "language:", *(f"- {_tag(one)}" for one in bare), f"license: {facts.license or 'unknown'}"),
        *("task_categories:", "- translation", "size_categories:", f"- {size}"),
        *("dataset_info:", "  features:", "  - name: id", "    dtype: string"),
        *("  - name: translation", "    dtype:", "      translation:", "        languages:"),
        *(f"        - {_tag(one)}" for one in languages),
        *("configs:", "- config_name: default", "  data_files:", "  - split: train", "    path: data/train-*.parquet"),
        "---",
    ]
    made = f"made by the model {facts.model}" if facts.model else "made by people and aligned"
    body = [
        f"# {facts.name}",
        "",
        f"{counts['pairs']:,} pairs of {counts['documents']:,} documents, {languages[0]} and {languages[1]}; "
        f"the translations were {made}.",
        "",
        f"- Terms of the corpus: {facts.license or 'not stated; say `license` in the job'}",
        *([f"- Terms of the model: {facts.model_license or 'see its card'}"] if facts.model else []),
        f"- Made with: `{facts.signature or 'unknown'}`",
        "- A row: `id`, which names document, block and sentence, and `translation`, a text a language.",
    ]
    return "\n".join([*head, "", *body]) + "\n"


def _tag(language: str) -> str:
    """A language as YAML has it, to which `no` is no Norwegian."""
    return f'"{language}"' if language == "no" else language
