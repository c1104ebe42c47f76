"""Adds a policy document to a ledger: first the difference, then the events, each with the whole definition and who decided it.

What is left out of a later version of a document stays registered: a promise does not end because a spreadsheet forgot it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from milestones.domain.commitments import Commitment, Registry
from milestones.domain.documents import Candidate, Document
from milestones.domain.errors import RegistryError
from milestones.domain.registry import registry_from
from milestones.services.applied import DEFINITION, Applied, definition
from milestones.services.opening import registration
from milestones.services.ports import Appended, Ledger, Progress, Readings
from milestones.services.signature import Signature

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a policy document changes: commitments added, reworded (with the names of the fields), unchanged, and left out of it."""

    key: str
    added: tuple[Commitment, ...]
    reworded: tuple[tuple[Commitment, tuple[str, ...]], ...]
    unchanged: tuple[str, ...]
    left_out: tuple[str, ...]
    definitions: Mapping[str, Mapping[str, Any]]

    @property
    def changed(self) -> tuple[Commitment, ...]:
        """What is to be recorded."""
        return (*self.added, *(c for c, _ in self.reworded))


def difference(data: Mapping[str, Any], shipped: Registry, applied: Applied) -> Difference:
    """What this policy document (as in a data file) changes. Raises RegistryError for one that the product brings along."""
    document = registry_from([data]).documents[0]
    if any(d.key == document.key for d in shipped.documents) and not any(k.startswith(f"{document.key}/") for k in applied):
        raise RegistryError(f"{document.key} comes with the product; choose another short name")
    definitions = {c.key: definition(data["document"], t) for c, t in zip(document.commitments, data["commitment"], strict=True)}
    known = {key: applied[key].draft.data[DEFINITION] for key in definitions if key in applied}
    reworded = tuple((c, _differing(known[c.key], definitions[c.key])) for c in document.commitments if c.key in known)
    return Difference(
        key=document.key,
        added=tuple(c for c in document.commitments if c.key not in known),
        reworded=tuple((c, fields) for c, fields in reworded if fields),
        unchanged=tuple(c.key for c, fields in reworded if not fields),
        left_out=tuple(k for k in applied if k.startswith(f"{document.key}/") and k not in definitions),
        definitions=definitions,
    )


def record(ledger: Ledger, change: Difference, *, signature: Signature, now: datetime) -> Appended:
    """Records what is added and reworded, in one transaction. Raises Conflict where somebody changed one of them meanwhile."""
    drafts = [
        registration(c, producer=signature.producer, run_id=signature.run_id, more={**signature.data, DEFINITION: change.definitions[c.key]})
        for c in change.changed
    ]
    versions = {d.stream: 0 for d in drafts}
    for event in ledger.read():
        if event.draft.stream in versions:
            versions[event.draft.stream] = event.stream_version
    return ledger.decide(drafts, settles={}, expected=versions, now=now, run_id=signature.run_id)


def matches(readings: Readings, read: Callable[[Document], Sequence[Candidate]], progress: Progress) -> Iterator[tuple[Document, Candidate]]:
    """What detection finds in the newest versions of all kept documents; records nothing."""
    total, done, after = readings.kept_documents(), 0, 0
    while batch := readings.newest_documents(after=after, limit=_BATCH):
        for after, stored in batch:  # noqa: B007  # where the next batch goes on
            yield from ((stored.document, candidate) for candidate in read(stored.document))
        done += len(batch)
        progress("documents tried", done, max(total, done))


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields that are not the same, each once."""
    return tuple(
        name for part in ("document", "commitment") for name in {**before[part], **now[part]} if before[part].get(name) != now[part].get(name)
    )
