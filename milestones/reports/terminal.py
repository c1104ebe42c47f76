"""The scoreboard and one commitment's history for a terminal.

Scraped text goes in as plain `Text`, never as markup, and without control characters, so that a headline cannot repaint the screen.
"""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from milestones.domain.commitments import Baseline, Commitment, DeadlineKind
from milestones.domain.dates import Precision
from milestones.domain.events import Recorded
from milestones.domain.findings import Finding, findings
from milestones.domain.milestones import Knowledge, Milestone
from milestones.domain.status import CommitmentStatus, Status, TargetStatus
from milestones.domain.vocabulary import Vocabulary
from milestones.reports.words import count, visible

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


def scoreboard_lines(statuses: Sequence[CommitmentStatus], vocabulary: Vocabulary) -> RenderableType:
    """Every commitment and below it a line for each of its targets, in document order: narrow enough for 80 columns, easy to grep.

    The lines give status, day of what decides it, deadline, and what is to be reached. Where there are several policy documents, their keys
    stand before the commitments'.
    """
    several = len({s.commitment.key.partition("/")[0] for s in statuses}) > 1
    return Group(*(line for status in statuses for line in _score_lines(status, vocabulary, whole_key=several)))


def commitment_page(status: CommitmentStatus, knowledge: Knowledge, vocabulary: Vocabulary) -> RenderableType:
    """What was promised, where it stands, and the steps with their evidence, oldest first."""
    commitment = status.commitment
    head = Text.assemble((f"{commitment.key}  {commitment.title_en}\n", "bold"), f"{commitment.title_zh}  ({', '.join(commitment.bureaux)})\n")
    steps = sorted((m for m in knowledge.milestones if m.commitment == commitment.key), key=lambda m: (m.occurred_on is None, m.occurred_on or 0))
    head.append(_explanation(commitment))
    before = [_before_line(b, vocabulary) for b in commitment.baselines]
    became = [_became_line(e, vocabulary) for e in status.lifecycle]
    targets = [_target_lines(t, vocabulary) for t in status.targets]
    history = [_step_lines(m, vocabulary) for m in steps] or [Text("No milestone has been recorded.")]
    doubts = [_finding_line(f, vocabulary) for f in findings(steps)]
    return Group(head, *before, *became, *targets, Text("\nHistory", style="bold"), *history, *doubts)


def _explanation(commitment: Commitment) -> str:
    told = "".join(f"{text}\n" for text in (commitment.description_en, commitment.description_zh) if text)
    place = f"{commitment.section_en}: {commitment.heading_en}" + (f", bullet {commitment.bullet}" if commitment.bullet else "")
    return f"{told}{place}\n"


def _before_line(baseline: Baseline, vocabulary: Vocabulary) -> Text:
    day = baseline.occurred_on if baseline.precision is Precision.DAY else f"{baseline.occurred_on} ({vocabulary.precisions[baseline.precision].en})"
    told = f"before the promise, {day}: {vocabulary.kinds[baseline.kind].en} [{baseline.target}]: {baseline.note}"
    return Text.assemble(told, (f"\n    {baseline.source}", "dim"))


def _target_lines(status: TargetStatus, vocabulary: Vocabulary) -> Text:
    text = Text.assemble(f"- {status.target.title_en} [{status.target.slug}]: ", _status(status, vocabulary))
    if status.basis:
        text.append(f" ({vocabulary.bases[status.basis].en})")
    if status.occurred_on:
        text.append(f"; {_day(status)}" if status.basis else f" on {_day(status)}")
    if status.target.deadline.printed:
        text.append(f", deadline {_deadline(status)} (printed: {status.target.deadline.printed})")
    if status.revised:
        later = status.revised
        text.append(f"; later date announced by {visible(later.said_by)}: by {later.interval.last} (stated as a {later.precision.value})")
    for milestone in status.decided_by:
        for event in milestone.evidence:
            text.append(f"\n    {visible(event.draft.source)}\n    “{visible(event.draft.quote or '')}”", style="dim")
    return text


def _became_line(event: Recorded, vocabulary: Vocabulary) -> Text:
    draft = event.draft
    into = f" into {', '.join(draft.data['into'])}" if draft.data.get("into") else ""
    told = f"{vocabulary.event_types[draft.type].en}{into}, from {draft.occurred_on}: {draft.data.get('reason', '')}"
    return Text(f"{visible(told)}\n    {visible(draft.source)}", style="yellow")


def _step_lines(milestone: Milestone, vocabulary: Vocabulary) -> Text:
    day = milestone.occurred_on.isoformat() if milestone.occurred_on else "day not stated"
    told = f"{day}  {vocabulary.kinds[milestone.kind].en} ({vocabulary.states[milestone.state].en}) {milestone.target}/{milestone.subject}"
    moved = f"; announced for {', '.join(dict.fromkeys(str(e.draft.occurred_on) for e in milestone.put_off))} before" if milestone.put_off else ""
    return Text.assemble(told, moved, (f"  {count(len(milestone.evidence), 'document')}", "dim"))


def _finding_line(finding: Finding, vocabulary: Vocabulary) -> Text:
    told = f"{vocabulary.disagreements[finding.about].en}: {vocabulary.kinds[finding.kind].en} {finding.target}/{finding.subject}: {finding.line()}"
    pages = [f"\n    {visible(url)}" for url in dict.fromkeys(e.draft.source for e in finding.events)]
    return Text("".join([visible(told), *pages]), style="yellow")


def _status(target: TargetStatus, vocabulary: Vocabulary) -> Text:
    label = vocabulary.statuses[target.status].en
    if target.unread:
        label += f" (not read: {', '.join(target.unread)})"
    if target.straddles:
        label += " (the month stated reaches past the deadline)"
    return Text(label, style=_STYLE.get(target.status, ""))


def _score_lines(status: CommitmentStatus, vocabulary: Vocabulary, *, whole_key: bool) -> list[Text]:
    met = f"{status.met} of {status.of} met" if status.of else "continuing"
    name = status.commitment.key if whole_key else status.commitment.short
    head = Text.assemble((f"{name}  {status.commitment.title_en}", "bold"), f"  ({met})")
    return [head, *(_score_line(t, vocabulary) for t in status.targets)]


def _score_line(target: TargetStatus, vocabulary: Vocabulary) -> Text:
    label = vocabulary.statuses[target.status].en
    day = "" if target.basis else _day(target)  # of a date that passed, the day is that of the statement, which the page of the commitment tells
    told = f"{day:<12}{_deadline(target):<17}{target.target.title_en}"
    return Text.assemble("       ", (f"{label:<38}", _STYLE.get(target.status, "")), told)


def _day(target: TargetStatus) -> str:
    return target.occurred_on.isoformat() if target.occurred_on else ""


def _deadline(target: TargetStatus) -> str:
    deadline = target.target.deadline
    if deadline.interval is None:
        return ""
    return f"{deadline.kind.value} {deadline.interval.first if deadline.kind is DeadlineKind.FROM else deadline.interval.last}"
