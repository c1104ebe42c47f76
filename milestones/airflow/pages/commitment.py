"""One commitment: what was promised, where each target stands and what would change that, the history with its evidence, and what was searched.

Of any day and as known at the end of any day. The statuses come from the read models, so they are those of everywhere else; the history is
folded from the newest SHOWN events of the commitment alone, which keeps the page fast whatever the length of the ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse

from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.evidence import asides, name_of, stated, steps
from milestones.airflow.pages.frame import frame_of, show
from milestones.bootstrap import Monitor
from milestones.domain.commitments import Baseline, Commitment, DeadlineKind, Target
from milestones.domain.dates import Precision, end_of_hk_day, hk_day
from milestones.domain.errors import RegistryError
from milestones.domain.findings import findings
from milestones.domain.flips import Flip, flips
from milestones.domain.milestones import Milestone, fold
from milestones.domain.revisions import Revised, revised
from milestones.domain.status import SETTLED, Basis, Status, sources_needed
from milestones.domain.vocabulary import Vocabulary

SHOWN = 150
"""Events of which one page tells; a commitment of the 2024 Policy Address has met 39 in two years."""

_DAY_OF = {
    **dict.fromkeys((Status.MET, Status.MET_LATE, Status.IN_PLACE_BEFORE), "completed"),
    **dict.fromkeys((Status.SCHEDULED, Status.UNCONFIRMED), "day_fixed"),
    **dict.fromkeys((Status.WITHDRAWN, Status.CANCELLED), "ended_on"),
    Status.OVERDUE: "said_on",
}
"""What the day beside a status is the day of; of other statuses, of the latest step."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The day that is asked about, the day at whose end it was known (None: all that is known), and the range of both."""

    on: date
    known: date | None
    promised_on: date
    opened_on: date
    today: date

    @property
    def is_now(self) -> bool:
        """Whether it is the present that is shown."""
        return self.on == self.today and self.known is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Would:
    """What would change a status: the new one, in words, and what each step is about with the kinds that do."""

    flip: Flip
    status: str
    basis: str
    steps: Mapping[str, Sequence[str]]
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """A target as the page shows it; `row` is its status on the day that is asked about, `occurred` the day of what `day_of` says.

    `searched` is None where it is not the present.
    """

    target: Target
    row: Row
    status: str
    basis: str
    occurred: str
    day_of: str
    late_days: int | None
    revised: Revised | None
    would: tuple[Would, ...]
    is_settled: bool
    searched: int | None
    baselines: tuple[Baseline, ...]


def page(request: Request, name: str) -> HTMLResponse:
    """The page of a full key, or of a bare one while only one policy document has it. Raises 404 where there is no such commitment."""
    desk, frame = monitor(), frame_of(request)
    try:
        commitment = desk.registry.find(name)
    except RegistryError as error:
        raise HTTPException(404, str(error)) from None
    asked = asked_of(frame.query, desk, commitment)
    before = _position(frame.query.get("before", ""))
    known_at = end_of_hk_day(asked.known) - timedelta(microseconds=1) if asked.known else None
    events = desk.records.of_commitment(commitment.key, known_at=known_at, before=before, limit=SHOWN)
    knowledge = fold(events)
    history = steps(commitment, knowledge, events, desk.vocabulary, frame.language)
    others = asides(events, history, desk.vocabulary, frame.language)
    now = {r["target"]: r for r in desk.read_tables.rows("read_target") if r["commitment"] == commitment.key}
    then = desk.records.standing(commitment.key, on=asked.on, known_at=known_at or desk.clock())
    targets = targets_of(commitment, asked, now if asked.is_now else then, now, knowledge.milestones, desk.vocabulary, frame.language)
    keys = list(desk.registry.by_key)
    place = keys.index(commitment.key)
    return show(
        frame,
        "commitment.html.jinja",
        footing(desk),
        commitment=commitment,
        document=desk.registry.policy_document(commitment.key),
        bureaux=[(b, desk.vocabulary.bureaux[b].of(frame.language) if b in desk.vocabulary.bureaux else b) for b in commitment.bureaux],
        asked=asked,
        targets=targets,
        met=sum(t.row["status"] in (Status.MET, Status.MET_LATE) for t in targets),
        of=sum(t.target.can_be_met for t in targets),
        steps=[s for s in history if asked.is_now or s.milestone.meant.first <= asked.on],
        later=[s for s in history if not asked.is_now and s.milestone.meant.first > asked.on],
        most=SHOWN,
        asides=others,
        before=before,
        earlier=_earlier([e.position for e in events if not before or e.position < before]),
        rests=desk.records.rests_on({e.draft.document_digest for e in events if e.draft.document_digest}),
        findings=findings(knowledge.milestones),
        vocabulary=desk.vocabulary,
        searched=searched(desk.read_tables.rows("read_source"), commitment.targets),
        previous=keys[place - 1] if place else None,
        following=keys[place + 1] if place + 1 < len(keys) else None,
        hk_day=hk_day,
        stated=stated,
    )


def asked_of(query: Mapping[str, str], desk: Monitor, commitment: Commitment) -> Asked:
    """The days of a request, within their range; what is no day counts as not given."""
    today = hk_day(desk.clock())
    promised_on = desk.registry.policy_document(commitment.key).delivered_on
    opened_at = desk.records.first_recorded_at()
    opened_on = hk_day(opened_at) if opened_at else today
    on, known = _day(query.get("on")), _day(query.get("known"))
    return Asked(
        on=min(max(on, promised_on), today) if on else today,
        known=max(known, opened_on) if known and known < today else None,
        promised_on=promised_on,
        opened_on=opened_on,
        today=today,
    )


def targets_of(
    commitment: Commitment,
    asked: Asked,
    standing: Mapping[str, Row],
    now: Mapping[str, Row],
    milestones: Iterable[Milestone],
    vocabulary: Vocabulary,
    language: str,
) -> list[TargetView]:
    """The targets with a status, in document order; none while nothing was made of the ledger. `now` tells what was searched."""
    milestones = tuple(milestones)
    return [
        _target(commitment, target, asked, standing[target.slug], now.get(target.slug), milestones, vocabulary, language)
        for target in commitment.targets
        if target.slug in standing
    ]


def searched(rows: Iterable[Row], targets: Iterable[Target]) -> list[Row]:
    """How far each source was read in which a completion of these targets would stand."""
    needed = {source for target in targets for source in sources_needed(target)}
    return [row for row in rows if row["source"] in needed]


def _target(
    commitment: Commitment,
    target: Target,
    asked: Asked,
    row: Row,
    now: Row | None,
    milestones: Sequence[Milestone],
    vocabulary: Vocabulary,
    language: str,
) -> TargetView:
    status, basis = Status(row["status"]), Basis(row["basis"]) if row["basis"] else None
    last = target.deadline.interval.last if target.deadline.interval and target.deadline.kind is DeadlineKind.BY else None
    late = (asked.on - last).days if last and status in (Status.OVERDUE, Status.UNKNOWN) else row["slippage_days"]
    happened = date.fromisoformat(row["occurred_on"]) if row["occurred_on"] else None
    found = flips(commitment, target, status, milestones, asked.on, basis=basis) if asked.is_now else ()
    return TargetView(
        target=target,
        row=row,
        status=vocabulary.statuses[status].of(language),
        basis=vocabulary.bases[basis].of(language) if basis else "",
        occurred=stated(happened, Precision(row["occurred_precision"] or Precision.DAY), language) if happened else "",
        day_of=_DAY_OF.get(status, "latest_step"),
        late_days=late,
        revised=revised((m for m in milestones if m.commitment == commitment.key), target.slug, asked.on),
        would=tuple(_would(f, commitment, vocabulary, language) for f in found),
        is_settled=status in SETTLED,
        searched=now["documents_searched"] if now and asked.is_now else None,
        baselines=tuple(b for b in commitment.baselines if b.target == target.slug),
    )


def _would(flip: Flip, commitment: Commitment, vocabulary: Vocabulary, language: str) -> Would:
    subjects = {s.slug: s for s in commitment.subjects}
    unit = flip.quantity.unit if flip.quantity else ""
    steps: dict[str, list[str]] = {}
    for step in flip.steps:
        steps.setdefault(name_of(subjects.get(step.subject), step.subject, language), []).append(vocabulary.kinds[step.kind].of(language))
    return Would(
        flip=flip,
        status=vocabulary.statuses[flip.to].of(language),
        basis=vocabulary.bases[flip.basis].of(language) if flip.basis else "",
        steps=steps,
        unit=vocabulary.units[unit].of(language) if unit in vocabulary.units else unit,
    )


def _earlier(positions: Sequence[int]) -> int | None:
    """The position before which the next page begins; None where this one was the last."""
    return positions[-SHOWN] if len(positions) >= SHOWN else None


def _position(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
