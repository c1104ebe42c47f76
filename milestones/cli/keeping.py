"""Commands that keep the ledger and what is made from it."""

import typer

from milestones.bootstrap import open_existing
from milestones.cli.shared import bar, complain, say


def rebuild() -> None:
    """Make every read model anew from the ledger; readers see the old rows until the new ones take their place."""
    with open_existing() as monitor, bar() as progress:
        brought = monitor.bring_up(anew=True, progress=progress)
    for model in brought:
        (complain if model.failure else say)(model.line())
    raise typer.Exit(1 if any(model.failure for model in brought) else 0)
