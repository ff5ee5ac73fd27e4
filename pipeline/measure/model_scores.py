"""How good a model is on sentences with known translations: decoded as the product decodes, scored by sacrebleu."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.models import find_model
from pipeline.translate import TranslateOptions, open_translator


@dataclass(frozen=True, slots=True)
class Score:
    """Corpus scores, 0-100, with sacrebleu's signatures, after so many target tokens of training."""

    bleu: float
    chrf: float
    sentences: int
    tokens: int = 0
    signatures: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"BLEU {self.bleu:.2f}, chrF {self.chrf:.2f} ({self.sentences} sentences)"


def score_model(
    folder: str,
    pairs: tuple[Sequence[str], Sequence[str]],
    *,
    beam_size: int,
    languages: tuple[str, str],
    tokens: int = 0,
) -> Score:
    """BLEU and chrF of a model folder on (sources, references); one plain decoding a sentence, no second try."""
    options = TranslateOptions(beam_size=beam_size, retries=False)
    # its converted form is of use to nobody else: most scored models are thrown away
    with tempfile.TemporaryDirectory(prefix="visavis-") as cache:
        translator = open_translator(
            find_model(folder),
            options,
            source_language=languages[0],
            target_language=languages[1],
            cache=Path(cache),
        )
        with translator:
            made = [translation.text for translation in translator.translate(pairs[0])]
    return score_texts(made, pairs[1], tokens=tokens)


def score_texts(made: Sequence[str], references: Sequence[str], *, tokens: int = 0) -> Score:
    """BLEU and chrF of translations, with sacrebleu's signatures."""
    from sacrebleu.metrics import BLEU, CHRF

    metrics = BLEU(), CHRF()
    bleu, chrf = (metric.corpus_score(list(made), [list(references)]).score for metric in metrics)
    signatures = tuple(f"{metric.__class__.__name__}|{metric.get_signature()}" for metric in metrics)
    return Score(bleu, chrf, len(made), tokens, signatures)
