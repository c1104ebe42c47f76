"""The dated targets on a line of days: promised, officially revised, done; each with its row in a table. In document order.

Undated targets have no place on it and are counted apart. Zooming is links and two date fields, so it needs no script.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from milestones.airflow.pages.charts import Axis, Bar
from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.frame import Frame, frame_of, show
from milestones.domain.commitments import DeadlineKind
from milestones.domain.dates import hk_day
from milestones.domain.events import Recorded
from milestones.domain.milestones import fold
from milestones.domain.revisions import Revised, revised
from milestones.domain.status import MET, Status
from milestones.reports.wording import say

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A dated target. `binds_on` is the day that its deadline names, `done_on` the completing day, `fixed_on` one that lies ahead."""

    target: Row
    commitment: Row
    first_on: date
    last_on: date
    binds_on: date
    revised: Revised | None
    done_on: date | None
    fixed_on: date | None
    is_passed: bool

    @property
    def marks(self) -> list[tuple[str, date]]:
        """Every day of it that has a mark, by what it is."""
        later = self.revised.interval.last if self.revised else None
        named = [("promised", self.binds_on), ("revised", later), ("fixed", self.fixed_on), ("done", self.done_on)]
        return [(name, day) for name, day in named if day]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A line as it is drawn: the promised stretch, what joins promise and act (or today), marks, and whether marks lie beyond an end."""

    line: Line
    promised: Bar | None
    joined: Bar | None
    is_open: bool
    marks: Sequence[tuple[str, float]]
    is_before: bool
    is_behind: bool
    told: str


def page(request: Request) -> HTMLResponse:
    """The page."""
    desk, frame = monitor(), frame_of(request)
    on = hk_day(desk.clock())
    commitments = {row["commitment"]: row for row in desk.read_tables.rows("read_commitment")}
    targets = desk.read_tables.rows("read_target")
    dated = [t for t in targets if t["deadline_last_on"]]
    every = lines(dated, commitments, desk.records.revisions({t["commitment"] for t in dated}), on)
    bureau, section = frame.query.get("bureau") or None, frame.query.get("section") or None
    wanted = [x for x in every if _is_of(x.commitment, bureau, section)]
    whole = extent(every, on)
    axis = asked_of(frame.query, whole)
    return show(
        frame,
        "timeline.html.jinja",
        footing(desk),
        on=on,
        axis=axis,
        whole=whole,
        today_at=axis.at(on) if axis.holds(on) else None,
        tracks=[track(x, axis, on, frame.language) for x in wanted],
        undated=len(targets) - len(dated),
        years=[Axis(date(y, 1, 1), date(y, 12, 31)) for y in range(whole.first.year, whole.last.year + 1)],
        bureau=bureau,
        section=section,
        bureaux=[(b, desk.vocabulary.bureaux[b].of(frame.language) if b in desk.vocabulary.bureaux else b) for b in _bureaux(every)],
        sections=_sections(every, frame),
        shown=lambda to: frame.href("/timeline", **{"bureau": bureau, "section": section, "from": to.first, "to": to.last}),
    )


def lines(dated: Iterable[Row], commitments: Mapping[str, Row], revisions: Sequence[Recorded], on: date) -> list[Line]:
    """The dated targets in document order; `revisions` are events that give some of them a later deadline."""
    delays = fold(revisions).milestones
    found = []
    for target in sorted(dated, key=lambda t: t["place"]):
        first, last = date.fromisoformat(target["deadline_first_on"]), date.fromisoformat(target["deadline_last_on"])
        by = target["deadline_kind"] == DeadlineKind.BY
        status, occurred = Status(target["status"]), date.fromisoformat(target["occurred_on"]) if target["occurred_on"] else None
        found.append(
            Line(
                target=target,
                commitment=commitments[target["commitment"]],
                first_on=first,
                last_on=last,
                binds_on=last if by else first,
                revised=revised((m for m in delays if m.commitment == target["commitment"]), target["target"], on),
                done_on=occurred if status in MET else None,
                fixed_on=occurred if status in (Status.SCHEDULED, Status.UNCONFIRMED) else None,
                is_passed=status in (Status.OVERDUE, Status.UNKNOWN),
            )
        )
    return found


def track(line: Line, axis: Axis, on: date, language: str) -> Track:
    """A line drawn on an axis, with all of it in words."""
    end = line.done_on or line.fixed_on or (on if line.is_passed else None)
    told = [say("timeline.told_promised", language, first=line.first_on, last=line.last_on)]
    told += [say(f"timeline.told_{name}", language, day=day) for name, day in line.marks if name != "promised"]
    return Track(
        line=line,
        promised=axis.bar(line.first_on, line.last_on),
        joined=axis.bar(min(line.binds_on, end), max(line.binds_on, end)) if end else None,
        is_open=line.is_passed,
        marks=[(name, axis.at(day)) for name, day in line.marks if axis.holds(day)],
        is_before=any(day < axis.first for _, day in line.marks),
        is_behind=any(day > axis.last for _, day in line.marks),
        told=", ".join([*told, line.target[f"status_{language}"]]),
    )


def extent(every: Iterable[Line], on: date) -> Axis:
    """From the year of the first day of any line to the end of that of the last."""
    days = [on, *(d for x in every for d in (x.first_on, x.last_on, *(day for _, day in x.marks)))]
    return Axis(date(min(days).year, 1, 1), date(max(days).year, 12, 31))


def asked_of(query: Mapping[str, str], whole: Axis) -> Axis:
    """The stretch that is asked for; the whole where that is none, or where its ends do not follow one another."""
    try:
        first = max(date.fromisoformat(query["from"]), EARLIEST) if query.get("from") else whole.first
        last = min(date.fromisoformat(query["to"]), LATEST) if query.get("to") else whole.last
    except ValueError:
        return whole
    return Axis(first, last) if first < last else whole


def _is_of(commitment: Row, bureau: str | None, section: str | None) -> bool:
    return (bureau is None or bureau in _named(commitment)) and (section is None or commitment["section_en"] == section)


def _named(commitment: Row) -> list[str]:
    return str(commitment["bureaux"]).split(", ")


def _bureaux(every: Iterable[Line]) -> list[str]:
    return sorted({b for x in every for b in _named(x.commitment)})


def _sections(every: Iterable[Line], frame: Frame) -> list[tuple[str, str]]:
    """Each section that has a dated target, in document order: its English name, by which it is asked for, and its name here."""
    return list({x.commitment["section_en"]: x.commitment[f"section_{frame.language}"] for x in every}.items())
