"""Small histories in which everything meets: reports in every precision, plans, figures, amendments, retractions, ends and their revocation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from milestones.domain.commitments import Baseline, Completion, Deadline, DeadlineKind, Joined, Nature, Quantity, Registry
from milestones.domain.dates import Interval, Precision
from milestones.domain.events import Draft, EventType, Kind, Recorded, State
from milestones.domain.ledger import GENESIS_HASH, claim_key, link
from tests.domain.build import FROM_EARLY_2025, KEY, NO_DEADLINE, commitment, registry, target, told

OTHER = "PA2024/IT-25"
BILL = "stablecoins-bill"
BY_MARCH = Deadline(kind=DeadlineKind.BY, printed="by March 2025", interval=Interval(date(2024, 10, 16), date(2025, 3, 31)))
RAISED = Completion(kind=Kind.PROGRESS_REPORTED, subject=BILL)
PASSED = Completion(kind=Kind.BILL_PASSED, subject=BILL)
READ = Completion(kind=Kind.BILL_FIRST_READING, subject=BILL)
REGISTRY: Registry = registry(
    commitment(
        target("bill", completes=(READ, PASSED)),
        target("fund", deadline=BY_MARCH, completes=(RAISED,), quantity=Quantity(value=100, unit="places", basis="cumulative")),
        target("both", deadline=BY_MARCH, completes=(READ, PASSED), joined=Joined.ALL),
    ),
    commitment(
        target("sandbox", nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=()),
        target("bill", deadline=FROM_EARLY_2025, completes=(READ,)),
        target("old", deadline=NO_DEADLINE),
        key=OTHER,
        baselines=(
            Baseline(
                target="old", kind=Kind.BILL_PASSED, occurred_on=date(2020, 5, 1), precision=Precision.DAY, source="https://example.org", note="old"
            ),
        ),
    ),
)
TARGETS = [(c.key, t.slug) for c in REGISTRY.commitments() for t in c.targets] + [(KEY, "context")]
KINDS = (
    Kind.BILL_FIRST_READING, Kind.BILL_PASSED, Kind.PROGRESS_REPORTED, Kind.POLICY_PUBLISHED, Kind.DELAYED, Kind.CANCELLED, Kind.BILL_WITHDRAWN,
)  # fmt: skip
STARTED_AT = datetime(2024, 11, 1, 3, tzinfo=UTC)

days = st.sampled_from(
    [date(2024, 11, 4), date(2024, 12, 5), date(2024, 12, 18), date(2024, 12, 31), date(2025, 1, 8), date(2025, 6, 2), date(2025, 12, 1)]
)


@st.composite
def reports(pick: st.DrawFn) -> Draft:
    """One page telling of one step."""
    of, slug = pick(st.sampled_from(TARGETS))
    return told(
        pick(st.sampled_from(KINDS)),
        pick(st.one_of(st.none(), days)),
        state=pick(st.sampled_from([State.HAPPENED, State.HAPPENED, State.SCHEDULED])),
        precision=pick(st.sampled_from([Precision.DAY, Precision.DAY, Precision.MONTH, Precision.QUARTER])),
        commitment=of,
        target=slug,
        subject=pick(st.sampled_from([BILL, "guideline"])),
        page=f"page-{pick(st.integers(0, 4))}",
        published_on=pick(st.one_of(st.none(), days)),
        figures=pick(st.sampled_from([(), (("120", "places", "cumulative"),), (("40", "places", "cumulative"),)])),
    )


@st.composite
def histories(pick: st.DrawFn) -> list[Recorded]:
    """Up to 14 events; several may share an instant."""
    events: list[Recorded] = []
    at = STARTED_AT
    for _ in range(pick(st.integers(0, 14))):
        at += timedelta(hours=pick(st.sampled_from([0, 0, 30, 800])))
        act = pick(st.sampled_from(["report", "report", "report", "amend", "retract", "end", "revoke"]))
        carriers = [e for e in events if e.draft.kind]
        ends = [e for e in events if e.draft.type.startswith("commitment.")]
        if act in ("amend", "retract") and carriers:
            earlier = pick(st.sampled_from(carriers))
            new = pick(reports()) if act == "amend" else earlier.draft
            type_ = EventType.MILESTONE_AMENDED if act == "amend" else EventType.MILESTONE_RETRACTED
            events = following(events, replace(new, type=type_, amends=earlier.event_id), at)
        elif act == "end":
            events = following(events, ending(pick(st.sampled_from(list(REGISTRY.by_key))), pick(st.one_of(st.none(), days))), at)
        elif act == "revoke" and ends:
            events = following(events, revoking(pick(st.sampled_from(ends))), at)
        else:
            events = following(events, pick(reports()), at)
    return events


def ending(of: str, day: date | None) -> Draft:
    return Draft(
        stream=f"commitment:{of}", type=EventType.COMMITMENT_WITHDRAWN, source="urn:milestones:test", claim_key=claim_key(of, "", "", "", ""),
        commitment=of, occurred_on=day, producer="tests", run_id="run-1", data={"person": "p-1"},
    )  # fmt: skip


def revoking(event: Recorded) -> Draft:
    return Draft(
        stream="rulings", type=EventType.RULING_MADE, source="urn:milestones:test", claim_key=f"revoke {event.event_id}",
        producer="tests", run_id="run-1", data={"person": "p-1", "revokes": str(event.event_id), "reason": "by mistake"},
    )  # fmt: skip


def following(events: Sequence[Recorded], draft: Draft, at: datetime) -> list[Recorded]:
    """The events and the draft as the next link, whatever a ledger would say of it."""
    last = events[-1] if events else None
    made = link(
        draft,
        position=len(events) + 1,
        previous_of_claim=last.event_id if last else None,
        stream_version=1 + sum(e.draft.stream == draft.stream for e in events),
        recorded_at=at,
        prev_hash=last.hash if last else GENESIS_HASH,
    )
    return [*events, made]
