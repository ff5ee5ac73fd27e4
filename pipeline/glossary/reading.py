"""A glossary's file: rows of tab-separated cells, every fault with its line."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import InputError
from pipeline.files import require_file
from pipeline.glossary.finding import Glossary
from pipeline.glossary.terms import Term, plain

_COLUMNS = ("source", "target", "case", "word")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def read_glossary(path: str | Path) -> Glossary:
    """Read a glossary: UTF-8, columns `source`, `target` and, if wanted, `case` and `word`, separated by tabs.

    A row without a target, or with `keep` as its third column, is a term that is not to be translated.
    `case` is yes or no (the default); `word` is yes (the default), no (also inside words) or exact (no plural).
    A first line with these names may order the columns; empty lines and lines that start with # are skipped.
    Raises InputError with `file:line` of the first fault and the number of others.
    """
    path = Path(path)
    try:
        require_file(path)
        lines = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {reason}", "Give a glossary in UTF-8 with tabs.") from error
    columns: tuple[str, ...] = _COLUMNS
    terms: dict[tuple[str, bool], tuple[Term, int]] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        names = [cell.casefold() for cell in cells]
        if not terms and not faults and {"source", "target"} <= set(names) <= set(_COLUMNS):
            columns = tuple(names)
            continue
        try:
            term = _term(cells, columns)
            rule = (term.source if term.case else plain(term.source).casefold(), term.case)
            known, where = terms.setdefault(rule, (term, number))
            if known != term:
                raise ValueError(f"{term.source!r} has another rule in line {where}; separate several targets by |")
        except ValueError as error:
            faults.append(f"{path}:{number}: {error}")
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise InputError(faults[0] + more, "Each line is: source, tab, target; then, if wanted, case and word.")
    return Glossary(term for term, _ in terms.values())


def _term(cells: list[str], columns: tuple[str, ...]) -> Term:
    if len(cells) < 2:
        raise ValueError(f"no tab between source and target in {cells[0]!r}")
    kept = len(cells) > 2 and cells[2].casefold() == "keep"
    if kept:
        cells = [*cells[:2], "yes"]
        columns = _COLUMNS if len(columns) < 3 else columns
    if len(cells) > len(columns):
        raise ValueError(f"{len(cells)} columns, expected at most {len(columns)}")
    values = dict(zip(columns, cells, strict=False))
    if kept:
        values["target"] = ""
    term = Term(
        values.get("source", ""),
        values.get("target", "") or values.get("source", ""),
        case=_choice("case", values.get("case") or "no"),
        whole_word=_choice("word", values.get("word") or "yes", ("exact",)),
        exact=values.get("word", "").casefold() == "exact",
    )
    if not term.source or not term.targets:
        raise ValueError(f"the {'source' if not term.source else 'target'} is empty")
    return term


def _choice(column: str, value: str, others: tuple[str, ...] = ()) -> bool:
    if value.casefold() in others:
        return True
    if value.casefold() not in _YES:
        raise ValueError(f"{column} is {value!r}, expected yes, no{''.join(f', {one}' for one in others)}")
    return _YES[value.casefold()]
