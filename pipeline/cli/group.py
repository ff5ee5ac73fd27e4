"""How commands are found: `help`, and a word for those who forget the command."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class Commands(TyperGroup):
    """The commands; `help COMMAND` is `COMMAND --help`, and a job file alone is answered with what to type."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments name."""
        first = args[0]
        if first == "help":
            return super().resolve_command(ctx, [args[1], "--help"] if len(args) > 1 else ["run", "--help"])
        if first.endswith((".yaml", ".yml")):
            ctx.fail(f"{first!r} is no command. To run a job: visavis run {first}")
        return super().resolve_command(ctx, args)
