"""One mail when an incident of a source begins and one when it ends: the ledger remembers what was told, so that no hourly check tells it again."""

from collections.abc import Iterable
from enum import StrEnum

from milestones.domain.events import Draft, EventType, Recorded
from milestones.domain.incidents import incident_of
from milestones.domain.ledger import digest
from milestones.domain.watching import Incident
from milestones.services.ports import Ledger


class News(StrEnum):
    """What a mail says of an incident; the `kind` of its `report.sent`."""

    BEGUN = "incident"
    ENDED = "recovery"


def untold(incidents: Iterable[Incident], ledger: Ledger) -> list[Incident]:
    """Those of the incidents that no `report.sent` names."""
    told = _told(ledger.of_types([EventType.REPORT_SENT]))
    return [i for i in incidents if _claim(i, News.BEGUN) not in told]


def untold_ends(ledger: Ledger) -> list[Incident]:
    """The incidents that were told and have ended, whose end was not told."""
    events = ledger.of_types([EventType.SOURCE_DEGRADED, EventType.SOURCE_RECOVERED, EventType.REPORT_SENT])
    told = _told(events)
    ended = {str(e.draft.data.get("degraded")) for e in events if e.draft.type is EventType.SOURCE_RECOVERED}
    incidents = [i for e in events if str(e.event_id) in ended and (i := incident_of(e))]
    return [i for i in incidents if _claim(i, News.BEGUN) in told and _claim(i, News.ENDED) not in told]


def told_draft(incident: Incident, news: News, *, recipients: int, went_to: str, producer: str, run_id: str) -> Draft:
    """`report.sent`: the operators were told, how many and by which way, never who."""
    return Draft(
        stream=f"report:{news}",
        type=EventType.REPORT_SENT,
        source=f"urn:milestones:report:{news}",
        claim_key=_claim(incident, news),
        data={"kind": news.value, "message_id": message_id(incident, news), "recipients": recipients, "went_to": went_to},
        producer=producer,
        run_id=run_id,
    )


def message_id(incident: Incident, news: News) -> str:
    """The same for the same news of the same incident."""
    return f"<{news}.{incident.event_id}@milestone-monitor>"


def _told(events: Iterable[Recorded]) -> set[str]:
    return {e.draft.claim_key for e in events if e.draft.type is EventType.REPORT_SENT}


def _claim(incident: Incident, news: News) -> str:
    return digest(EventType.REPORT_SENT, message_id(incident, news))
