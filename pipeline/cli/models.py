"""`visavis models`: which models are here, and fetching others."""

from __future__ import annotations

import typer

from pipeline.cli.talk import give, give_json, say

app = typer.Typer(help="Show the models at hand, or fetch one.", no_args_is_help=True)


@app.command("list")
def list_(as_json: bool = typer.Option(False, "--json", help="One JSON object a model.")) -> None:
    """List the built-in model and those fetched before."""
    from pipeline.models import list_models

    for model in list_models():
        if as_json:
            give_json(model)
        else:
            give(
                f"{model.name}\t{model.source_language}-{model.target_language}\t{model.fingerprint[:12]}\t{model.folder}"
            )


@app.command()
def fetch(
    name: str = typer.Argument(..., help="ORG/NAME@REVISION, as on the Hugging Face hub."),
    again: bool = typer.Option(False, "--again", help="Fetch it even if it is here, in the place of what is here."),
) -> None:
    """Fetch a model from the hub, the only command that uses the network."""
    from pipeline.models import fetch_model

    model = fetch_model(name, again=again)
    say(f"fetched {model.name} into {model.folder}")
    give(str(model.folder))


@app.command()
def show(name: str = typer.Argument("built-in", help="built-in, a folder, or ORG/NAME@REVISION.")) -> None:
    """Show what is known of one model, as JSON."""
    from pipeline.models import find_model

    give_json(find_model(name))
