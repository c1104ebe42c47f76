"""From an event to the publisher's bytes: the version of the document that it rests on, the capture that was read, the words in their place.

The archived bytes are parsed again and the words looked for there, so that nothing has to be believed of what was kept beside them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from milestones.domain.dates import utc_text
from milestones.domain.documents import Document
from milestones.domain.errors import Damaged, WrongPage
from milestones.domain.events import Recorded
from milestones.domain.ledger import leaf_fields, leaf_hash
from milestones.services.ports import Answer, Archive, Captures

Replay = Callable[[bytes], Answer]
"""The answer that a capture holds. Raises Damaged."""

Read = Callable[[str, bytes], Sequence[Document]]
"""The documents of a page, by its address and body. Raises WrongPage."""

_LOCATOR = re.compile(r"(h|[pi])(\d{0,6}):(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words stand: the text of the headline, paragraph or item, and the words' first and last character in it."""

    locator: str
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """An event with all that it rests on, as far as it could be followed; `faults` say what does not match."""

    event: Recorded
    document: Document | None = None
    capture: str | None = None
    url: str | None = None
    retrieved_at: datetime | None = None
    place: Place | None = None
    faults: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """For people to read, a line each."""
        draft = self.event.draft
        what = [draft.type, draft.commitment, draft.target, draft.kind, draft.state, draft.occurred_on]
        told = [
            f"event {self.event.position} {self.event.event_id}",
            f"says: {' '.join(str(w) for w in what if w)}",
            f"recorded: {utc_text(self.event.recorded_at)} by {draft.producer} in run {draft.run_id}",
        ]
        if draft.rule:
            told.append(f"rule: {draft.rule} version {draft.rule_version}, confidence {draft.confidence}")
        if person := draft.data.get("person"):
            told.append(f"person: {person}; {draft.data.get('reason') or 'no reason given'}")
        if self.document:
            told.append(f"document: {self.document.headline} ({self.document.language}), version {draft.document_digest}")
        if self.url and self.retrieved_at:
            told += [f"page: {self.url}", f"retrieved: {utc_text(self.retrieved_at)}", f"capture: {self.capture}"]
        if self.place:
            text, first, last = self.place.text, self.place.first, self.place.last
            told.append(f"place: {self.place.locator}: {text[:first]}[[{text[first:last]}]]{text[last:]}")
        if not draft.document_digest:
            told.append(f"rests on no document: {draft.source}")
        return told + [f"DOES NOT MATCH: {fault}" for fault in self.faults]


def trace(event: Recorded, captures: Captures, archive: Archive, *, replay: Replay, read: Read) -> Trace:
    """Follows an event down to the bytes."""
    faults = [] if leaf_hash(leaf_fields(event)) == event.leaf_hash else ["the event is not what was hashed when it was recorded"]
    if event.draft.document_digest is None:
        return Trace(event=event, faults=tuple(faults))
    stored = captures.kept(event.draft.document_digest)
    if stored is None:
        return Trace(event=event, faults=(*faults, f"its document {event.draft.document_digest} is missing"))
    try:
        answer = replay(archive.get(stored.capture))
        documents = read(answer.url, answer.body)
    except (Damaged, WrongPage) as error:
        return Trace(event=event, document=stored.document, capture=stored.capture, faults=(*faults, str(error)))
    again = next((d for d in documents if d.document_id == stored.document.document_id), None)
    place, fault = _place(event, again) if again else (None, "the archived page, read again, holds no such document")
    return Trace(
        event=event,
        document=stored.document,
        capture=stored.capture,
        url=answer.url,
        retrieved_at=answer.retrieved_at,
        place=place,
        faults=(*faults, fault) if fault else tuple(faults),
    )


def _place(event: Recorded, document: Document) -> tuple[Place | None, str | None]:
    """Where the event's words stand in a document, and what is wrong with that."""
    locator, words = event.draft.locator, event.draft.quote
    if locator is None or words is None:
        return None, None
    found = _LOCATOR.fullmatch(locator)
    text = _text_at(document, found[1], found[2]) if found else None
    if not found or text is None:
        return None, f"the archived page, read again, has no place {locator}"
    place = Place(locator=locator, text=text, first=int(found[3]), last=int(found[4]))
    if text[place.first : place.last] != words:
        elsewhere = "they stand elsewhere in it" if words in text else "they do not stand in it"
        return place, f"at {locator} of the archived page are other words than the {words!r} of the event; {elsewhere}"
    return place, None


def _text_at(document: Document, kind: str, number: str) -> str | None:
    texts = {"h": [document.headline], "p": document.paragraphs, "i": [i.text for i in document.items]}[kind]
    at = int(number or 0)
    # What is kept is in NFC, and offsets count in that.
    return normalize("NFC", texts[at]) if at < len(texts) and (kind == "h") == (number == "") else None
