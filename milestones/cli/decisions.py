"""Commands by which people decide: the review queue, standing rulings, and what becomes of commitments."""

from datetime import datetime
from typing import Annotated, Any

import typer

from milestones.bootstrap import Deciding, open_existing
from milestones.bootstrap.verdicts import Verdicts
from milestones.cli.deciding import By, Reason, Slug, one, run_id, tell, who
from milestones.cli.shared import emit, one_of, say
from milestones.domain.events import EventType, Kind, Recorded
from milestones.services import lifecycle
from milestones.services import review as reviewing
from milestones.services.ports import Staged
from milestones.services.verdicts import Verdict

review = typer.Typer(no_args_is_help=True, help="The doubtful ones: list them, accept or reject each.")
commitment = typer.Typer(no_args_is_help=True, help="What becomes of a commitment as a whole, with where it says so.")

Number = Annotated[
    str, typer.Argument(metavar="NUMBER", help="as `review list` shows it: of a candidate, @POSITION of an event, or the target of a verdict")
]
Id = Annotated[str, typer.Argument(metavar="ID", help="such as DE-04 or PA2024/DE-04")]
EffectiveOn = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="from when on it counts")]
Citation = Annotated[str, typer.Option(metavar="URL", help="the page that says so")]
Into = Annotated[list[str] | None, typer.Option(metavar="ID", help="what takes its place; may be given several times")]


@review.command("list")
def list_held(form: Annotated[str, typer.Option("--format", help="table or jsonl")] = "table") -> None:
    """What waits for a person, oldest first."""
    one_of("--format", form, ("table", "jsonl"))
    with open_existing() as monitor:
        lines = [*map(_held_line, monitor.readings.held()), *map(_unsaid_line, monitor.ledger.unsaid())]
        lines += [u.data(monitor.vocabulary) for u in monitor.unconfirmed()]
        lines += map(_verdict_line, Verdicts(monitor).waiting())
    for line in lines:
        if form == "jsonl":
            emit(line)
        else:
            told = " ".join(str(line[k] or "-") for k in ("commitment", "target", "kind", "state", "occurred_on", "confidence"))
            number = f"@{line['position']}" if line["position"] else line["number"] or line.get("name", "?")
            say(f"{number:>6}  {told}: {line['held_because']}; {line['reason']}")
            if line["url"]:
                say(f"        {line['url']}")
                say(f"        “{line['quote']}”")
            for told in (*line.get("pages", ()), *line.get("ways", ())):
                say(f"        {told}")
    if form == "table" and not lines:
        say("nothing waits for review")


@review.command()
def accept(number: Number, reason: Reason, by: By = None) -> None:
    """Agree: a candidate is a milestone, and recorded with the decision; an event that its document no longer tells is retracted."""
    with open_existing() as monitor:
        tell(monitor, Deciding(monitor).accept(number, by=who(by), reason=reason, run_id=run_id()))


@review.command()
def reject(number: Number, reason: Reason, by: By = None) -> None:
    """Disagree: a candidate is no milestone; an event stands though its document changed. The same text is not asked about again."""
    with open_existing() as monitor:
        tell(monitor, Deciding(monitor).reject(number, by=who(by), reason=reason, run_id=run_id()))


def rule(
    url: Annotated[str, typer.Argument(metavar="URL", help="a document that was read")],
    about: Annotated[str, typer.Option("--commitment", metavar="ID")],
    target: Annotated[str, typer.Option(metavar="SLUG")],
    kind: Annotated[str, typer.Option(metavar="KIND")],
    reason: Reason,
    subject: Slug = None,
    by: By = None,
) -> None:
    """Decide for good that a document does not tell a certain step of a target; holds until its text changes."""
    with open_existing() as monitor:
        signature = monitor.sign(who(by), reason, run_id=run_id())
        done = reviewing.rule(
            url,
            commitment=about,
            target=target,
            kind=one("--kind", kind, Kind) or Kind.PROGRESS_REPORTED,
            subject=subject,
            readings=monitor.readings,
            captures=monitor.captures,
            ledger=monitor.ledger,
            registry=monitor.registry,
            signature=signature,
            now=monitor.clock(),
        )
        tell(monitor, [done])


@commitment.command()
def withdraw(id_: Id, effective_on: EffectiveOn, citation: Citation, reason: Reason, by: By = None) -> None:
    """The Government gave it up."""
    _become(id_, EventType.COMMITMENT_WITHDRAWN, effective_on, citation, [], reason, by)


@commitment.command()
def merge(id_: Id, effective_on: EffectiveOn, citation: Citation, reason: Reason, into: Into = None, by: By = None) -> None:
    """It became part of another one."""
    _become(id_, EventType.COMMITMENT_MERGED, effective_on, citation, into or [], reason, by)


@commitment.command()
def split(id_: Id, effective_on: EffectiveOn, citation: Citation, reason: Reason, into: Into = None, by: By = None) -> None:
    """It became several."""
    _become(id_, EventType.COMMITMENT_SPLIT, effective_on, citation, into or [], reason, by)


@commitment.command()
def supersede(id_: Id, effective_on: EffectiveOn, citation: Citation, reason: Reason, into: Into = None, by: By = None) -> None:
    """Another one took its place."""
    _become(id_, EventType.COMMITMENT_SUPERSEDED, effective_on, citation, into or [], reason, by)


@commitment.command("carry-over")
def carry_over(id_: Id, effective_on: EffectiveOn, citation: Citation, reason: Reason, into: Into = None, by: By = None) -> None:
    """A later policy document goes on with it; it does not end."""
    _become(id_, EventType.COMMITMENT_CARRIED_OVER, effective_on, citation, into or [], reason, by)


def _become(id_: str, type_: EventType, effective_on: datetime, citation: str, into: list[str], reason: str, by: str | None) -> None:
    with open_existing() as monitor:
        signature = monitor.sign(who(by), reason, run_id=run_id())
        done = lifecycle.become(
            monitor.ledger,
            monitor.registry,
            id_,
            type_,
            effective_on=effective_on.date(),
            citation=citation,
            into=into,
            signature=signature,
            now=monitor.clock(),
        )
        tell(monitor, [done])


def _unsaid_line(event: Recorded) -> dict[str, Any]:
    draft = event.draft
    return {
        "number": None,
        "position": event.position,
        "commitment": draft.commitment,
        "target": draft.target,
        "kind": draft.kind,
        "state": draft.state,
        "subject": draft.subject,
        "occurred_on": draft.occurred_on.isoformat() if draft.occurred_on else None,
        "occurred_precision": draft.occurred_precision,
        "confidence": draft.confidence,
        "url": draft.source,
        "quote": draft.quote,
        "held_because": "a person has decided on this claim, and its document, changed since, no longer says it",
        "reason": draft.data.get("reason"),
    }


def _verdict_line(verdict: Verdict) -> dict[str, Any]:
    """It is named by its target: `milestones review accept PA2024/DE-04/bill`."""
    status = verdict.status
    decisive = status.decided_by[0] if status.decided_by else None
    return {
        "number": None,
        "position": None,
        "name": verdict.name,
        "commitment": verdict.commitment,
        "target": status.target.slug,
        "kind": decisive.kind.value if decisive else None,
        "state": decisive.state.value if decisive else None,
        "subject": decisive.subject if decisive else None,
        "occurred_on": verdict.day.isoformat(),
        "occurred_precision": status.precision,
        "confidence": None,
        "url": decisive.evidence[0].draft.source if decisive else None,
        "quote": decisive.evidence[0].draft.quote if decisive else None,
        "held_because": f"verdict to be confirmed before it is mailed, since {verdict.since}",
        "reason": status.status.value + (f", {status.basis.value}" if status.basis else ""),
        "ways": [
            f"milestones review accept {verdict.name} --reason WHY",
            f"it is not to be mailed: milestones review reject {verdict.name} --reason WHY",
        ],
    }


def _held_line(staged: Staged) -> dict[str, Any]:
    candidate = staged.candidate
    return {
        "number": staged.candidate_id,
        "position": None,
        "commitment": candidate.commitment,
        "target": candidate.target,
        "kind": candidate.kind.value,
        "state": candidate.state.value,
        "subject": candidate.subject,
        "occurred_on": candidate.occurred_on.isoformat() if candidate.occurred_on else None,
        "occurred_precision": candidate.precision.value,
        "confidence": candidate.confidence,
        "url": staged.stored.document.url,
        "quote": candidate.quote,
        "held_because": staged.held_because,
        "reason": candidate.reason,
    }
