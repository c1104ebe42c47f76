"""One mail for each incident of a source: the ledger remembers which were told, so that hourly checks do not tell them again."""

from collections.abc import Iterable

from milestones.domain.events import Draft, EventType
from milestones.domain.ledger import digest
from milestones.domain.watching import Incident
from milestones.services.ports import Ledger

KIND = "incident"


def untold(incidents: Iterable[Incident], ledger: Ledger) -> list[Incident]:
    """Those of the incidents that no `report.sent` names."""
    told = {e.draft.claim_key for e in ledger.read() if e.draft.type is EventType.REPORT_SENT}
    return [i for i in incidents if _claim(i) not in told]


def told_draft(incident: Incident, *, recipients: int, went_to: str, producer: str, run_id: str) -> Draft:
    """`report.sent`: the operators were told, how many and by which way, never who."""
    return Draft(
        stream=f"report:{KIND}",
        type=EventType.REPORT_SENT,
        source=f"urn:milestones:report:{KIND}",
        claim_key=_claim(incident),
        data={"kind": KIND, "message_id": message_id(incident), "recipients": recipients, "went_to": went_to},
        producer=producer,
        run_id=run_id,
    )


def message_id(incident: Incident) -> str:
    """The same for the same incident."""
    return f"<{KIND}.{incident.event_id}@milestone-monitor>"


def _claim(incident: Incident) -> str:
    return digest(EventType.REPORT_SENT, message_id(incident))
