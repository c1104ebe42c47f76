"""Commands that mail: the digest of each subscription, and who has subscribed to what."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from milestones.adapters.mime import standalone
from milestones.adapters.subscription_files import TEMPLATE, read_subscriptions
from milestones.bootstrap import Reporting, load_settings, open_existing
from milestones.cli.shared import complain, say, write
from milestones.domain.errors import SettingsError


def digest(
    subscription: Annotated[str | None, typer.Option(metavar="ID", help="of this one only, due or not")] = None,
    preview: Annotated[Path | None, typer.Option(metavar="FILE", help="write the HTML there; record and send nothing")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what each would get; record and send nothing")] = False,
) -> None:
    """The digests that are due, into the outbox: what happened, what is due, which dates passed and on what basis, what could not be read."""
    with open_existing() as monitor:
        reporting = Reporting(monitor)
        only = reporting.subscriptions.find(subscription) if subscription else None
        if preview:
            write(preview, standalone(reporting.digest(only or reporting.subscriptions.all[0])[1]))
            return
        if dry_run:
            for line in reporting.planned(only=only):
                say(line)
            return
        done = reporting.send_due(reporting.outbox(), run_id=f"cli:{uuid4()}", only=only)
    for delivery in done:
        (complain if delivery.failed else say)(delivery.line)
    if not done:
        say("no digest is due today; name one with --subscription")
    raise typer.Exit(1 if any(d.failed for d in done) else 0)


class Asked(StrEnum):
    """What can be asked about subscriptions."""

    CHECK = "check"
    LIST = "list"
    TEMPLATE = "template"


def subscriptions(
    what: Annotated[Asked, typer.Argument(help="check a file, list what there is (without addresses), or print a template")],
    file: Annotated[Path | None, typer.Argument(help="default: that of the settings")] = None,
) -> None:
    """Who has subscribed to what."""
    if what is Asked.TEMPLATE:
        print_template()
        return
    settings = load_settings()
    path = file or settings.subscriptions
    if file and not file.exists():
        raise SettingsError(f"{file} is not there")
    with open_existing(settings) as monitor:
        found = read_subscriptions(path, monitor.registry, default_to=settings.report_to)
    if what is Asked.CHECK:
        say(
            f"{path.name}: {len(found.all)} subscriptions, nothing wrong"
            if path.exists()
            else f"{path} is not there; MILESTONES_REPORT_TO alone decides"
        )
        return
    for subscription in found.all:
        say(subscription.line())


def print_template() -> None:
    """The template, line by line."""
    for line in TEMPLATE.splitlines():
        say(line)
