"""What the commands share by which people decide: options, who it is, and how it is told what was recorded."""

from collections.abc import Sequence
from enum import StrEnum
from getpass import getuser
from typing import Annotated, TypeVar
from uuid import uuid4

import typer

from milestones.bootstrap import Monitor
from milestones.cli.shared import say
from milestones.domain.errors import SettingsError
from milestones.domain.events import Recorded

E = TypeVar("E", bound=StrEnum)

Reason = Annotated[str, typer.Option(help="why, in a sentence; it stays in the ledger")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="who decides; the ledger gets a pseudonym. Default: who is logged in")]
Slug = Annotated[str | None, typer.Option(metavar="SLUG")]
OneKind = Annotated[str | None, typer.Option(metavar="KIND", help="such as bill_passed")]
OneState = Annotated[str | None, typer.Option(metavar="STATE", help="scheduled or happened")]
OnePrecision = Annotated[str | None, typer.Option(metavar="PRECISION", help="day, month, quarter, half or year")]


def one(option: str, text: str | None, allowed: type[E]) -> E | None:
    """The member of an enumeration that an option names. Raises SettingsError listing those there are."""
    if text is None:
        return None
    try:
        return allowed(text)
    except ValueError:
        raise SettingsError(f"{option} must be one of {', '.join(allowed)}, not {text[:80]!r}") from None


def who(by: str | None) -> str:
    """The name of whoever decides."""
    if by is not None:
        return name_of(by)
    try:
        return getuser()
    except (KeyError, OSError):
        raise SettingsError("nobody is logged in by name here; say who decides with --by NAME") from None


def name_of(text: str) -> str:
    """A name as it is kept."""
    name = " ".join(text.split())
    if not name or len(name) > 200:
        raise SettingsError("a name has 1 to 200 characters")
    return name


def run_id() -> str:
    """What one call of the command line is known by."""
    return f"cli:{uuid4()}"


def tell(monitor: Monitor, events: Sequence[Recorded]) -> None:
    """What was recorded; then the read tables are brought up to it."""
    for event in events:
        say(f"recorded at position {event.position}: {line_of(event)}")
        say(f"  id {event.event_id}, by {event.draft.data['person']}")
    if not events:
        say("recorded already; nothing new")
    monitor.project()


def line_of(event: Recorded) -> str:
    """An event in one line."""
    draft = event.draft
    parts = (draft.type, draft.commitment, draft.target, draft.kind, draft.state, draft.occurred_on, draft.occurred_precision)
    return " ".join(str(part) for part in parts if part is not None)
