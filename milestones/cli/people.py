"""Commands by which people correct the ledger: amend, retract, record; and who they are."""

import sys
from datetime import datetime
from typing import Annotated

import typer

from milestones.bootstrap import Monitor, Recording, open_existing
from milestones.cli.deciding import (
    By,
    OneKind,
    OnePrecision,
    OneState,
    Reason,
    Slug,
    line_of,
    name_of,
    one,
    run_id,
    tell,
    who,
)
from milestones.cli.shared import Day, say
from milestones.domain.dates import Precision
from milestones.domain.errors import LedgerError, SettingsError
from milestones.domain.events import Kind, State
from milestones.services import corrections
from milestones.services.corrections import Change, Code, Mail, Standing
from milestones.services.ports import Person
from milestones.services.recording import Told

Event = Annotated[str, typer.Argument(metavar="EVENT", help="position, or 8 or more characters of the id")]
Yes = Annotated[bool, typer.Option("--yes", help="do not ask")]

person = typer.Typer(no_args_is_help=True, help="Names behind the pseudonyms of the ledger: outside it, and erasable.")


def amend(
    event: Event,
    reason: Reason,
    occurred_on: Day = None,
    precision: OnePrecision = None,
    state: OneState = None,
    target: Slug = None,
    kind: OneKind = None,
    subject: Slug = None,
    quote: Annotated[str | None, typer.Option(help="other words of the same document")] = None,
    by: By = None,
    yes: Yes = False,
) -> None:
    """Say otherwise what an event says. Shows it first, and which mails carried it; what was said before stays in the ledger."""
    change = Change(
        occurred_on=occurred_on.date() if occurred_on else None,
        precision=one("--precision", precision, Precision),
        state=one("--state", state, State),
        target=target,
        kind=one("--kind", kind, Kind),
        subject=subject,
        quote=quote,
    )
    with open_existing() as monitor:
        stands = _shown(monitor, event, yes=yes)
        signature = monitor.sign(who(by), reason, run_id=run_id())
        done = corrections.amend(monitor.ledger, monitor.captures, monitor.registry, stands, change, signature=signature, now=monitor.clock())
        tell(monitor, [done])


def retract(
    event: Event,
    reason: Reason,
    code: Annotated[str, typer.Option(help="wrong, or withdrawn_by_source: its publisher took it back")] = Code.WRONG.value,
    by: By = None,
    yes: Yes = False,
) -> None:
    """Take back what an event says. Shows it first, and which mails carried it; earlier positions still show it."""
    kind_of_error = one("--code", code, Code) or Code.WRONG
    with open_existing() as monitor:
        stands = _shown(monitor, event, yes=yes)
        signature = monitor.sign(who(by), reason, run_id=run_id())
        tell(monitor, [corrections.retract(monitor.ledger, stands, code=kind_of_error, signature=signature, now=monitor.clock())])


def record(
    page: Annotated[str, typer.Argument(metavar="URL|FILE")],
    commitment: Annotated[str, typer.Option(metavar="ID", help="such as DE-04 or PA2024/DE-04")],
    target: Annotated[str, typer.Option(metavar="SLUG", help="a target of it, or context")],
    kind: Annotated[str, typer.Option(metavar="KIND", help="such as bill_passed")],
    occurred_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DAY")],
    quote: Annotated[str, typer.Option(help="the words of the page that say so; at most 300 characters")],
    reason: Reason,
    state: OneState = State.HAPPENED.value,
    precision: OnePrecision = Precision.DAY.value,
    subject: Slug = None,
    revised_deadline: Day = None,
    revised_precision: OnePrecision = Precision.DAY.value,
    said_by: Annotated[str | None, typer.Option(metavar="WHO", help="who announced the later deadline; default: who issued the page")] = None,
    by: By = None,
) -> None:
    """Record what the machine missed. The page is archived first, and the words must stand in it.

    A later official deadline is recorded with --kind delayed --revised-deadline DAY; the original one alone says late or not.
    """
    told = Told(
        commitment=commitment,
        target=target,
        kind=one("--kind", kind, Kind) or Kind.PROGRESS_REPORTED,
        state=one("--state", state, State) or State.HAPPENED,
        occurred_on=occurred_on.date(),
        precision=one("--precision", precision, Precision) or Precision.DAY,
        quote=quote,
        subject=subject,
        revised_on=revised_deadline.date() if revised_deadline else None,
        revised_precision=one("--revised-precision", revised_precision, Precision) or Precision.DAY,
        said_by=said_by,
    )
    with open_existing() as monitor:
        signature = monitor.sign(who(by), reason, run_id=run_id())
        try:
            done = Recording(monitor).record(page, told, signature=signature)
        except OSError as error:
            raise LedgerError(f"{page} cannot be read: {error.strerror or error}") from error
        tell(monitor, done.events)


@person.command("list")
def list_people() -> None:
    """Everybody who decided something, by name."""
    with open_existing() as monitor:
        for known in monitor.people.all():
            say(f"{known.person_id}  {_name(known)}")


@person.command()
def add(name: str, address: Annotated[str | None, typer.Option(help="a mail address")] = None) -> None:
    """Give a name its pseudonym, or a known person another address."""
    with open_existing() as monitor:
        known = monitor.people.add(name_of(name), address=address)
        say(f"{known.person_id}  {_name(known)}")


@person.command()
def erase(name: Annotated[str, typer.Argument(metavar="NAME|ID")], yes: Yes = False) -> None:
    """Forget somebody's name and address for good. Their decisions stay, under a pseudonym that nobody can resolve any more."""
    with open_existing() as monitor:
        known = monitor.people.find(name)
        if known is None:
            raise LedgerError(f"nobody is known as {name[:80]!r}; `milestones person list` shows everybody")
        say(f"{known.person_id}: name and address will be gone for good")
        _ask("Erase?", yes=yes)
        monitor.people.erase(known.person_id)
        say(f"{known.person_id} erased; the ledger is as it was")


def _shown(monitor: Monitor, name: str, *, yes: bool) -> Standing:
    """The event and the mails that carried it, on the screen; returns once the person has agreed."""
    stands = corrections.standing(monitor.ledger.read(), name)
    event = stands.event
    say(f"position {event.position}: {line_of(event)}")
    say(f"  id {event.event_id}")
    say(f"  {event.draft.source}")
    if event.draft.quote:
        say(f"  “{event.draft.quote}”")
    for mail in stands.mails:
        say(f"  carried by {_mail_line(mail)}")
    if not stands.mails:
        say("  no mail has carried it")
    _ask("Record the correction?", yes=yes)
    return stands


def _ask(question: str, *, yes: bool) -> None:
    """Returns once the person has agreed."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise SettingsError("there is no terminal to ask at; look at what is said above, then add --yes")
    if not typer.confirm(question):
        raise typer.Exit(1)


def _mail_line(mail: Mail) -> str:
    readers = "not recorded as sent" if mail.recipients is None else f"sent to {mail.recipients} recipients"
    return f"the {mail.kind} up to {mail.last_day}, {readers}, {mail.message_id}"


def _name(known: Person) -> str:
    return "(erased)" if known.name is None else f"{known.name}  {known.address or ''}".rstrip()
