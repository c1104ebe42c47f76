"""A ledger in memory: the same promises without a database, for tests of the store and of the use cases."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from milestones.domain.batches import Entry, Head, Judged, build, earlier
from milestones.domain.claims import History, LastReading
from milestones.domain.documents import Decision, Outcome
from milestones.domain.errors import Conflict
from milestones.domain.events import Draft, EventType, Recorded
from milestones.domain.ledger import content_digest
from milestones.services.ports import Appended, Staged


class MemoryLedger:
    """`ports.Ledger` without a database.

    `outcomes` are those of the candidates that were appended from or decided on, `texts` the text digests of documents; a document is
    read once in a run.
    """

    def __init__(self) -> None:
        self.events: list[Recorded] = []
        self.outcomes: dict[int, tuple[Outcome, str]] = {}
        self.texts: dict[str, str] = {}
        self._last: dict[str, LastReading] = {}
        self._readings: dict[tuple[str, str], int] = {}

    def append(self, drafts: Sequence[Draft], *, now: datetime) -> Appended:
        return self._receipt(self._append([Entry(d, self.texts.get(d.document_digest or "")) for d in drafts], now))

    def append_staged(self, staged: Sequence[tuple[Staged, Draft]], *, now: datetime, run_id: str) -> Appended:
        open_ones = [(s, d) for s, d in staged if s.candidate_id not in self.outcomes]
        self.texts |= {s.stored.digest: s.stored.document.text_digest for s, _ in open_ones}
        for waiting, _ in open_ones:
            self._readings.setdefault((waiting.stored.digest, run_id), len(self._readings))
        entries = [
            Entry(d, s.stored.document.text_digest, self._readings[(s.stored.digest, run_id)], s.candidate.decision is not Decision.APPEND)
            for s, d in open_ones
        ]
        results = self._append(entries, now)
        for (waiting, proposed), entry, result in zip(open_ones, entries, results, strict=True):
            self.outcomes[waiting.candidate_id] = (result.outcome, result.reason)
            self._last[proposed.claim_key] = LastReading(entry.reading or 0, content_digest(proposed), len(self.events))
        return self._receipt(results, settled_before=len(staged) - len(open_ones))

    def of_types(self, types: Collection[EventType]) -> list[Recorded]:
        return [e for e in self.events if e.draft.type in types]

    def decide(
        self,
        drafts: Sequence[Draft],
        *,
        settles: Mapping[int, tuple[Outcome, str]],
        expected: Mapping[str, int],
        now: datetime,
        run_id: str,
    ) -> Appended:
        versions = {e.draft.stream: e.stream_version for e in self.events}
        if any(versions.get(stream, 0) != version for stream, version in expected.items()):
            raise Conflict("something was recorded meanwhile")
        if any(self.outcomes.get(number, (None,))[0] is not Outcome.HELD for number in settles):
            raise Conflict("decided meanwhile")
        receipt = self.append(drafts, now=now)
        self.outcomes |= settles
        return receipt

    def read(self, *, after: int = 0, limit: int | None = None) -> list[Recorded]:
        return self.events[after : None if limit is None else after + limit]

    def head(self) -> tuple[int, str]:
        head = self._head()
        return head.position, head.hash

    def find(self, event_id: UUID) -> Recorded | None:
        return next((e for e in self.events if e.event_id == event_id), None)

    def _head(self) -> Head:
        return Head(self.events[-1].position, self.events[-1].hash, self.events[-1].recorded_at) if self.events else Head()

    def _append(self, entries: Sequence[Entry], now: datetime) -> list[Judged]:
        histories = {}
        for key in {e.draft.claim_key for e in entries}:
            events = [earlier(e, self.texts.get(e.draft.document_digest or "")) for e in self.events if e.draft.claim_key == key]
            histories[key] = History(tuple(events), self._last.get(key))
        versions = {e.draft.stream: e.stream_version for e in self.events}
        results = build(entries, head=self._head(), histories=histories, versions=versions, now=now)
        self.events += [r.event for r in results if r.event]
        return results

    def _receipt(self, results: Sequence[Judged], settled_before: int = 0) -> Appended:
        outcomes = [r.outcome for r in results]
        events = tuple(r.event for r in results if r.event)
        return Appended(events=events, same=settled_before + outcomes.count(Outcome.SAME), held=outcomes.count(Outcome.HELD))
