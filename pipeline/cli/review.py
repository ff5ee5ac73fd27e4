"""`visavis review`: correct pairs in the browser, on this machine."""

from __future__ import annotations

import contextlib
from pathlib import Path

import typer

from pipeline.cli.ending import tell_outputs
from pipeline.cli.options import SourceLanguage, TargetLanguage
from pipeline.cli.talk import login, say
from pipeline.pages.telling import count


def review(
    what: list[Path] = typer.Argument(
        ...,
        help="The results of a job (outputs/my-job), a corpus file, or a text and its translation.",
        metavar="WHAT...",
    ),
    port: int = typer.Option(0, min=0, max=65535, help="Port of this machine; without one, any that is free."),
    no_browser: bool = typer.Option(False, "--no-browser", help="Open no browser; print the address only."),
    author: str | None = typer.Option(None, "--author", help="Who corrects; without it, whoever is logged in."),
    output: list[Path] = typer.Option(
        [], "-o", "--output", help="Write the reviewed pairs only (.tsv .xliff .tmx .jsonl …), and open no page."
    ),
    finish: bool = typer.Option(False, "--finish", help="Write the results anew with what was decided; open no page."),
    source_language: SourceLanguage = "fr",
    target_language: TargetLanguage = "en",
) -> None:
    """Correct, approve and re-pair in a page that only this machine can reach. What is saved lasts.

    visavis review outputs/my-job
    """
    from pipeline.review.projects import project_of, write_reviewed
    from pipeline.review.serving import serve

    project = project_of(what, (source_language, target_language))
    if output or finish:
        for path in output:
            tell_outputs(write_reviewed(project, path))
        if finish:
            done = project.finish()
            say(f"{count(done.reviewed, 'pair')} reviewed, {done.rejected:,} rejected")
            tell_outputs([Path(one) for one in done.files])
        return

    def ready(address: str) -> None:
        say(f"review of {project.name}: {address}")
        say("Open this address; it is for this machine and this browser only. Ctrl-C ends; everything is saved.")
        if not no_browser:
            import webbrowser

            webbrowser.open(address)

    with contextlib.suppress(KeyboardInterrupt):
        serve(project, port=port, author=login() if author is None else author, on_ready=ready)
    say(f"saved in {project.store}")
