"""Reasons at the level of sentences: which ones of an input are others now, which ones a glossary row touches."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace

from pipeline.job.decisions import Decision, input_change
from pipeline.job.equipment import Equipment
from pipeline.job.manifest import Manifest
from pipeline.job.staging import Staging

SHOWN = 5  # glossary rows named one by one


def refined(
    decision: Decision, texts: Sequence[str], *, stage: Staging, former: Manifest, equipment: Equipment
) -> Decision:
    """The decision with its reasons made exact, now that the document's source sentences are known."""
    if decision.header is None:
        return decision
    reasons: list[str] = []
    for reason in decision.reasons:
        if reason == "input changed":
            bitext = stage.former(decision.input.id)
            former_texts = [one.text for one in bitext.source_sentences] if bitext else []
            reasons.append(input_change(former_texts, texts))
        elif reason == "glossary changed" and (rows := _glossary_rows(texts, former, equipment)):
            reasons += rows
        else:
            reasons.append(reason)
    return replace(decision, reasons=tuple(reasons))


def _glossary_rows(texts: Sequence[str], former: Manifest, equipment: Equipment) -> list[str]:
    """The glossary rows that came, went or changed and that sentences of this document hold."""
    from pipeline.glossary import Glossary, Term

    before = {str(cells[0]): cells for cells in former.terms or ()}
    after = (
        {term.source: list(asdict(term).values()) for term in equipment.glossary.terms} if equipment.glossary else {}
    )
    changed: dict[str, Term] = {}
    for source in sorted({name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}):
        with contextlib.suppress(TypeError):  # the record of a former version has other columns
            changed[source] = Term(*(after.get(source) or before[source]))
    rows = Glossary(changed.values())
    touched = Counter(term.source for text in texts for term in rows.held(text))
    reasons, untouched = [], 0
    for source, term in changed.items():
        count = touched[term.source]
        what = "changed" if source in before and source in after else "is new" if source in after else "is gone"
        if count:
            reasons.append(f"glossary row {source!r} {what}: {count} sentence{'s' * (count > 1)}")
        else:
            untouched += 1
    more = [f"{len(reasons) - SHOWN} more glossary rows changed"] if len(reasons) > SHOWN else []
    none = [f"glossary changed: {untouched} row{'s' * (untouched > 1)} that no sentence holds"]
    return [*reasons[:SHOWN], *more] or (none if untouched else [])
