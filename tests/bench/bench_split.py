"""Speed of splitting next to bare nltk Punkt in the same run, and growth with the text's length.

    python tests/bench/bench_split.py            # up to 10 MB
    python tests/bench/bench_split.py --full     # and a text of 50 MB

CPU time, best of three where a text is small. A text of another kind (one line of 5 MB, 100,000 dots, 100,000 quotes…)
must cost about as much a character as the ordinary one: no window a rule looks at grows with the text.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from nltk.tokenize.punkt import PunktSentenceTokenizer

from pipeline.languages.words import language_for
from pipeline.split import split_sentences

FRENCH = (
    "Le conseil municipal s'est réuni mardi soir pour débattre du budget de l'année à venir. Selon M. Dupont, adjoint "
    "aux finances, la ville a dépensé 12,5 millions d'euros en 2018, soit 3 % de plus que prévu. « Nous devons "
    "choisir », a-t-il dit. Les habitants, eux, attendent la nouvelle piscine depuis dix ans ! Sera-t-elle ouverte en "
    "juin ? Personne n'ose le promettre… Dans les quartiers du nord, on réclame aussi des arbres, des bancs, etc. Les "
    "élus en reparleront."
)
ENGLISH = (
    "The council met on Tuesday evening to discuss next year's budget. According to Mr. Smith, who is in charge of "
    'finance, the city spent $12.5 million in 2018, which is 3% more than planned. "We have to choose," he said. The '
    "people of the town have waited ten years for the new pool! Will it open in June? Nobody dares to promise that... "
    "In the north they also ask for trees, benches, etc. The council will talk about it again."
)


def seconds(work: Callable[[], object], times: int) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def against_punkt(language: str, paragraph: str) -> None:
    text = (paragraph + "\n\n") * (1_000_000 // len(paragraph))
    punkt = PunktSentenceTokenizer(language_for(language).parameters)
    split_sentences(paragraph, language)
    ours = seconds(lambda: split_sentences(text, language), 3)
    theirs = seconds(lambda: list(punkt.span_tokenize(text)), 3)
    print(
        f"{language}: ours {len(text) / ours / 1e6:.2f}, nltk Punkt {len(text) / theirs / 1e6:.2f} million characters"
        f" a CPU second, ratio {theirs / ours:.2f} (to reach: 0.60)"
    )


def growth(full: bool) -> None:
    unit = (FRENCH + "\n\n") * (1_000_000 // len(FRENCH))
    base = seconds(lambda: split_sentences(unit), 3) / len(unit)
    texts = {
        "5 MB": unit * 5,
        "10 MB": unit * 10,
        "one line of 5 MB": (FRENCH + " ") * (5_000_000 // len(FRENCH)),
        "one word of 5 MB": "a" * 5_000_000,
        "5 MB of short lines": "Un mot, deux mots\n" * 280_000,
        "100,000 dots": "." * 100_000,
        "100,000 spaced dots": ". " * 100_000,
        "100,000 quotes": '"' * 100_000,
        "100,000 dots and quotes": '." ' * 100_000,
        "100,000 guillemets": "« " * 100_000,
        "100,000 line ends": "\n" * 100_000,
        "100,000 spaces after dots": "Non." + " " * 100_000 + "Oui.",
        "100,000 sentences ending « . ) »": "Il part.) " * 100_000,
        "100,000 brackets": 'Oui." (non ' * 100_000,
    }
    if full:
        texts["50 MB"] = unit * 50
    for name, text in texts.items():
        spent = seconds(lambda text=text: split_sentences(text), 1)  # type: ignore[misc]
        print(f"{name:34s} {spent:7.2f} s, {spent / len(text) / base:6.2f} times the ordinary cost a character")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    against_punkt("fr", FRENCH)
    against_punkt("en", ENGLISH)
    growth(options.full)


if __name__ == "__main__":
    main()
