"""The command line: one file a command; each parses, calls one public function and prints."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer

from pipeline.cli.group import Commands
from pipeline.cli.talk import STOPPED, complain, say
from pipeline.cli.trouble import at_the_border, begin, bug_report, finish, release
from pipeline.errors import ConfigError, VisavisError

__all__ = ["COMMANDS", "main"]

# typer carries a copy of click whose base of usage errors has no public name: message and exit code are on it
_WrongUse: Any = typer.BadParameter.__mro__[2]

# Commands in the order of the help, and the file of each: a function of the command's name, or a group, `app`
COMMANDS = {
    "run": "run",
    "translate": "translate",
    "init": "init",
    "split": "split",
    "align": "align",
    "words": "words",
    "book": "book",
    "review": "review",
    "compare": "compare",
    "count": "count",
    "corpus": "corpus",
    "train": "train",
    "evaluate": "evaluate",
    "formats": "tables",
    "flags": "tables",
    "models": "models",
    "memory": "memory",
    "config": "config",
}


def _version(asked: bool) -> None:
    if asked:
        from pipeline.version import __version__

        typer.echo(f"visavis {__version__}")
        raise typer.Exit


def _app(first: str) -> typer.Typer:
    """The command line; where its first word is a command, no other is imported, for that takes time."""
    app = typer.Typer(
        name="visavis",
        help="French to English translation and bilingual alignment: parallel corpora and bilingual books, offline.",
        no_args_is_help=True,
        cls=Commands,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name, file in {first: COMMANDS[first]}.items() if first in COMMANDS else COMMANDS.items():
        module = import_module(f"pipeline.cli.{file}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


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
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        result = _app(given[0] if given else "")(args=given, prog_name="visavis", standalone_mode=False)
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
