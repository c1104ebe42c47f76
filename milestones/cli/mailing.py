"""Commands of what is told beside digests: alerts and corrections, the mail of the operators, the brief of one commitment."""

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from milestones.bootstrap import Reporting, open_existing
from milestones.bootstrap.mailing import Mailing
from milestones.bootstrap.telling import Telling
from milestones.cli.shared import complain, one_of, say, write


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


def alert() -> None:
    """Corrections that are owed and alerts that are due, into the outbox."""
    with open_existing() as monitor:
        done = Mailing(monitor).send(Reporting(monitor).outbox(), run_id=f"cli:{uuid4()}")
    for delivery in done:
        (complain if delivery.failed else say)(delivery.line)
    if not done:
        say("no correction is owed and no alert is due")
    raise typer.Exit(1 if any(d.failed for d in done) else 0)


def operators(
    language: Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="en or zh")] = "en",
    preview: Annotated[Path | None, typer.Option(metavar="FILE", help="write the HTML there; record and send nothing")] = None,
) -> None:
    """What waits, what does not work and what to check, for those who run the service; into the outbox, once a day."""
    one_of("--lang", language, ("en", "zh"))
    with open_existing() as monitor:
        mailing = Mailing(monitor)
        if preview:
            write(preview, mailing.operators(language).html)
            return
        done = mailing.send_operators(Reporting(monitor).outbox(), (), run_id=f"cli:{uuid4()}", language=language)
    say(done.line)
