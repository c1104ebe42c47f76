"""When a source counts as degraded: two passes in a row that could read nothing, or a canary that failed twice in a row.

It counts as recovered once a pass could read and no canary's newest check failed. The ledger holds one event for each of the two; what lies
between them is one incident, however often its checks fail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from milestones.domain.dates import utc_text
from milestones.domain.events import Draft, EventType, Recorded
from milestones.domain.ledger import digest
from milestones.domain.watching import Canary, Check, Incident, Pass

IN_A_ROW = 2
"""One failure may be chance; the second one rests on another look."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What degrades a source: the canary that says so, and the reason in one line."""

    canary: Canary
    reason: str


def trouble(passes: Sequence[Pass], checks: Iterable[Check]) -> Trouble | None:
    """From the newest passes and, of each canary, the newest checks; both newest first."""
    latest = passes[:IN_A_ROW]
    if len(latest) == IN_A_ROW and all(p.blind for p in latest):
        return Trouble(
            Canary.FRESHNESS, f"nothing could be read in {IN_A_ROW} passes in a row: {latest[0].error or 'no answer is the page it should be'}"
        )
    for newest in _by_canary(checks):
        if len(newest) >= IN_A_ROW and not any(c.passed for c in newest[:IN_A_ROW]):
            return Trouble(newest[0].canary, newest[0].detail)
    return None


def well(passes: Sequence[Pass], checks: Iterable[Check]) -> bool:
    """Whether the newest pass could read, and every canary's newest check passed."""
    return not any(p.blind for p in passes[:1]) and all(newest[0].passed for newest in _by_canary(checks))


def stream_of(source: str) -> str:
    """The stream that holds the events about a source."""
    return f"source:{source}"


def degraded_draft(source: str, found: Trouble, *, at: datetime, producer: str, run_id: str) -> Draft:
    """`source.degraded`, with the reason."""
    data = {"canary": found.canary.value, "reason": found.reason, "noticed_at": utc_text(at)}
    return _draft(EventType.SOURCE_DEGRADED, source, data, producer, run_id)


def recovered_draft(source: str, incident: Incident, *, at: datetime, producer: str, run_id: str) -> Draft:
    """`source.recovered`, which ends an incident."""
    data = {"canary": incident.canary.value, "degraded": str(incident.event_id), "noticed_at": utc_text(at)}
    return _draft(EventType.SOURCE_RECOVERED, source, data, producer, run_id)


def incident_of(newest: Recorded) -> Incident | None:
    """What degrades a source now, by the newest event of its stream."""
    draft = newest.draft
    if draft.type is not EventType.SOURCE_DEGRADED:
        return None
    return Incident(
        source=draft.stream.removeprefix("source:"),
        canary=Canary(draft.data["canary"]),
        since=newest.recorded_at,
        reason=str(draft.data.get("reason", "")),
        event_id=newest.event_id,
    )


def _draft(type_: EventType, source: str, data: dict[str, str], producer: str, run_id: str) -> Draft:
    return Draft(
        stream=stream_of(source),
        type=type_,
        source=f"urn:milestones:source:{source}",
        claim_key=digest("source", source),
        data=data,
        producer=producer,
        run_id=run_id,
    )


def _by_canary(checks: Iterable[Check]) -> list[list[Check]]:
    found: dict[Canary, list[Check]] = {}
    for check in checks:
        found.setdefault(check.canary, []).append(check)
    return list(found.values())
