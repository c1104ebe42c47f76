"""What became of candidates: append-only rows of which the newest counts.

A candidate that is held waits for a person, whose decision is a second row; every other outcome is final and a repeated one is ignored.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from milestones.domain.dates import utc_text
from milestones.domain.documents import Outcome
from milestones.store.statements import insert, select_in

_LATEST = """
    SELECT c.candidate_id, c.reading_id, (
        SELECT o.outcome FROM candidate_outcome o WHERE o.candidate_id = c.candidate_id ORDER BY o.outcome_id DESC LIMIT 1
    ) AS outcome
    FROM candidate c WHERE c.candidate_id IN :keys
"""


def waiting(connection: Connection, candidate_ids: Sequence[int]) -> dict[int, int]:
    """Of these candidates the ones without any outcome, each with the number of its reading."""
    return {row.candidate_id: row.reading_id for row in select_in(connection, _LATEST, candidate_ids) if row.outcome is None}


def held_ones(connection: Connection, candidate_ids: Iterable[int]) -> set[int]:
    """Of these candidates the ones that wait for a person."""
    return {row.candidate_id for row in select_in(connection, _LATEST, candidate_ids) if row.outcome == Outcome.HELD}


def add_outcomes(connection: Connection, outcomes: Mapping[int, tuple[Outcome, str]], *, position: int, at: datetime, run_id: str) -> None:
    """Records the outcomes of candidates that have none, or are held and now something else. To be called behind the head's lock."""
    latest = {row.candidate_id: row.outcome for row in select_in(connection, _LATEST, outcomes)}
    rows = [
        {"candidate_id": i, "outcome": str(outcome), "reason": reason, "position": position, "at": utc_text(at), "run_id": run_id}
        for i, (outcome, reason) in outcomes.items()
        if latest[i] is None or (latest[i] == Outcome.HELD and outcome is not Outcome.HELD)
    ]
    insert(connection, "candidate_outcome", *rows)
