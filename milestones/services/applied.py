"""Policy documents that people added to a ledger: their whole definition stands in its events.

So every worker that opens the ledger knows them, and a backup of the ledger holds them. What is applied goes before what is shipped: a
document that a later version brings along stays as it was recorded here.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from milestones.domain.commitments import Registry
from milestones.domain.errors import RegistryError
from milestones.domain.events import EventType, Recorded
from milestones.domain.ledger import canonical
from milestones.domain.registry import registry_from
from milestones.services.opening import plain
from milestones.services.ports import Ledger

DEFINITION = "definition"
"""The key of an event's data under which the whole definition stands: `document` and `commitment` as in a data file."""

Applied = Mapping[str, Recorded]
"""The newest event that defines each applied commitment, by key, in the order in which they were first registered."""

_DEFINING = (EventType.COMMITMENT_REGISTERED, EventType.COMMITMENT_REWORDED)
_DAYS = frozenset({"delivered_on", "first", "last", "occurred_on"})


def applied_to(ledger: Ledger) -> Applied:
    """What was applied to this ledger so far. Raises RegistryError where an event's definition is none, which only tampering can make."""
    newest: dict[str, Recorded] = {}
    for event in ledger.of_types(_DEFINING):
        if DEFINITION not in event.draft.data or not event.draft.commitment:
            continue
        if not _is_definition(event.draft.data[DEFINITION]):
            raise RegistryError(f"what stands at position {event.position} defines no commitment; `milestones verify` says what is wrong")
        newest[event.draft.commitment] = event
    return newest


def with_applied(shipped: Registry, applied: Applied) -> Registry:
    """The registry of this ledger. Raises RegistryError where an event holds no definition that can be read."""
    added = registry_from([_thawed(data) for data in documents_of(applied).values()])
    return Registry(tuple(sorted((*without_applied(shipped, applied).documents, *added.documents), key=lambda d: d.delivered_on)))


def without_applied(shipped: Registry, applied: Applied) -> Registry:
    """What of the shipped registry this ledger has no version of its own of."""
    own = documents_of(applied)
    return Registry(tuple(d for d in shipped.documents if d.key not in own))


def documents_of(applied: Applied) -> dict[str, dict[str, Any]]:
    """The applied policy documents by key, as in data files but with days as text; the newest event says how a document is called."""
    found: dict[str, dict[str, Any]] = {}
    for key, event in applied.items():
        definition = event.draft.data[DEFINITION]
        document = found.setdefault(key.partition("/")[0], {"document": definition["document"], "commitment": [], "position": 0})
        document["commitment"].append(definition["commitment"])
        if event.position > document["position"]:
            document |= {"document": definition["document"], "position": event.position}
    return {key: {"document": d["document"], "commitment": d["commitment"]} for key, d in found.items()}


def rules_with(rules: str, applied: Applied) -> str:
    """The version of the rules of detection, to which the names of applied documents belong: other names make every document be read again."""
    if not applied:
        return rules
    names = [
        [key, e.draft.data[DEFINITION]["document"]["delivered_on"], e.draft.data[DEFINITION]["commitment"]["subject"]] for key, e in applied.items()
    ]
    return f"{rules}+{hashlib.sha256(canonical(names)).hexdigest()[:12]}"


def definition(document: Mapping[str, Any], commitment: Mapping[str, Any]) -> dict[str, Any]:
    """What an event carries of a commitment of a data file."""
    return {"document": plain(document), "commitment": plain(commitment)}


def _is_definition(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    document, commitment = value.get("document"), value.get("commitment")
    return isinstance(document, Mapping) and isinstance(commitment, Mapping) and "delivered_on" in document and "subject" in commitment


def _thawed(value: Any, name: str = "") -> Any:
    """JSON with its days as days; what is no day stays text, which the registry refuses."""
    if isinstance(value, Mapping):
        return {k: _thawed(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_thawed(v) for v in value]
    if name in _DAYS and isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value
