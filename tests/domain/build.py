"""Small ledgers, registries and views for tests, in the words of the tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from milestones.domain.commitments import (
    Baseline,
    Commitment,
    Completion,
    Deadline,
    DeadlineKind,
    Joined,
    Nature,
    PolicyDocument,
    Quantity,
    Registry,
    Target,
)
from milestones.domain.coverage import Coverage
from milestones.domain.dates import Interval, Precision, days_between
from milestones.domain.events import Draft, EventType, Kind, Recorded, State
from milestones.domain.ledger import GENESIS_HASH, claim_key, link
from milestones.domain.milestones import fold
from milestones.domain.status import LEGCO_AGENDAS, LEGCO_BILLS, PRESS_RELEASES, CommitmentStatus, TargetStatus, View, scoreboard

KEY = "PA2024/DE-04"
PROMISED_ON = date(2024, 10, 16)
BY_END_2024 = Deadline(kind=DeadlineKind.BY, printed="by end-2024", interval=Interval(PROMISED_ON, date(2024, 12, 31)))
FROM_EARLY_2025 = Deadline(kind=DeadlineKind.FROM, printed="from early 2025", interval=Interval(date(2025, 1, 1), date(2025, 6, 30)))
NO_DEADLINE = Deadline(kind=DeadlineKind.NONE, printed="")
FIRST_READING = Completion(kind=Kind.BILL_FIRST_READING, subject="stablecoins-bill")
HOLIDAYS = frozenset({date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1)})
SOURCES = (PRESS_RELEASES, LEGCO_BILLS, LEGCO_AGENDAS)


def is_working_day(day: date) -> bool:
    """Monday to Friday without the three general holidays at the end of 2024."""
    return day.weekday() < 5 and day not in HOLIDAYS


def target(
    slug: str = "bill",
    *,
    nature: Nature = Nature.OUTCOME,
    deadline: Deadline = BY_END_2024,
    completes: tuple[Completion, ...] = (FIRST_READING,),
    joined: Joined = Joined.ANY,
    quantity: Quantity | None = None,
) -> Target:
    return Target(
        slug=slug,
        title_en=f"The {slug}",
        title_zh=f"目標{slug}",
        nature=nature,
        deadline=deadline,
        completes=completes,
        joined=joined,
        quantity=quantity,
    )


def commitment(*targets: Target, key: str = KEY, baselines: tuple[Baseline, ...] = ()) -> Commitment:
    return Commitment(
        key=key,
        number=4,
        section_en="Digital economy",
        section_zh="數字經濟",
        heading_en="Fintech",
        heading_zh="金融科技",
        title_en="Regulate stablecoin issuers",
        title_zh="規管穩定幣發行人",
        bureaux=("FSTB", "HKMA"),
        targets=targets or (target(),),
        baselines=baselines,
    )


def registry(*commitments: Commitment) -> Registry:
    document = PolicyDocument(
        key="PA2024",
        title_en="The 2024 Policy Address",
        title_zh="2024年施政報告",
        delivered_on=PROMISED_ON,
        commitments=commitments or (commitment(),),
    )
    return Registry((document,))


def told(
    kind: Kind = Kind.BILL_FIRST_READING,
    day: date | None = date(2024, 12, 18),
    *,
    subject: str = "stablecoins-bill",
    state: State = State.HAPPENED,
    precision: Precision = Precision.DAY,
    target: str = "bill",
    commitment: str = KEY,
    page: str = "P2024121800262",
    published_on: date | None = None,
    figures: Sequence[tuple[str, str, str]] = (),
    quote: str = "The Stablecoins Bill received its first reading.",
    type_: EventType = EventType.MILESTONE_REPORTED,
    amends: UUID | None = None,
) -> Draft:
    """A report of a milestone by one page; published on its day, where no other day is given."""
    url = f"https://www.info.gov.hk/gia/general/202412/18/{page}.htm"
    published = published_on or day
    return Draft(
        stream=f"commitment:{commitment}",
        type=type_,
        source=url,
        claim_key=claim_key(url, commitment, target, kind, subject),
        data={"figures": [{"value": v, "unit": u, "basis": b} for v, u, b in figures]},
        commitment=commitment,
        target=target,
        kind=kind,
        state=state,
        subject=subject,
        occurred_on=day,
        occurred_precision=precision if day else Precision.UNKNOWN,
        published_at=datetime(published.year, published.month, published.day, 3, tzinfo=UTC) if published else None,
        confidence=97,
        locator="p[2]",
        quote=quote,
        rule="press.bill",
        rule_version=1,
        producer="tests",
        run_id="run-1",
        amends=amends,
    )


def scheduled(day: date, **more: Any) -> Draft:
    return told(day=day, state=State.SCHEDULED, **{"page": "agenda", "published_on": day - timedelta(days=7), **more})


def amending(event: Recorded, **changed: Any) -> Draft:
    return replace(event.draft, type=EventType.MILESTONE_AMENDED, amends=event.event_id, **changed)


def retracting(event: Recorded) -> Draft:
    return replace(event.draft, type=EventType.MILESTONE_RETRACTED, amends=event.event_id)


def lifecycle(type_: EventType, day: date | None = None, *, commitment: str = KEY) -> Draft:
    return Draft(
        stream=f"commitment:{commitment}", type=type_, source="urn:milestones:registry", claim_key=f"{commitment}:{type_}",
        commitment=commitment, occurred_on=day, producer="tests", run_id="run-1",
    )  # fmt: skip


def record(drafts: Sequence[Draft], *, after: Sequence[Recorded] = (), at: datetime = datetime(2024, 12, 20, 3, tzinfo=UTC)) -> list[Recorded]:
    """The events of `after` and behind them the drafts as the ledger's next links, a minute apart."""
    events = list(after)
    for draft in drafts:
        previous = next((e for e in reversed(events) if e.draft.claim_key == draft.claim_key), None)
        events.append(
            link(
                draft,
                position=len(events) + 1,
                previous_of_claim=previous.event_id if previous else None,
                stream_version=1 + sum(e.draft.stream == draft.stream for e in events),
                recorded_at=at + timedelta(minutes=len(events)),
                prev_hash=events[-1].hash if events else GENESIS_HASH,
            )
        )
    return events


def read_from(first: date = PROMISED_ON, last: date = date(2026, 12, 31), *, sources: Sequence[str] = SOURCES) -> Coverage:
    """Every day read, in these sources."""
    return Coverage({s: frozenset(days_between(first, last)) for s in sources})


UNREAD = Coverage({})


def view(on: date, events: Sequence[Recorded] = (), *, coverage: Coverage | None = None) -> View:
    return View(on=on, knowledge=fold(events), coverage=read_from() if coverage is None else coverage, is_working_day=is_working_day)


def board(on: date, *drafts: Draft, of: Commitment | None = None, coverage: Coverage | None = None) -> CommitmentStatus:
    """The state of the one commitment after these drafts."""
    return scoreboard(registry(of or commitment()), view(on, record(drafts), coverage=coverage))[0]


def status(on: date, *drafts: Draft, of: Target | None = None, coverage: Coverage | None = None) -> TargetStatus:
    """The state of the one target after these drafts; by default a bill to be introduced by the end of 2024."""
    return board(on, *drafts, of=commitment(of or target()), coverage=coverage).targets[0]
