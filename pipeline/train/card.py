"""The card of a trained model: what it was made of and how, what it scored, and the terms of its data."""

from __future__ import annotations

from pathlib import Path

from pipeline.measure.model_scores import Score
from pipeline.models import Model
from pipeline.train.checkpoint import atomically
from pipeline.train.config import TrainConfig
from pipeline.train.report import SourceCount, TrainReport
from pipeline.train.settled import Settled

_USUAL = ("name", "output", "corpora", "replay", "dev")  # told elsewhere in the card


def write_card(folder: Path, settled: Settled, base: Model, report: TrainReport) -> None:
    """Write README.md into a model folder."""
    text = card(settled, base, report)
    atomically(folder / "README.md", lambda made: made.write_text(text, encoding="utf-8"))


def card(settled: Settled, base: Model, report: TrainReport) -> str:
    """The card as Markdown."""
    config = settled.config
    verb = "fine-tuned" if config.kind == "fine-tune" else "trained on"
    base_name = f"{base.name} ({base.fingerprint[:12]}{', ' + base.license if base.license else ''})"
    apart = "words set apart from marks before them (`spaced_words`), " if base.spaced_words else ""
    parts = [
        f"# {config.name}: {config.source_language}→{config.target_language}, {verb} from {base.name}",
        f"**Use.** NFC, sacremoses `MosesPunctNormalizer`, white space collapsed, {apart}SentencePiece, `</s>` "
        f"at the end; beam {config.beam_size}. `max_source_pieces`: {base.max_source_pieces}. Weights are "
        "float16; positions are in the checkpoint (transformers' `save_pretrained` leaves them out), and the `<pad>` "
        "embedding is zero.",
        _figures(report),
        f"**How made.** From {base_name}: {report.steps:,} steps, {report.tokens:,} target tokens, "
        f"{report.seconds / 60:.1f} minutes, {settled.workers} worker(s) on {settled.device}, {settled.precision} "
        f"weights with float32 masters. Stopped: {report.stopped}. Kept: {report.chosen}.",
        "Options: " + ", ".join(f"{key} {value}" for key, value in _options(config)) + ".",
        _data(report.sources),
        _terms(base, report.sources),
    ]
    return "\n\n".join(parts) + "\n"


def _figures(report: TrainReport) -> str:
    if not report.after:
        return "**How good.** Not scored: no development set was given."
    lines = [
        "**How good.**",
        "",
        "| set | sentences | before: BLEU | chrF | after: BLEU | chrF |",
        "|---|---|---|---|---|---|",
    ]
    for name, after in report.after.items():
        lines.append(f"| {name} | {after.sentences} | {_cells(report.before.get(name))} | {_cells(after)} |")
    signatures = dict.fromkeys(one for score in report.after.values() for one in score.signatures)
    return "\n".join([*lines, "", *(f"`{one}`  " for one in signatures)]).rstrip()


def _cells(score: Score | None) -> str:
    return f"{score.bleu:.2f} | {score.chrf:.2f}" if score else "– | –"


def _options(config: TrainConfig) -> list[tuple[str, object]]:
    return [(key, value) for key, value in config.model_dump(mode="json").items() if key not in _USUAL]


def _data(sources: tuple[SourceCount, ...]) -> str:
    lines = ["**Data.**", "", "| corpus | source | pairs | weight | licence | not used |", "|---|---|---|---|---|---|"]
    for one in sources:
        dropped = ", ".join(f"{number:,} {reason}" for reason, number in one.dropped.items())
        unused = f"all ({one.left_out})" if one.left_out else dropped or "–"
        lines.append(
            f"| {_cell(one.corpus)} | {_cell(one.source) or '–'} | {one.pairs:,} | {one.weight:g} "
            f"| {_cell(one.licence)} | {_cell(unused)} |"
        )
    return "\n".join(lines)


def _terms(base: Model, sources: tuple[SourceCount, ...]) -> str:
    licences = dict.fromkeys(one.licence for one in sources if one.pairs)
    excluded = [one for one in sources if one.left_out.startswith("licence")]
    text = (
        f"**Terms.** Of the model it came from: {base.license or 'see its card'}. Of the data: {'; '.join(licences)}."
    )
    if excluded:
        names = ", ".join(f"{one.source or one.corpus} ({one.licence})" for one in excluded)
        text += f" Left out for their terms: {names}, {sum(sum(one.dropped.values()) for one in excluded):,} pairs."
    return text


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
