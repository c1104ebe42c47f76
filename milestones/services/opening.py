"""Opens a ledger: its first event says what it is made from for ever, then every commitment is registered.

Safe to repeat: what stands already is not recorded again, a reworded commitment becomes an event.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from milestones.domain.commitments import Commitment, Registry
from milestones.domain.errors import SettingsError
from milestones.domain.events import Draft, EventType, Origin
from milestones.domain.ledger import digest
from milestones.services.ports import Ledger

OPENING_RUN = "opening"


def open_ledger(ledger: Ledger, registry: Registry, *, origin: Origin, producer: str, now: datetime) -> int:
    """Records genesis and commitments where they are missing; the number of events that this took."""
    drafts = [] if ledger.head()[0] else [_genesis(origin, producer)]
    drafts += [registration(c, producer=producer, run_id=OPENING_RUN) for c in registry.commitments()]
    return len(ledger.append(drafts, now=now).events)


def origin_of(ledger: Ledger) -> Origin | None:
    """What the ledger was opened as; None while it is empty."""
    first = ledger.read(limit=1)
    return Origin(first[0].draft.data["origin"]) if first else None


def require_origin(ledger: Ledger, wanted: Origin) -> None:
    """Raises SettingsError where live and replica would be mixed."""
    found = origin_of(ledger)
    if found is Origin.REPLICA and wanted is Origin.LIVE:
        raise SettingsError("this ledger was opened on a replica and must not read live sources; set MILESTONES_MIRROR, or another MILESTONES_HOME")
    if found is Origin.LIVE and wanted is Origin.REPLICA:
        raise SettingsError(
            "this ledger is live and must not read a replica; unset MILESTONES_MIRROR and MILESTONES_NOW, or set another MILESTONES_HOME"
        )


def _genesis(origin: Origin, producer: str) -> Draft:
    return Draft(
        stream="ledger",
        type=EventType.LEDGER_OPENED,
        source="urn:milestones:ledger",
        claim_key=digest("ledger"),
        data={"origin": origin},
        producer=producer,
        run_id=OPENING_RUN,
    )


def registration(commitment: Commitment, *, producer: str, run_id: str, more: Mapping[str, Any] = MappingProxyType({})) -> Draft:
    """The event that says what a commitment promises, with `more` data; the ledger makes a rewording of it where another definition stands."""
    return Draft(
        stream=f"commitment:{commitment.key}",
        type=EventType.COMMITMENT_REGISTERED,
        source=f"urn:milestones:policy-document:{commitment.key.partition('/')[0]}",
        claim_key=digest("commitment", commitment.key),
        commitment=commitment.key,
        data={**_definition(commitment), **more},
        producer=producer,
        run_id=run_id,
    )


def _definition(commitment: Commitment) -> dict[str, Any]:
    """What is promised. The words by which texts name it are rules of detection, and what explains it may be put better: neither is the promise."""
    fields = asdict(commitment)
    for name in ("subjects", "description_en", "description_zh", "bullet"):
        del fields[name]
    for target in fields["targets"]:
        del target["deadline"]["derived"]
    return {name: plain(value) for name, value in fields.items()}


def plain(value: Any) -> Any:
    """Values of the domain as JSON."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, frozenset)):
        return [plain(v) for v in value]
    return value
