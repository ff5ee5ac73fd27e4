"""report.html: what a run did, for people, with the texts' doubts and links into their books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.config import JobConfig
from pipeline.errors import Failure
from pipeline.job.decisions import NEW
from pipeline.job.filtering import Rejected
from pipeline.job.outputs import Entry, book_path, is_one_book
from pipeline.job.places import REJECTED
from pipeline.job.profile import Href, Profile
from pipeline.job.report import DONE, FAILED, RunReport
from pipeline.job.staging import Stage
from pipeline.pages.frame import address
from pipeline.pages.running import FlagShown, JobPage, Problem
from pipeline.pages.telling import clock, count

if TYPE_CHECKING:
    from pipeline.documents.flags import FlagMeaning

SAID = 100  # of what readers said
_SHORTEST = 0.05  # seconds of a stage that is shown
# what is counted, in words; what else there is stays in report.json
_FIGURES = {
    "documents": "documents",
    "sentences": "sentences",
    "beads": "pairs",
    "null_beads": "without counterpart",
    "flagged": "worth a look",
    "human": "corrected by people",
    "rejected": "left out of the corpus",
    "documents_left_out": "left for later",
    "memory_damaged": "rows of the memory damaged, made anew",
}


def page_of(
    report: RunReport,
    config: JobConfig,
    stage: Stage,
    entries: Sequence[Entry],
    *,
    rejected: Rejected,
    aside: Sequence[Failure],
) -> bytes:
    """The page of a run; reads the staged documents, one at a time. Raises Damaged."""
    profile = Profile(_links(config, entries))
    for entry in entries:
        why = [one for one in report.reasons.get(entry.name, ()) if one != NEW]
        profile.add(stage.load(entry.id), entry.name, why, rejected)
    return JobPage(
        name=config.title or config.name,
        written=report.written,
        summary=_summary(report),
        outcome=_outcome(report),
        good=report.exit_code == DONE,
        languages=(config.source_language, config.target_language),
        figures=tuple((words, report.counts[name]) for name, words in _FIGURES.items() if report.counts.get(name)),
        books=tuple((path, path) for path in report.outputs if not path.startswith(("books/", "details/"))),
        failed=tuple(map(_problem, report.failures)),
        aside=tuple(map(_problem, aside)),
        said=report.said[:SAID],
        documents=profile.most_doubtful(),
        total=profile.documents,
        histograms=profile.histograms(),
        flags=_flags(profile),
        worst=profile.least_certain(),
        rejected=tuple(profile.reasons.most_common()),
        rejected_rows=tuple(profile.rejected),
        rejected_file=REJECTED,
        timings=tuple(one for one in report.timings.items() if one[1] >= _SHORTEST),
        word_links=report.word_links,
        decoded=report.counts.get("decoded", 0),
        remembered=report.counts.get("remembered", 0),
        signature=report.signature,
    ).html()


def page_of_nothing(report: RunReport, config: JobConfig) -> bytes:
    """The page of a run of which nothing came."""
    return JobPage(
        name=config.title or config.name,
        written=report.written,
        summary="Nothing could be done; former results stay as they are.",
        outcome=_outcome(report),
        good=False,
        languages=(config.source_language, config.target_language),
        failed=tuple(map(_problem, report.failures)),
        timings=tuple(report.timings.items()),
        signature=report.signature,
    ).html()


def _links(config: JobConfig, entries: Sequence[Entry]) -> Href:
    """From a document and an id in it to where that stands in a reader; nothing where the job makes none."""
    names = {entry.id: entry for entry in entries}
    single = is_one_book(config, len(entries))

    def href(document: str, id: str) -> str:
        if "html" not in config.book or document not in names:
            return ""
        path = "reader.html" if single else book_path(names[document], "html")
        return address(path) + (f"#{address(id)}" if id else "")

    return href


def _summary(report: RunReport) -> str:
    counts = report.counts
    told = [count(counts.get("documents", 0), "document"), count(counts.get("sentences", 0), "sentence")]
    told += [f"{counts['flagged']:,} worth a look"] if counts.get("flagged") else []
    return f"{', '.join(told)}; {clock(sum(report.timings.values()))}"


def _outcome(report: RunReport) -> str:
    if report.exit_code == DONE:
        return "Done."
    failed = f"{count(len(report.failures), 'file')} failed" if report.failures else ""
    if report.exit_code == FAILED:
        return f"Failed: {failed}."
    return f"Done, but {failed or 'more sentences are worth a look than the job allows (max_flagged)'}."


def _problem(failure: Failure) -> Problem:
    return Problem(failure.path, failure.reason, failure.remedy)


def _flags(profile: Profile) -> tuple[FlagShown, ...]:
    """The flags of sentences: warnings first, the most frequent first."""
    from pipeline.documents.flags import FLAGS

    known: dict[str, FlagMeaning] = {flag.name: flag for flag in FLAGS if flag.of == "sentence"}
    made = []
    for name, number in profile.flags.most_common():
        meaning = known.get(name)
        told = meaning.meaning if meaning else name.replace("-", " ")
        remedy = meaning.remedy if meaning else ""
        examples = tuple(profile.examples[name])
        made.append(FlagShown(name, number, profile.severity[name], told[:1].upper() + told[1:], remedy, examples))
    return tuple(sorted(made, key=lambda one: one.severity != "warning"))
