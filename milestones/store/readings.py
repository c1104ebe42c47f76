"""Which document was read with which rules, what the readings claim, and what waits for whom."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from milestones.domain.dates import utc_text
from milestones.domain.documents import Candidate, Outcome
from milestones.domain.events import Draft, EventType
from milestones.domain.kept import kept_json
from milestones.domain.ledger import content_digest
from milestones.services.ports import LastClaims, Staged, Stored
from milestones.store.engine import reading, writing
from milestones.store.ledger import lock_head
from milestones.store.outcomes import add_outcomes
from milestones.store.rows import candidate_data, candidate_of, stored_of
from milestones.store.statements import insert, insert_numbered, lock_name, select_in

_NEWEST = "NOT EXISTS (SELECT 1 FROM document newer WHERE newer.document_id = d.document_id AND newer.version > d.version)"

_UNREAD = f"""
    SELECT d.digest, d.capture, d.content, d.seen_at FROM document d WHERE {_NEWEST}
    AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.document_digest = d.digest AND (CAST(:rules AS TEXT) IS NULL OR r.rules = :rules))
    ORDER BY d.sequence LIMIT :limit
"""  # noqa: S608 - nothing but constants, here and below

_OUTDATED = f"""
    SELECT count(*) FROM document d WHERE {_NEWEST} AND EXISTS (SELECT 1 FROM reading r WHERE r.document_digest = d.digest)
    AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.document_digest = d.digest AND r.rules = :rules)
"""  # noqa: S608

_NEWEST_ONES = f"""
    SELECT d.sequence, d.digest, d.capture, d.content, d.seen_at FROM document d
    WHERE d.sequence > :after AND {_NEWEST} ORDER BY d.sequence LIMIT :limit
"""  # noqa: S608

_CANDIDATES = """
    SELECT c.candidate_id, c.claim_key, c.content AS candidate, d.digest, d.capture, d.content, d.seen_at,
        EXISTS (
            SELECT 1 FROM reading earlier JOIN document same ON same.digest = earlier.document_digest
            WHERE same.document_id = d.document_id AND same.capture = d.capture AND earlier.reading_id < r.reading_id
        ) AS again,
        (SELECT reason FROM candidate_outcome WHERE candidate_id = c.candidate_id ORDER BY outcome_id DESC LIMIT 1) AS held_because
    FROM candidate c JOIN reading r ON r.reading_id = c.reading_id JOIN document d ON d.digest = r.document_digest
"""

HELD = """
    JOIN candidate_outcome o ON o.candidate_id = c.candidate_id AND o.outcome = 'held'
    WHERE o.outcome_id = (SELECT max(outcome_id) FROM candidate_outcome WHERE candidate_id = c.candidate_id)
    AND NOT EXISTS (
        SELECT 1 FROM candidate later JOIN candidate_outcome lo ON lo.candidate_id = later.candidate_id
        WHERE later.claim_key = c.claim_key AND later.reading_id > c.reading_id AND lo.outcome IN ('held', 'appended')
    )
    AND NOT EXISTS (
        SELECT 1 FROM reading its JOIN reading last ON last.document_digest = its.document_digest AND last.reading_id > its.reading_id
        WHERE its.reading_id = c.reading_id
        AND NOT EXISTS (SELECT 1 FROM reading newer WHERE newer.document_digest = last.document_digest AND newer.reading_id > last.reading_id)
        AND NOT EXISTS (
            SELECT 1 FROM candidate same WHERE same.reading_id = last.reading_id AND same.claim_key = c.claim_key AND same.decision <> 'drop'
        )
        AND NOT EXISTS (
            SELECT 1 FROM quarantine q JOIN document d ON d.url = q.url
            WHERE d.digest = last.document_digest AND q.stage = 'detect' AND q.run_id = last.run_id
        )
    )
"""
"""Which candidates `c` wait for a person, by their outcome `o`."""

_LAST_CLAIMS = """
    SELECT r.document_digest, c.claim_key, c.content,
        (SELECT count(*) FROM reading now WHERE now.document_digest = r.document_digest AND now.rules = :rules) AS current_readings
    FROM reading r LEFT JOIN candidate c ON c.reading_id = r.reading_id
    WHERE r.document_digest IN :keys
    AND NOT EXISTS (SELECT 1 FROM reading newer WHERE newer.document_digest = r.document_digest AND newer.reading_id > r.reading_id)
    ORDER BY c.candidate_id
"""


class SqlReadings:
    """`ports.Readings` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def unread(self, rules: str | None, limit: int) -> list[Stored]:
        with reading(self._engine) as connection:
            return [stored_of(row) for row in connection.execute(text(_UNREAD), {"rules": rules, "limit": limit})]

    def outdated(self, rules: str) -> int:
        with reading(self._engine) as connection:
            return int(connection.execute(text(_OUTDATED), {"rules": rules}).scalar_one())

    def claims(self, digests: Collection[str], rules: str) -> Mapping[str, LastClaims]:
        found: dict[str, list[tuple[str, Candidate]]] = {}
        current: set[str] = set()
        with reading(self._engine) as connection:
            for row in select_in(connection, _LAST_CLAIMS, digests, rules=rules):
                claims = found.setdefault(row.document_digest, [])
                if row.claim_key is not None:
                    claims.append((row.claim_key, candidate_of(row.content)))
                if row.current_readings:
                    current.add(row.document_digest)
        return {digest: LastClaims(candidates=tuple(claims), is_current=digest in current) for digest, claims in found.items()}

    def newest_documents(self, *, after: int, limit: int) -> list[tuple[int, Stored]]:
        with reading(self._engine) as connection:
            rows = connection.execute(text(_NEWEST_ONES), {"after": after, "limit": limit})
            return [(row.sequence, stored_of(row)) for row in rows]

    def kept_documents(self) -> int:
        with reading(self._engine) as connection:
            return int(connection.execute(text("SELECT count(DISTINCT document_id) FROM document")).scalar_one())

    def add_reading(self, stored: Stored, *, rules: str, candidates: Sequence[tuple[str, Candidate]], read_at: datetime, run_id: str) -> None:
        with writing(self._engine) as connection:
            lock_name(connection, stored.digest)
            known = {"digest": stored.digest, "rules": rules}
            if connection.execute(text("SELECT 1 FROM reading WHERE document_digest = :digest AND rules = :rules"), known).first():
                return
            row = {"document_digest": stored.digest, "text_digest": stored.document.text_digest, "rules": rules}
            number = insert_numbered(connection, "reading", "reading_id", {**row, "read_at": utc_text(read_at), "run_id": run_id})
            insert(connection, "candidate", *(_candidate_row(number, key, candidate) for key, candidate in candidates))

    def staged(self) -> list[Staged]:
        none_yet = "WHERE NOT EXISTS (SELECT 1 FROM candidate_outcome o WHERE o.candidate_id = c.candidate_id)"
        with reading(self._engine) as connection:
            return staged_where(connection, none_yet)

    def settle(self, outcomes: Mapping[int, tuple[Outcome, str]], *, at: datetime, run_id: str) -> None:
        """Behind the head's lock, so that an outcome and an append never cross. Final outcomes stand; a repeated one is ignored."""
        with writing(self._engine) as connection:
            head = lock_head(connection)
            add_outcomes(connection, outcomes, position=head.position, at=at, run_id=run_id)

    def held(self) -> list[Staged]:
        """Candidates whose newest outcome is `held`, oldest first.

        But for those that a later reading of the claim has taken the place of, and those that the same bytes, read last, no longer claim.
        """
        with reading(self._engine) as connection:
            return staged_where(connection, HELD)


def staged_where(connection: Connection, condition: str, **given: int) -> list[Staged]:
    """The candidates of a condition of ours, oldest first; `given` are its parameters."""
    rows = connection.execute(text(f"{_CANDIDATES} {condition} ORDER BY c.candidate_id"), given)
    return [
        Staged(
            candidate_id=row.candidate_id,
            claim_key=row.claim_key,
            stored=stored_of(row),
            candidate=candidate_of(row.candidate),
            held_because=row.held_because,
            again=bool(row.again),
        )
        for row in rows
    ]


def _candidate_row(reading_id: int, claim_key: str, candidate: Candidate) -> dict[str, Any]:
    return {
        "reading_id": reading_id,
        "claim_key": claim_key,
        "content_digest": content_digest(_as_draft(claim_key, candidate)),
        "confidence": candidate.confidence,
        "decision": str(candidate.decision),
        "content": kept_json(candidate_data(candidate)),
    }


def _as_draft(claim_key: str, candidate: Candidate) -> Draft:
    """The candidate as far as its content digest needs it: what is held or dropped must compare with what is appended."""
    return Draft(
        stream="",
        type=EventType.MILESTONE_REPORTED,
        source="",
        claim_key=claim_key,
        state=candidate.state,
        occurred_on=candidate.occurred_on,
        occurred_precision=candidate.precision,
        quote=candidate.quote,
        data=candidate.data,
        producer="",
        run_id="",
    )
