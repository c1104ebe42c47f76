"""The scoreboard: the totals of dated targets and apart from them those of the others, then every commitment in the order of its document.

Every total is taken from `read_status_count`, the one definition that mails and BI tools use too; a filter narrows the list, never a total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from milestones.airflow.pages.burndown import HEIGHT, WIDTH, burndown
from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.frame import frame_of, show
from milestones.domain.commitments import DeadlineKind
from milestones.domain.status import SETTLED, Status
from milestones.domain.vocabulary import Vocabulary

OPEN = "open"
_OPEN = frozenset(Status) - SETTLED - {Status.OVERDUE, Status.UNKNOWN}
_TOLD = (Status.MET, Status.MET_LATE, Status.OVERDUE, Status.UNKNOWN)
NEXT = 3

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A number of targets of one status (and basis, where it has one), or of all that are open."""

    status: str
    label: str
    basis: str | None
    basis_label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A commitment, those of its targets that were asked for, and its latest step."""

    commitment: Row
    targets: Sequence[Row]
    step: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filter; empty text for anything."""

    bureau: str = ""
    section: str = ""
    status: str = ""
    basis: str = ""
    dated: str = ""

    def takes(self, commitment: Row, target: Row) -> bool:
        """Whether a target is asked for."""
        return (
            (not self.bureau or self.bureau in commitment["bureaux"].split(", "))
            and self.section in ("", commitment["section_en"])
            and (not self.status or target["status"] in (_OPEN if self.status == OPEN else {self.status}))
            and self.basis in ("", target["basis"])
            and self.dated in ("", "yes" if is_dated(target) else "no")
        )


def page(request: Request, bureau: str = "", section: str = "", status: str = "", basis: str = "", dated: str = "") -> HTMLResponse:
    """The page; what is asked for and unknown finds nothing."""
    desk, frame = monitor(), frame_of(request)
    asked = Asked(bureau=bureau, section=section, status=status, basis=basis, dated=dated)
    tables, language = desk.read_tables, frame.language
    commitments = sorted(tables.rows("read_commitment"), key=lambda c: c["place"])
    targets = sorted(tables.rows("read_target"), key=lambda t: t["place"])
    counts, below = tables.rows("read_status_count"), footing(desk)
    found = sections(commitments, targets, desk.page_reads.latest_steps(), asked)
    promised_on = {c["commitment"]: c["promised_on"] for c in commitments}
    return show(
        frame,
        "scoreboard.html.jinja",
        below,
        asked=asked,
        dated=dated_totals(counts, language),
        undated=[t for t in totals(counts, "undated_target", language) if t.count],
        chart=burndown(filter(is_dated, targets), promised_on, date.fromisoformat(below.as_of_on)) if below.as_of_on else None,
        size=(WIDTH, HEIGHT),
        following=following(targets, below.as_of_on),
        unread=desk.in_trouble([]),
        sections=found,
        shown=sum(len(lines) for _, lines in found),
        commitments=len(commitments),
        several_documents=len({c["policy_document"] for c in commitments}) > 1,
        deadlines={kind: label.of(language) for kind, label in desk.vocabulary.deadlines.items()},
        choices=choices(commitments, desk.vocabulary, language),
    )


def choices(commitments: Sequence[Row], vocabulary: Vocabulary, language: str) -> dict[str, list[tuple[str, str]]]:
    """Value and label of what can be asked for: bureaux and sections that there are, and every status."""
    acting = {bureau for c in commitments for bureau in c["bureaux"].split(", ")}
    return {
        "bureau": [(bureau, label.of(language)) for bureau, label in vocabulary.bureaux.items() if bureau in acting],
        "section": list({c["section_en"]: c[f"section_{language}"] for c in commitments}.items()),
        "status": [(status.value, label.of(language)) for status, label in vocabulary.statuses.items()],
    }


def is_dated(target: Row) -> bool:
    """Whether a deadline can make it late; as `read_status_count` has it."""
    return bool(target["deadline_kind"] == DeadlineKind.BY)


def totals(counts: Iterable[Row], unit: str, language: str) -> list[Total]:
    """One for each status and basis of a unit."""
    return [
        Total(status=c["status"], label=c[f"status_{language}"], basis=c["basis"], basis_label=c[f"basis_{language}"] or "", count=c["count"])
        for c in counts
        if c["unit"] == unit
    ]


def dated_totals(counts: Iterable[Row], language: str) -> tuple[list[Total], list[Total]]:
    """What is told of dated targets at any time, and what their open ones are; then those that are neither, where there are any."""
    found = totals(counts, "dated_target", language)
    always = [t for t in found if t.status in _TOLD]
    return always + [t for t in found if t.count and t.status in SETTLED and t.status not in _TOLD], [t for t in found if t.status in _OPEN]


def following(targets: Iterable[Row], as_of_on: str) -> list[Row]:
    """The open dated targets whose deadlines come next."""
    ahead = [t for t in targets if is_dated(t) and t["status"] not in SETTLED and t["deadline_last_on"] >= as_of_on]
    return sorted(ahead, key=lambda t: (t["deadline_last_on"], t["place"]))[:NEXT]


def sections(commitments: Sequence[Row], targets: Iterable[Row], steps: Mapping[str, Row], asked: Asked) -> list[tuple[Row, list[Line]]]:
    """The lines under their sections, each section by its first commitment, in document order."""
    own: dict[str, list[Row]] = {}
    for target in targets:
        own.setdefault(target["commitment"], []).append(target)
    lines = [
        Line(commitment=c, targets=wanted, step=steps.get(c["commitment"]))
        for c in commitments
        if (wanted := [t for t in own.get(c["commitment"], []) if asked.takes(c, t)])
    ]
    grouped = groupby(lines, key=lambda line: (line.commitment["policy_document"], line.commitment["section_en"]))
    return [(found[0].commitment, found) for found in (list(group) for _, group in grouped)]
