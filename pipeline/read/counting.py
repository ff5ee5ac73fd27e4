"""Numbers of list items as letters and Roman figures."""

from __future__ import annotations

from string import ascii_lowercase

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 3999  # what Roman figures can say


def letters(number: int) -> str:
    """The number as a letter; after z, letters are doubled (aa, bb), as word processors do."""
    if not 0 < number <= _MOST:
        return str(number)
    times, letter = divmod(number - 1, len(ascii_lowercase))
    return ascii_lowercase[letter] * (times + 1)


def roman(number: int) -> str:
    """The number in Roman figures, where these can say it."""
    if not 0 < number <= _MOST:
        return str(number)
    made = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        made += sign * times
    return made
