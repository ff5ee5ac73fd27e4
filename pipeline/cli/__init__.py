"""The command line: one file a command; each parses, calls one public function and prints."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import typer

from pipeline.cli import (
    align,
    book,
    compare,
    config,
    evaluate,
    init,
    memory,
    models,
    run,
    split,
    tables,
    train,
    translate,
    words,
)
from pipeline.cli.group import Commands
from pipeline.cli.talk import STOPPED, complain, say
from pipeline.cli.trouble import at_the_border, begin, bug_report, finish, release
from pipeline.errors import ConfigError, VisavisError

__all__ = ["app", "main"]

# typer carries a copy of click whose base of usage errors has no public name: message and exit code are on it
_WrongUse: Any = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="visavis",
    help="French to English translation and bilingual alignment: parallel corpora and bilingual books, offline.",
    no_args_is_help=True,
    cls=Commands,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run.run)
app.command("translate")(translate.translate)
app.command("init")(init.init)
app.command("split")(split.split)
app.command("align")(align.align)
app.command("words")(words.words)
app.command("book")(book.book)
app.command("compare")(compare.compare)
app.command("train")(train.train)
app.command("evaluate")(evaluate.evaluate)
app.command("formats")(tables.formats)
app.command("flags")(tables.flags)
app.add_typer(models.app, name="models")
app.add_typer(memory.app, name="memory")
app.add_typer(config.app, name="config")


def _version(asked: bool) -> None:
    if asked:
        from pipeline.version import __version__

        typer.echo(f"visavis {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "-V", "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """French to English translation and bilingual alignment: parallel corpora and bilingual books, offline."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 failed, 2 wrong use, 3 with warnings, 130 stopped.

    No error ends in a bare trace: what a boundary raises is told in two lines, and what is our fault goes to a log.
    """
    begin()
    try:
        return _run(arguments)
    finally:
        release()


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = app(args=None if arguments is None else list(arguments), prog_name="visavis", standalone_mode=False)
        finish()
        return result if isinstance(result, int) else 0
    except typer.Exit as end:
        return end.exit_code
    except _WrongUse as wrong:
        with contextlib.suppress(OSError, ValueError):
            wrong.show()
        return int(wrong.exit_code)
    except ConfigError as error:
        complain(error)
        return 2
    except VisavisError as error:
        complain(error)
        return 1
    except (KeyboardInterrupt, typer.Abort):
        say("stopped")
        return STOPPED
    except BrokenPipeError:  # the reader of our output (head, less) has gone, and wants to hear no more
        return 0
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        complain(at_the_border(error))
        return 1
    except Exception as error:
        complain(bug_report(error))
        return 1
