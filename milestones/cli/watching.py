"""The command that tells how each source is doing."""

from typing import Annotated

import typer

from milestones.bootstrap import Watching, open_existing
from milestones.cli.shared import FACSIMILES, complain, emit, say
from milestones.domain.events import Origin


def sources(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """How each source is doing: last good read, newest document, days read, canaries, counts; exit code 1 where a person should look."""
    with open_existing() as monitor:
        health = Watching(monitor).health()
        origin = monitor.origin
    if as_json:
        emit({"origin": origin.value, "sources": [h.data() for h in health]}, indent=1)
    else:
        if origin is Origin.REPLICA:
            complain(FACSIMILES)
        for line in (line for h in health for line in h.lines()):
            say(line)
    raise typer.Exit(1 if any(h.alarming for h in health) else 0)
