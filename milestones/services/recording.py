"""Records what the machine missed: a person names page, words and step; the page is archived first and must say these words.

The event rests on a document like every other, so it leads to bytes, and the machine, which reads the same document, never undoes it.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from milestones.domain.commitments import Registry
from milestones.domain.dates import Precision, hk_day, interval_of
from milestones.domain.documents import HANDED_IN, Document
from milestones.domain.errors import LedgerError, WrongPage
from milestones.domain.events import CONTEXT, Draft, EventType, Kind, State
from milestones.domain.ledger import claim_key
from milestones.domain.revisions import revision_data
from milestones.services.ports import Answer, Appended, Archive, Captures, Clock, Ledger, Stored
from milestones.services.signature import Signature
from milestones.services.steps import check_day, subject_of
from milestones.services.words import quoted

RULE = "person.recorded"

Read = Callable[[str, bytes], Sequence[Document]]
"""The documents of a page, by its address and bytes. Raises WrongPage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to record from. One that a person `handed_in` as a file may add to what was read, but never take the place of it."""

    answer: Answer
    handed_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person says that a page tells. `subject` None means the one that the registry has for target and kind.

    `revised_on` is a later deadline of the target that a `delayed` step gives, in `revised_precision`; `said_by` is who announced it, None
    whoever issued the page.
    """

    commitment: str
    target: str
    kind: Kind
    state: State
    occurred_on: date
    precision: Precision
    quote: str
    subject: str | None = None
    revised_on: date | None = None
    revised_precision: Precision = Precision.DAY
    said_by: str | None = None


def record(
    page: Page,
    told: Told,
    *,
    read: Read,
    archive: Archive,
    captures: Captures,
    ledger: Ledger,
    registry: Registry,
    signature: Signature,
    clock: Clock,
) -> Appended:
    """Archives the page and records the step; what stands of the same claim is amended, the same again is no second event.

    Raises RegistryError, WrongPage or LedgerError with what is wrong; the capture is kept all the same.
    """
    _subject(told, registry, clock())
    stored = keep_page(page, told.quote, read=read, archive=archive, captures=captures, run_id=signature.run_id, clock=clock)
    return ledger.append([drafted(stored, told, registry=registry, signature=signature, now=clock())], now=clock())


def drafted(stored: Stored, told: Told, *, registry: Registry, signature: Signature, now: datetime) -> Draft:
    """The event that says what a person read in a document that is kept. Raises RegistryError or LedgerError with what is wrong."""
    subject = _subject(told, registry, now)
    commitment, document = registry.find(told.commitment).key, stored.document
    quote, locator = quoted(document, told.quote)
    return Draft(
        stream=f"commitment:{commitment}",
        type=EventType.MILESTONE_REPORTED,
        source=document.url,
        claim_key=claim_key(document.document_id, commitment, told.target, told.kind, subject),
        data={
            "figures": [],
            **signature.data,
            **_revision(told, document),
            "document_id": document.document_id,
            "language": document.language,
            "headline": document.headline,
        },
        commitment=commitment,
        target=told.target,
        kind=told.kind,
        state=told.state,
        subject=subject,
        occurred_on=interval_of(told.occurred_on, told.precision).first,
        occurred_precision=told.precision,
        published_at=document.published_at,
        document_digest=stored.digest,
        locator=locator,
        quote=quote,
        rule=RULE,
        rule_version=1,
        producer=signature.producer,
        run_id=signature.run_id,
    )


def _subject(told: Told, registry: Registry, now: datetime) -> str:
    """What the step is about, once all that can be judged without the page has been."""
    commitment = registry.find(told.commitment)
    subject = subject_of(commitment, told.target, told.kind, told.subject)
    _check_revision(told)
    promised_on = registry.policy_document(commitment.key).delivered_on
    check_day(told.state, told.occurred_on, told.precision, promised_on=promised_on, today=hk_day(now))
    return subject


def _check_revision(told: Told) -> None:
    if told.revised_on is None:
        return
    if told.kind is not Kind.DELAYED or told.state is not State.HAPPENED or told.target == CONTEXT:
        raise LedgerError("a later deadline is told by --kind delayed --state happened of a target")
    if told.revised_precision is Precision.UNKNOWN:
        raise LedgerError("a later deadline has a precision: day, month, quarter, half or year")


def _revision(told: Told, document: Document) -> dict[str, object]:
    if told.revised_on is None:
        return {}
    said_by = told.said_by or document.on_behalf_of or urlsplit(document.url).hostname or document.source
    return revision_data(told.target, told.revised_on, told.revised_precision, said_by[:200])


def keep_page(page: Page, words: str, *, read: Read, archive: Archive, captures: Captures, run_id: str, clock: Clock) -> Stored:
    """The document of the page that says the words, as kept. Archived before anything reads it. Raises as `record` does."""
    answer = page.answer
    capture = archive.put(answer.record)
    captures.add_capture(digest=capture, url=answer.url, body_sha256=hashlib.sha256(answer.body).hexdigest(), retrieved_at=answer.retrieved_at)
    documents = read(answer.url, answer.body)
    document = _saying(documents, words)
    if document.published_at and document.published_at > clock():
        raise WrongPage(f"{document.url} is dated {document.published_at}, which has not come yet")
    known = captures.newest(document.url)
    if page.handed_in and known and known.document.text_digest != document.text_digest:
        raise WrongPage(f"the archive has {document.url} with another text than this file; give the address instead of the file")
    if page.handed_in:
        document = replace(document, source=HANDED_IN)
    else:
        captures.add_fetch(
            source=document.source,
            url=answer.url,
            status=answer.status,
            error=None,
            capture=capture,
            retrieved_at=answer.retrieved_at,
            run_id=run_id,
        )
    stored = captures.kept(captures.add_document(document, capture=capture, seen_at=clock()))
    if stored is None:
        raise LedgerError(f"{document.url} could not be kept; try again")
    return stored


def _saying(documents: Sequence[Document], words: str) -> Document:
    """Of a page with several documents, the first that says the words. Raises LedgerError where none does."""
    for document in documents[:-1]:
        try:
            quoted(document, words)
        except LedgerError:
            continue
        return document
    quoted(documents[-1], words)
    return documents[-1]
