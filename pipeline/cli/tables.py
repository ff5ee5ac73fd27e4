"""`visavis formats` and `visavis flags`: the tables of the program, printed."""

from __future__ import annotations

import typer

from pipeline.cli.talk import give, give_json


def formats(as_json: bool = typer.Option(False, "--json", help="One JSON object a format.")) -> None:
    """Show what can be read and written, what each format keeps and what it leaves aside."""
    from pipeline import book, corpus, document, read

    if as_json:
        for one in read.FORMATS.values():
            give_json({"name": one.name, "reads": True, "suffixes": one.suffixes, "meaning": one.meaning,
                       "keeps": one.keeps, "leaves": one.leaves})  # fmt: skip
        for each in corpus.FORMATS.values():
            give_json({"name": each.name, "reads": each.read is not None, "writes": True, "meaning": each.meaning,
                       "carries": each.writer.carries})  # fmt: skip
        for kind in book.BOOKS.values():
            give_json({"name": kind.name, "reads": False, "writes": True, "meaning": kind.meaning,
                       "layouts": kind.layouts, "extra": kind.extra})  # fmt: skip
        for form in document.FORMATS.values():
            give_json({"name": form.name, "reads": True, "writes": True, "form": "its own", "changes": form.changes})
        return
    give("Documents that are read (inputs, target):")
    for one in read.FORMATS.values():
        give(f"  {' '.join(one.suffixes):<20} {one.meaning}: keeps {one.keeps}" + _but(one.leaves))
    give("\nParallel corpora (write; those marked * are read too, as inputs, corpora to train on, corrections):")
    for each in corpus.FORMATS.values():
        give(f"  {each.name + ('*' if each.read else ''):<20} {each.meaning}" + _but(_lost(each.writer.carries)))
    give("\nDocuments in their own form (write: document):")
    for form in document.FORMATS.values():
        give(f"  {form.name:<20} changes {form.changes}; all else stays byte for byte{_both(form.layouts)}")
    give("\nBooks (book):")
    for kind in book.BOOKS.values():
        needs = f" (extra: visavis[{kind.extra}])" if kind.extra else ""
        give(f"  {kind.name:<20} {kind.meaning}; layouts: {', '.join(kind.layouts)}{needs}")


def flags(as_json: bool = typer.Option(False, "--json", help="One JSON object a flag.")) -> None:
    """Show every flag: how serious it is, what it means, what to do."""
    from pipeline.documents.flags import FLAGS

    for flag in FLAGS:
        if as_json:
            give_json(flag)
        else:
            give(f"{flag.name:<22} {flag.of:<9} {flag.severity:<8} {flag.meaning}. {flag.remedy}")


def _both(layouts: tuple[str, ...]) -> str:
    return f"; layouts of both languages: {', '.join(layouts)}" if layouts else ""


def _but(left: str) -> str:
    return f"; without {left}" if left else ""


def _lost(carries: object) -> str:
    """What a corpus format has no place for, in its own words for them."""
    names = ("ids", "documents", "blocks", "sentences", "score", "confidence", "origin", "layers", "null_beads")
    lost = [name.replace("_", " ") for name in names if not getattr(carries, name)]
    kept = getattr(carries, "flags", "all")
    return ", ".join([*lost, *({"all": [], "names": ["details of flags"], "none": ["flags"]}[kept])])
