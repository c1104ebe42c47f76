"""The scoreboard and one commitment's history for a terminal.

Scraped text goes in as plain `Text`, never as markup, and without control characters, so that a headline cannot repaint the screen.
"""

import unicodedata
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from milestones.domain.milestones import Knowledge, Milestone
from milestones.domain.status import CommitmentStatus, Status, TargetStatus
from milestones.domain.vocabulary import Vocabulary

_STYLE = {
    Status.MET: "green",
    Status.MET_LATE: "yellow",
    Status.OVERDUE: "red",
    Status.UNKNOWN: "magenta",
    Status.UNCONFIRMED: "magenta",
    Status.SCHEDULED: "cyan",
    Status.IN_PROGRESS: "blue",
    Status.ACTIVE: "blue",
}


def scoreboard_table(statuses: Sequence[CommitmentStatus], vocabulary: Vocabulary, *, caption: str) -> RenderableType:
    """Every target, in document order."""
    table = Table(caption=caption, caption_justify="left", header_style="bold", row_styles=["", "dim"])
    for name in ("Commitment", "Promise", "Targets met", "Target", "Status", "Day", "Deadline"):
        table.add_column(name, no_wrap=name in ("Commitment", "Day", "Deadline"))
    for status in statuses:
        for n, target in enumerate(status.targets):
            lead = (Text(status.commitment.key), Text(status.commitment.title_en), Text(_met(status))) if n == 0 else (Text(), Text(), Text())
            table.add_row(*lead, Text(target.target.title_en), _status(target, vocabulary), Text(_day(target)), Text(_deadline(target)))
    return table


def commitment_page(status: CommitmentStatus, knowledge: Knowledge, vocabulary: Vocabulary) -> RenderableType:
    """What was promised, where it stands, and the steps with their evidence, oldest first."""
    commitment = status.commitment
    head = Text.assemble((f"{commitment.key}  {commitment.title_en}\n", "bold"), f"{commitment.title_zh}  ({', '.join(commitment.bureaux)})\n")
    steps = sorted((m for m in knowledge.milestones if m.commitment == commitment.key), key=lambda m: (m.occurred_on is None, m.occurred_on or 0))
    targets = [_target_lines(t, vocabulary) for t in status.targets]
    history = [_step_lines(m, vocabulary) for m in steps] or [Text("No milestone has been recorded.")]
    return Group(head, *targets, Text("\nHistory", style="bold"), *history)


def plain(text: str) -> str:
    """Text without control and direction-changing characters."""
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cf") else " " for c in text)


def _target_lines(status: TargetStatus, vocabulary: Vocabulary) -> Text:
    text = Text.assemble(f"- {status.target.title_en} [{status.target.slug}]: ", _status(status, vocabulary))
    if status.occurred_on:
        text.append(f" on {_day(status)}")
    if status.target.deadline.printed:
        text.append(f", deadline {_deadline(status)} (printed: {status.target.deadline.printed})")
    for milestone in status.decided_by:
        for event in milestone.evidence:
            text.append(f"\n    {plain(event.draft.source)}\n    “{plain(event.draft.quote or '')}”", style="dim")
    return text


def _step_lines(milestone: Milestone, vocabulary: Vocabulary) -> Text:
    day = milestone.occurred_on.isoformat() if milestone.occurred_on else "day not stated"
    told = f"{day}  {vocabulary.kinds[milestone.kind].en} ({vocabulary.states[milestone.state].en}) {milestone.target}/{milestone.subject}"
    return Text.assemble(told, (f"  {len(milestone.evidence)} documents", "dim"))


def _status(target: TargetStatus, vocabulary: Vocabulary) -> Text:
    label = vocabulary.statuses[target.status].en
    if target.unread:
        label += f" (not read: {', '.join(target.unread)})"
    if target.straddles:
        label += " (the month stated reaches past the deadline)"
    return Text(label, style=_STYLE.get(target.status, ""))


def _met(status: CommitmentStatus) -> str:
    return f"{status.met} of {status.of}" if status.of else "continuing"


def _day(target: TargetStatus) -> str:
    return target.occurred_on.isoformat() if target.occurred_on else ""


def _deadline(target: TargetStatus) -> str:
    deadline = target.target.deadline
    return f"{deadline.kind.value} {deadline.interval.last}" if deadline.interval else "none"
