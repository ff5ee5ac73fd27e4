"""`python -m pipeline` and the `visavis` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit with its code."""
    from pipeline.cli import main as command_line

    raise SystemExit(command_line())


if __name__ == "__main__":
    main()
