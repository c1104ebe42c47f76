"""What becomes of a commitment as a whole: recorded with where it says so, from when, by whom, and what takes its place."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from milestones.domain.commitments import Registry
from milestones.domain.dates import Precision
from milestones.domain.errors import LedgerError, RegistryError
from milestones.domain.events import Draft, EventType, Recorded
from milestones.domain.ledger import digest
from milestones.domain.lifecycle import ENDING, in_force
from milestones.domain.milestones import fold
from milestones.services.ports import Ledger
from milestones.services.signature import Signature

_SUCCESSORS = {
    EventType.COMMITMENT_WITHDRAWN: (0, 0),
    EventType.COMMITMENT_MERGED: (1, 1),
    EventType.COMMITMENT_SPLIT: (2, 20),
    EventType.COMMITMENT_SUPERSEDED: (1, 20),
    EventType.COMMITMENT_CARRIED_OVER: (0, 1),
}
"""The least and the most commitments that can take its place."""

_CITATION = re.compile(r"https://[^\s<>\"'\\]{3,500}")


def become(
    ledger: Ledger,
    registry: Registry,
    name: str,
    type_: EventType,
    *,
    effective_on: date,
    citation: str,
    into: Sequence[str],
    signature: Signature,
    now: datetime,
) -> Recorded:
    """Records it; from its effective day on an ended commitment counts as withdrawn. A mistake is undone by `corrections.retract`.

    Raises RegistryError for unknown commitments, LedgerError for what cannot be, Conflict where others were first.
    """
    commitment = registry.find(name)
    successors = [registry.find(other).key for other in into]
    _check(commitment.key, type_, successors)
    if not _CITATION.fullmatch(citation):
        raise LedgerError("--citation must be the https address of the page that says so")
    events = ledger.read()
    same = ENDING if type_ in ENDING else {type_}
    before = next((e for e in in_force(fold(events).lifecycle, commitment.key, date.max) if e.draft.type in same), None)
    if before:
        told = f"position {before.position} says of {commitment.key} {before.draft.type.value} from {before.draft.occurred_on}"
        raise LedgerError(f"{told}; retract that first")
    stream = f"commitment:{commitment.key}"
    version = max((e.stream_version for e in events if e.draft.stream == stream), default=0)
    draft = Draft(
        stream=stream,
        type=type_,
        source=citation,
        claim_key=digest("lifecycle", commitment.key, str(version)),  # the same again, after it was revoked, is a new statement
        data={**signature.data, "into": successors},
        commitment=commitment.key,
        occurred_on=effective_on,
        occurred_precision=Precision.DAY,
        producer=signature.producer,
        run_id=signature.run_id,
    )
    return ledger.decide([draft], settles={}, expected={stream: version}, now=now, run_id=signature.run_id).events[0]


def _check(key: str, type_: EventType, successors: Sequence[str]) -> None:
    least, most = _SUCCESSORS[type_]
    if not least <= len(successors) <= most:
        wanted = "none" if most == 0 else f"{least}" if least == most else f"at least {least}" if most > 1 else "at most 1"
        raise RegistryError(f"{type_.value} names the commitments that take its place with --into: {wanted}, not {len(successors)}")
    if key in successors or len(set(successors)) < len(successors):
        raise RegistryError("--into names other commitments, each once")
