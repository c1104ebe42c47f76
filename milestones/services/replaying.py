"""Reads the whole archive again, with the parsers and rules of today: first what that would change in the ledger, then, if wanted, the change.

Nothing is asked of the network. The archive is gone through in order, a batch at a time; what is said to change is what the ledger itself
would make of the new readings, through the same audit. What cannot be read any more is quarantined and stays as it was read before.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from milestones.domain.documents import Candidate, Decision, Document, Outcome
from milestones.domain.errors import AuditError, Damaged, WrongPage
from milestones.domain.events import Draft, EventType
from milestones.domain.ledger import claim_key, content_digest
from milestones.services.ports import Answer, Archive, Audit, Captures, Clock, LastClaims, Ledger, Progress, Readings, Staged, Stored
from milestones.services.publish import SUITE, audit_row, draft_of, reasons
from milestones.services.reading import Detect
from milestones.services.replayed import ADDED, AMENDED, HELD, QUARANTINED, RETRACTED, Change, Failed, Survey, change_of

STAGE = "replay"
"""The stage at which a page is quarantined that was read once and cannot be read any more."""

_BATCH = 500
_PARSED = 8
"""Captures whose documents are kept in memory: the documents of one list follow one another in the archive."""

_BESIDE_THE_TEXT = ("url", "form", "language", "published_at", "day", "on_behalf_of", "twin_url")
"""What detection reads of a document beside its text; where only its pictures differ, no new version is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where the archive is read again: the ports, the parsers and rules of today, and the `sound` sources, of which alone is retracted.

    `parse` gives the documents that an answer holds, knowing one that was read from it; `rules` names the version of the rules. `recent` are
    the documents of captures parsed last, by digest.
    """

    readings: Readings
    captures: Captures
    ledger: Ledger
    archive: Archive
    replay: Callable[[bytes], Answer]
    parse: Callable[[Document, Answer], Sequence[Document]]
    detect: Detect
    audit: Audit
    rules: str
    sound: Collection[str]
    clock: Clock
    progress: Progress
    recent: dict[str, Sequence[Document]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
    """A document read again: what of it is kept and was claimed (`was`, `last`), and what it is and claims `now`."""

    was: Stored
    last: LastClaims
    now: Stored
    claims: Sequence[tuple[str, Candidate]]

    @property
    def is_renewed(self) -> bool:
        return self.now is not self.was

    @property
    def differs(self) -> bool:
        return _content(self.now, self.claims) != _content(self.was, self.last.candidates)


def survey(desk: Desk) -> Survey:
    """What reading everything again would change; records nothing. Raises AuditError where the audit refuses a batch as a whole."""
    found = Survey()
    for batch in _batches(desk):
        differing = []
        for number, stored, last in batch:
            again, failed = _read_again(desk, stored, last)
            found.failed += [failed] if failed else []
            found.outdated += not last.is_current
            if again.is_renewed:
                found.renewed.append(number)
            if again.differs:
                differing.append(again)
                found.differing += [number] if last.is_current and not again.is_renewed else []
        found.documents += len(batch)
        found.changes += _changes(desk, differing)
    return found


def read_anew(desk: Desk, found: Survey, *, run_id: str) -> None:
    """Keeps what a survey found: new versions of documents, new readings where these rules have one already, failures in quarantine.

    What these rules have not read is then left to `reading.read_documents`, and everything is published as always.
    """
    for failed in found.failed:
        about = {"source": failed.source, "url": failed.url, "capture": failed.capture}
        desk.captures.quarantine(**about, stage=STAGE, reason=failed.reason, at=desk.clock(), run_id=run_id)
    numbers = sorted({*found.renewed, *found.differing})
    for done, number in enumerate(numbers, start=1):
        for _, stored in desk.readings.newest_documents(after=number - 1, limit=1):
            again, _ = _read_again(desk, stored, LastClaims(candidates=(), is_current=True))
            if again.is_renewed:
                desk.captures.add_document(again.now.document, capture=stored.capture, seen_at=desk.clock(), anew=True)
            elif number in found.differing:
                rules = f"{desk.rules} again {run_id}"
                desk.readings.add_reading(stored, rules=rules, candidates=again.claims, read_at=desk.clock(), run_id=run_id)
        desk.progress("documents kept anew", done, len(numbers))


def _batches(desk: Desk) -> Iterator[list[tuple[int, Stored, LastClaims]]]:
    """All newest versions that were read at all, oldest first, with their numbers; what never was is no business of a replay."""
    total, done, after = desk.readings.kept_documents(), 0, 0
    while batch := desk.readings.newest_documents(after=after, limit=_BATCH):
        after, done = batch[-1][0], done + len(batch)
        last = desk.readings.claims([stored.digest for _, stored in batch], desk.rules)
        yield [(number, stored, last[stored.digest]) for number, stored in batch if stored.digest in last]
        desk.progress("documents read again", done, max(total, done))


def _read_again(desk: Desk, stored: Stored, last: LastClaims) -> tuple[_Again, Failed | None]:
    """The document as it is parsed and read today; where that breaks, as it was, and how it failed."""
    now, claims, failed = stored, last.candidates, None
    try:
        now = _parsed_anew(desk, stored)
    except Exception as error:  # noqa: BLE001 - scraped text is hostile: whatever it breaks, one document never stops the rest
        failed = _failed(stored, error)
    try:
        found = desk.detect(now.document)
    except Exception as error:  # noqa: BLE001 - as above
        return _Again(was=stored, last=last, now=stored, claims=claims), _failed(stored, error)
    claims = tuple((claim_key(now.document.document_id, c.commitment, c.target, c.kind, c.subject), c) for c in found)
    return _Again(was=stored, last=last, now=now, claims=claims), failed


def _failed(stored: Stored, error: Exception) -> Failed:
    reason = str(error) if isinstance(error, Damaged | WrongPage) else f"{type(error).__name__}: {error}"
    return Failed(source=stored.document.source, url=stored.document.url, capture=stored.capture, reason=reason)


def _parsed_anew(desk: Desk, stored: Stored) -> Stored:
    """`stored` itself where nothing of it differs. Raises Damaged, WrongPage, or whatever hostile bytes make a parser raise."""
    documents = desk.recent.get(stored.capture)
    if documents is None:
        documents = desk.parse(stored.document, desk.replay(desk.archive.get(stored.capture)))
        desk.recent[stored.capture] = documents
        if len(desk.recent) > _PARSED:
            del desk.recent[next(iter(desk.recent))]
    found = next((d for d in documents if d.document_id == stored.document.document_id), None)
    if found is None:
        raise WrongPage("the archived page, read again, holds no such document")
    document = replace(found, source=stored.document.source)
    same = document.text_digest == stored.document.text_digest
    if same and all(getattr(document, name) == getattr(stored.document, name) for name in _BESIDE_THE_TEXT):
        return stored
    return replace(stored, digest=f"{stored.digest} read again", document=document)


def _content(stored: Stored, claims: Sequence[tuple[str, Candidate]]) -> set[tuple[str, str, Decision]]:
    """What is compared of a reading: of each claim that is not dropped its content, and whether a person is to look at it."""
    drafts = [(key, _draft(_staged(0, stored, key, c)), c.decision) for key, c in claims if c.decision is not Decision.DROP]
    return {(key, content_digest(draft), decision) for key, draft, decision in drafts}


def _changes(desk: Desk, differing: Sequence[_Again]) -> list[Change]:
    """What the ledger would make of these readings."""
    staged = [_staged(n, a.now, key, c) for n, (a, key, c) in enumerate((a, key, c) for a in differing for key, c in a.claims)]
    findings = desk.audit(SUITE, [audit_row(s) for s in staged]) if staged else []
    whole = [f for f in findings if not f.row_ids]
    if whole:
        raise AuditError(f"suite {SUITE} would stop a batch: " + "; ".join(f"{f.expectation}: {f.detail}" for f in whole))
    failing = reasons(findings)
    changes = [change_of(QUARANTINED, _draft(staged[id_]), reason=why) for id_, why in failing.items()]
    passed = [(s, _draft(s)) for s in staged if s.candidate_id not in failing and s.candidate.decision is not Decision.DROP]
    for (s, draft), verdict in zip(passed, desk.ledger.weigh(passed), strict=True):
        if verdict.draft:
            changes.append(_appended(desk, verdict.draft))
        elif verdict.outcome is Outcome.HELD:
            changes.append(change_of(HELD, draft, reason=f"{verdict.reason}; {s.candidate.reason}"))
    said = [(a.now, [k for k, c in a.claims if c.decision is not Decision.DROP]) for a in differing if a.was.document.source in desk.sound]
    gone = [v.draft for v in desk.ledger.weigh_absent(said) if v.draft]
    return [*changes, *(_appended(desk, draft) for draft in gone)]


def _appended(desk: Desk, draft: Draft) -> Change:
    before = desk.ledger.find(draft.amends) if draft.amends else None
    what = {EventType.MILESTONE_AMENDED: AMENDED, EventType.MILESTONE_RETRACTED: RETRACTED}.get(draft.type, ADDED)
    reason = str(draft.data.get("reason") or draft.data.get("amended_because") or "")
    return change_of(what, draft, reason=reason, before=before.draft if before else None)


def _staged(number: int, stored: Stored, key: str, candidate: Candidate) -> Staged:
    return Staged(candidate_id=number, claim_key=key, stored=stored, candidate=candidate, again=True)


def _draft(staged: Staged) -> Draft:
    return draft_of(staged, producer="", run_id="")
