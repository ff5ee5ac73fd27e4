"""Small jobs of real parts: a folder of texts, the built-in model with a beam of one, a memory of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.config import JobConfig, load_config
from pipeline.job import Event, Plan, plan, run
from pipeline.job.report import RunReport

TEXTS = {
    "phare.txt": "Le phare\n\nLe gardien monte l'escalier. Il allume la lampe.\n\nLa mer est calme ce soir.\n",
    "marché.fr.txt": "Le marché ouvre à huit heures. Les clients arrivent tôt.\n\nTout est vendu à midi.\n",
    "vide.txt": "",
}


@dataclass
class Job:
    """A job file with its inputs in one folder."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def results(self) -> Path:
        return self.folder / "out"

    @property
    def texts(self) -> Path:
        return self.folder / "texts"

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.texts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return path

    def config(self, *overrides: str) -> JobConfig:
        settings = {
            "name": "small",
            "inputs": "[texts]",
            "beam_size": "1",
            "write": "[tsv, jsonl, tmx, moses]",
            "book": "[html, epub]",
            "output": str(self.results),
            "memory": str(self.folder / "memory.sqlite"),
            **self.settings,
        }
        path = self.folder / "job.yaml"
        path.write_text("".join(f"{key}: {value}\n" for key, value in settings.items()), encoding="utf-8")
        return load_config(path, overrides)

    def run(self, *overrides: str, only: str | None = None, fail_fast: bool = False) -> RunReport:
        return run(self.config(*overrides), only=only, fail_fast=fail_fast)

    def events(self, *overrides: str) -> list[Event]:
        found: list[Event] = []
        run(self.config(*overrides), on_event=found.append)
        return found

    def plan(self, *overrides: str, only: str | None = None) -> Plan:
        return plan(self.config(*overrides), only=only)

    def corpus(self) -> dict[str, bytes]:
        """Corpus files and books; what holds times or is the job's own affair is left out."""
        own = {"report.json", "report.html", "manifest.json", "log.jsonl"}
        files = (path for path in self.results.rglob("*") if path.is_file() and ".work" not in path.parts)
        return {path.relative_to(self.results).as_posix(): path.read_bytes() for path in files if path.name not in own}

    def clean(self) -> None:
        """Forget all that was done."""
        for path in (*self.folder.glob("memory.sqlite*"), *self.results.rglob("*")):
            if path.is_file():
                path.unlink()


@pytest.fixture
def job(tmp_path: Path) -> Job:
    made = Job(tmp_path)
    for name, text in TEXTS.items():
        made.write(name, text)
    return made


@pytest.fixture
def several(job: Job, monkeypatch: pytest.MonkeyPatch) -> Job:
    """Some documents, in many shards where several workers decode them."""
    from pipeline.job.runners import afar

    monkeypatch.setattr(afar, "LARGEST", 4)
    monkeypatch.setattr(afar, "SMALLEST", 1)
    for number in range(2):
        lines = (f"Le gardien {word} la lampe {number} du phare." for word in VERBS.split())
        job.write(f"n{number}.txt", "\n\n".join(lines))
    job.settings |= {"book": "[html]"}
    return job


VERBS = "allume éteint voit porte garde cherche trouve nettoie regarde monte pose perd vend cache prend rend"


@pytest.fixture(scope="session")
def engine_ready() -> None:
    """The built-in model is converted once, before processes that are killed need it."""
    from pipeline.models import converted, find_model

    converted(find_model(), "int8_float32")
