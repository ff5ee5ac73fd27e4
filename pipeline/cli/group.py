"""How commands are found: `help`, and a word for those who forget the command."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from pipeline.cli.talk import give


class Commands(TyperGroup):
    """The commands; `help COMMAND` is `COMMAND --help`, and a job file alone is answered with what to type."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments name."""
        first = args[0]
        if first == "help":
            if len(args) > 1:
                return super().resolve_command(ctx, [*args[1:], "--help"])
            give(ctx.get_help())
            raise typer.Exit()
        if first.endswith((".yaml", ".yml")):
            ctx.fail(f"{first!r} is no command. To run a job: visavis run {first}")
        return super().resolve_command(ctx, args)
