"""A registry of four commitments and a ledger made by hand, small enough to know by heart."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from milestones.domain.commitments import Commitment, Completion, Deadline, DeadlineKind, Nature, PolicyDocument, Quantity, Registry, Target
from milestones.domain.coverage import Coverage
from milestones.domain.dates import Interval, Precision, days_between
from milestones.domain.documents import Figure
from milestones.domain.events import Draft, EventType, Kind, Origin, Recorded, State
from milestones.domain.findings import Disagreement
from milestones.domain.ledger import GENESIS_HASH, claim_key, link
from milestones.domain.milestones import fold
from milestones.domain.notes import Checkpoint, Note
from milestones.domain.status import Basis, Status, View
from milestones.domain.vocabulary import Label, Vocabulary
from milestones.services.digest import Digest
from milestones.services.issued import issued_draft, message_id, sent_draft
from milestones.services.ports import Message
from milestones.services.report import digest
from milestones.services.subscriptions import Subscription

PROMISED_ON = date(2024, 10, 16)
LAST_TIME = date(2025, 12, 1)
TODAY = date(2025, 12, 8)
GENERATED_AT = datetime(2025, 12, 8, 1, 0, tzinfo=UTC)
SOURCES = ("legco-agendas", "legco-bills", "press-releases")


def by(printed: str, last: date) -> Deadline:
    return Deadline(kind=DeadlineKind.BY, printed=printed, interval=Interval(PROMISED_ON, last))


NO_DATE = Deadline(kind=DeadlineKind.NONE, printed="no date")


def commitment(key: str, number: int, title_en: str, title_zh: str, *targets: Target) -> Commitment:
    return Commitment(
        key=f"PA2024/{key}",
        number=number,
        section_en="Section",
        section_zh="章節",
        heading_en="Heading",
        heading_zh="標題",
        title_en=title_en,
        title_zh=title_zh,
        bureaux=("CEDB",),
        targets=targets,
    )


def target(slug: str, title_en: str, title_zh: str, deadline: Deadline, kind: Kind, **more: Any) -> Target:
    return Target(
        slug=slug,
        title_en=title_en,
        title_zh=title_zh,
        nature=Nature.OUTCOME,
        deadline=deadline,
        completes=(Completion(kind=kind, subject=slug),),
        **more,
    )


BUSES = commitment(
    "IT-22",
    1,
    "Hydrogen buses and taxis",
    "氫能巴士及的士",
    target("buses", "Hydrogen buses on trial", "試行氫能巴士", NO_DATE, Kind.TRIAL_STARTED),
)
HYDROGEN = commitment(
    "IT-25",
    2,
    "Hydrogen safety bill",
    "氫能安全條例草案",
    target("bill", "Hydrogen safety bill", "氫能安全條例草案", by("within 2025", date(2025, 12, 31)), Kind.BILL_FIRST_READING),
    target("certification", "Certification approach", "認證模式", by("within three years", date(2027, 10, 16)), Kind.POLICY_PUBLISHED),
)
STUDENTS = commitment(
    "IP-08",
    3,
    "IP promotion to students",
    "向學生推廣知識產權",
    target(
        "students",
        "Students reached",
        "學生人數",
        by("current term", date(2027, 6, 30)),
        Kind.PROGRESS_REPORTED,
        quantity=Quantity(value=200_000, unit="students", basis="cumulative"),
    ),
)
SURVEY = commitment(
    "IP-11",
    4,
    "Survey on IP services",
    "知識產權服務調查",
    target("survey", "Survey on IP services", "知識產權服務調查", by("by November 2025", date(2025, 12, 3)), Kind.STUDY_COMPLETED),
)
NOTE = Note(checkpoint=Checkpoint(origin="hk-milestones/0123456789abcdef", size=12, root="ab" * 32))
DEFAULT = Subscription(id="default", to=())

REGISTRY = Registry(
    (
        PolicyDocument(
            key="PA2024", title_en="Address", title_zh="施政報告", delivered_on=PROMISED_ON, commitments=(BUSES, HYDROGEN, STUDENTS, SURVEY)
        ),
    )
)


def _told(values: Any) -> dict[Any, Label]:
    return {v: Label(v.value.replace("_", " "), v.value) for v in values}


def vocabulary() -> Vocabulary:
    return Vocabulary(
        statuses=_told(Status),
        bases=_told(Basis),
        kinds=_told(Kind),
        states=_told(State),
        natures=_told(Nature),
        deadlines=_told(DeadlineKind),
        precisions=_told(Precision),
        event_types=_told(EventType),
        bureaux={"CEDB": Label("Commerce and Economic Development Bureau", "商務及經濟發展局")},
        units={"students": Label("students", "名學生")},
        disagreements=_told(Disagreement),
    )


def reported(
    key: str,
    slug: str,
    kind: Kind,
    occurred_on: date | None,
    *,
    state: State = State.HAPPENED,
    document: str = "",
    quote: str = "",
    url: str = "",
    figures: Sequence[Figure] = (),
    precision: Precision = Precision.DAY,
    subject: str = "",
    type_: EventType = EventType.MILESTONE_REPORTED,
    amends: UUID | None = None,
) -> Draft:
    """One claim of one document; `document` defaults to the day."""
    named = document or f"{key}-{kind}-{occurred_on}"
    address = url or f"https://www.info.gov.hk/gia/{named}.htm"
    commitment_key, about = f"PA2024/{key}", subject or slug
    return Draft(
        stream=f"commitment:{commitment_key}",
        type=type_,
        source=address,
        claim_key=claim_key(named, commitment_key, slug, kind, about),
        commitment=commitment_key,
        target=slug,
        kind=kind,
        state=state,
        subject=about,
        occurred_on=occurred_on,
        occurred_precision=precision if occurred_on else Precision.UNKNOWN,
        quote=quote or f"Words of {named}",
        data={"figures": [dict(f.as_data()) for f in figures], "reason": "by hand"},
        producer="tests",
        run_id="run",
        amends=amends,
    )


def ledger(*drafts: Draft) -> list[Recorded]:
    """The drafts as a chain."""
    events: list[Recorded] = []
    for draft in drafts:
        events.append(
            link(
                draft,
                position=len(events) + 1,
                previous_of_claim=draft.amends,
                stream_version=len(events) + 1,
                recorded_at=GENERATED_AT,
                prev_hash=events[-1].hash if events else GENESIS_HASH,
            )
        )
    return events


def opened(origin: Origin = Origin.LIVE) -> Draft:
    return Draft(
        stream="ledger",
        type=EventType.LEDGER_OPENED,
        source="urn:milestones:ledger",
        claim_key="genesis",
        data={"origin": origin},
        producer="tests",
        run_id="run",
    )


def read_until(last: date, *, without: str = "") -> Coverage:
    """All sources read on every day since the promise up to `last`; one of them, if named, never."""
    days = frozenset(days_between(PROMISED_ON, last))
    return Coverage({s: frozenset() if s == without else days for s in SOURCES})


def view(on: date, events: Sequence[Recorded], coverage: Coverage | None = None) -> View:
    return View(
        on=on,
        knowledge=fold(events),
        coverage=coverage or read_until(on - timedelta(days=1)),
        is_working_day=lambda day: day.weekday() < 5,
    )


def weekly(before: Sequence[Recorded], after: Sequence[Recorded], **more: Any) -> Digest:
    """The digest of the week to TODAY; `before` and `after` are the events known at its ends."""
    given = {
        "since": view(LAST_TIME, before),
        "now": view(TODAY, after),
        "generated_at": GENERATED_AT,
        "origin": Origin.LIVE,
        "unread": {},
        "head": (after[-1].position, after[-1].hash),
    }
    return digest(REGISTRY, **{**given, **more})


def sent(told: Digest) -> tuple[Draft, Draft]:
    """That a digest was issued, and that both its readers got it."""
    message = Message(message_id=message_id(told), subject="s", text="t", html="<p>h</p>")
    readers, by = ["person:1", "person:2"], {"producer": "tests", "run_id": "run"}
    issued = issued_draft(told, message, mail="digest-of-the-bytes", readers=readers, **by)
    return issued, sent_draft("digest", message.message_id, readers=readers, went_to="smtp://localhost:25", **by)
