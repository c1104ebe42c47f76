"""Commands of what is told beside digests: the brief of one commitment."""

from pathlib import Path
from typing import Annotated

import typer

from milestones.bootstrap import open_existing
from milestones.bootstrap.telling import Telling
from milestones.cli.shared import one_of, say, write


def brief(
    commitment: Annotated[str, typer.Argument(metavar="ID", help="such as DE-04 or PA2024/DE-04")],
    language: Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="en or zh")] = "en",
    file: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="write the page there, to be printed")] = None,
) -> None:
    """One page on a commitment for whoever is asked: promise, evidence, latest statement, what is missing and what would change it."""
    one_of("--lang", language, ("en", "zh"))
    with open_existing() as monitor:
        page = Telling(monitor).brief(commitment, language)
    if file:
        write(file, page.html)
    else:
        for line in page.text.splitlines():
            say(line)
