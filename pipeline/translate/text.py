"""What the model reads: a sentence in the form that the models of this family were trained on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

# Look-alikes of the signs that models know; no-break spaces, which Moses' rules take for commas between figures;
# letters that the vocabulary writes in bytes
_ALIKE = str.maketrans({
    "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u2010": "-", "\u2011": "-", "\u2212": "-",
    "\u2032": "'", "\u02bc": "'", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "Œ": "Oe",
})  # fmt: skip

# Format characters (zero-width, bidirectional, soft hyphen, joiners, tags), half surrogates and noncharacters say
# nothing to the model; control characters are spaces.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
                        "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]")  # fmt: skip
# With the accent 42 of 105 such lines come out otherwise, and better (chrF 59.5 to 60.2); no participle, no `A c'était`
_TO = re.compile(r"^A (?=[a-zà-ÿ])(?!(?:[cdt]['’]|eu\b|été\b|\w+(?:é|ée|és|ées)\b))")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def angled(text: str) -> str:
    """A text with French quotation marks where a typist wrote two angles each."""
    return re.sub(r"<<(?=[^<>]*>>)", "«", text).replace(">>", "»") if "<<" in text and ">>" in text else text


def accented(text: str, language: str) -> str:
    """A French text whose first word is `À` where a typist left the accent out: `A quoi bon`, not `A voté`."""
    if text[:2] != "A " or language[:2].lower() != "fr":
        return text
    return _TO.sub("À ", text)


def normalise(text: str, language: str) -> str:
    """NFC, Moses punctuation, white space collapsed, as OPUS-MT and the built-in model were trained."""
    visible = _CONTROL.sub(" ", _INVISIBLE.sub("", text)).translate(_ALIKE)
    return " ".join(_punctuation(language)(unicodedata.normalize("NFC", visible)).split())


@cache
def _punctuation(language: str) -> Callable[[str], str]:
    normalizer = _moses().MosesPunctNormalizer(lang=language, perl_parity=False)
    return lambda text: str(normalizer.normalize(text))


def _moses() -> ModuleType:
    """The module of punctuation alone: the package of sacremoses reads tables of tokenisers too, a quarter second."""
    package = find_spec("sacremoses")
    assert package is not None
    assert package.submodule_search_locations is not None
    place = Path(package.submodule_search_locations[0], "normalize.py")
    spec = spec_from_file_location("sacremoses.normalize", place)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_shouted(text: str) -> bool:
    """Whether a text is all capitals, and more than an abbreviation: two words and more, one of them long."""
    if text.upper() != text or text.lower() == text:
        return False
    words = re.findall(r"[^\W\d_]+", text)
    return len(words) > 1 and any(len(word) > 4 for word in words)


def calm(text: str) -> str:
    """A shouted text in sentence case, which a model knows better."""
    lowered = text.lower()
    for index, character in enumerate(lowered):
        if character.isalpha():
            return lowered[:index] + character.upper() + lowered[index + 1 :]
    return lowered
