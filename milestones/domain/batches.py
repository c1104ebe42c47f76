"""A batch of drafts becomes the next links of the ledger. Pure: every store builds its rows with this, so all have the same hashes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from milestones.domain.claims import Earlier, History, LastReading, by_person, judge
from milestones.domain.documents import Outcome
from milestones.domain.events import Draft, Recorded
from milestones.domain.kept import kept_json, kept_text
from milestones.domain.ledger import GENESIS_HASH, content_digest, link

TEXTS = ("stream", "source", "claim_key", "commitment", "target", "subject", "locator", "quote", "rule", "producer", "run_id")
"""The fields of a draft that are free text."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest event's place; `recorded_at` is None before the first."""

    position: int = 0
    hash: str = GENESIS_HASH
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft with the text digest of its document, the number of the reading that claims it, and whether that reading doubts it."""

    draft: Draft
    text_digest: str | None = None
    reading: int | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of an entry; `event` is set exactly where the outcome is `appended`."""

    outcome: Outcome
    reason: str
    event: Recorded | None = None


def build(entries: Iterable[Entry], *, head: Head, histories: Mapping[str, History], versions: Mapping[str, int], now: datetime) -> list[Judged]:
    """One result for each entry, in order. `histories` by claim key, `versions` the newest of each stream; both may lack what is new.

    `recorded_at` never runs backwards: where the clock does, the newest event's time is used again.
    """
    histories, versions = dict(histories), dict(versions)
    recorded_at = max(now.astimezone(UTC), head.recorded_at or now.astimezone(UTC))
    position, newest, results = head.position, head.hash, []
    for entry in entries:
        draft = settled(entry.draft)
        history = histories.get(draft.claim_key, History())
        verdict = judge(draft, history, text_digest=entry.text_digest, reading=entry.reading, doubtful=entry.doubtful)
        event = None
        if verdict.draft:
            version = versions.get(draft.stream, 0) + 1
            event = link(
                verdict.draft,
                position=position + 1,
                previous_of_claim=history.events[-1].event_id if history.events else None,
                stream_version=version,
                recorded_at=recorded_at,
                prev_hash=newest,
            )
            position, newest, versions[draft.stream] = event.position, event.hash, version
        histories[draft.claim_key] = _continued(history, entry, draft, position, event)
        results.append(Judged(verdict.outcome, verdict.reason, event))
    return results


def earlier(event: Recorded, text_digest: str | None) -> Earlier:
    """A recorded event as a part of its claim's history."""
    return Earlier(
        event_id=event.event_id,
        type=event.draft.type,
        position=event.position,
        content_digest=event.content_digest,
        text_digest=text_digest,
        by_person=by_person(event.draft.type, event.draft.data),
    )


def settled(draft: Draft) -> Draft:
    """The draft exactly as it will be read back: text in NFC, times in UTC, data as plain JSON. Raises LedgerError for what cannot be kept."""
    plain: dict[str, Any] = {name: kept_text(getattr(draft, name)) for name in TEXTS}
    published_at = draft.published_at.astimezone(UTC) if draft.published_at else None
    return replace(draft, data=json.loads(kept_json(draft.data)), published_at=published_at, **plain)


def _continued(history: History, entry: Entry, draft: Draft, position: int, event: Recorded | None) -> History:
    events = (*history.events, earlier(event, entry.text_digest)) if event else history.events
    last = history.last_reading if entry.reading is None else LastReading(entry.reading, content_digest(draft), position)
    return History(events, last)
