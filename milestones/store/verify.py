"""Checks a whole database: the log, the documents and captures that it rests on, and that what guards it is as shipped."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, text

from milestones.domain.errors import Damaged, LedgerError
from milestones.domain.kept import kept_json
from milestones.domain.ledger import LEAF_FIELDS
from milestones.domain.verification import Damage, LogCheck, Verified
from milestones.services.ports import Archive, Progress
from milestones.store.captures import document_row
from milestones.store.engine import is_postgres, reading
from milestones.store.guards import check_guards
from milestones.store.rows import document_data, document_of, plain

_PAGE = 2_000

_PLACE = ("position", "leaf_hash", "prev_hash", "hash")

# PostgreSQL has types for what is hashed as text; it writes them out faster than Python would.
_POSTGRES_TEXT = (
    dict.fromkeys(("event_id", "caused_by", "amends"), "{}::text")
    | dict.fromkeys(("published_at", "recorded_at"), """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""")
    | {"occurred_on": "to_char({}, 'YYYY-MM-DD')"}
)


def verify(engine: Engine, *, archive: Archive | None, against: Sequence[tuple[int, str]], progress: Progress) -> Verified:
    """Checks everything. `against` are (size, root) of checkpoints held elsewhere; without an archive captures are not looked at.

    Only such a checkpoint shows that the end of the log was cut off, or all of it rewritten consistently.
    """
    with reading(engine) as connection:
        if is_postgres(connection):  # what is appended meanwhile must not be half seen
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        head = connection.execute(text("SELECT position, hash FROM log_head")).one()
        kept = [(r.tree_size, r.root) for r in connection.execute(text("SELECT tree_size, root FROM checkpoint ORDER BY tree_size"))]
        log = LogCheck(frozenset(size for size, _ in [*kept, *against]))
        for page in _pages(connection):
            for row in page:
                log.see(row[0], row[1], row[2], row[3], row[4:])
            progress("events", log.tree.size, head.position)
        log.damages += _check_amends(connection)
        log.end((head.position, head.hash), {"checkpoint": kept, "against": against})
        damages = [*log.damages, *_check_documents(connection)]
        if archive is not None:
            damages += _check_captures(connection, archive, progress)
        damages += check_guards(connection)
    return Verified(size=log.tree.size, root=log.tree.root, damages=tuple(damages))


def _pages(connection: Connection) -> Iterator[Sequence[Any]]:
    casts = _POSTGRES_TEXT if is_postgres(connection) else {}
    values = ", ".join([*_PLACE, *(f"{casts.get(name, '{}').format(name)} AS {name}_text" for name in LEAF_FIELDS)])
    rows = text(f"SELECT {values} FROM event WHERE position > :after ORDER BY position LIMIT {_PAGE}")  # noqa: S608  # names of our own
    after = -(2**63)  # whatever position a forger wrote
    while page := connection.execute(rows, {"after": after}).all():
        yield page
        after = page[-1][0]


def _check_amends(connection: Connection) -> Iterator[Damage]:
    rows = connection.execute(
        text("""
        SELECT e.position FROM event e LEFT JOIN event earlier ON earlier.event_id = e.amends
        WHERE e.amends IS NOT NULL AND (earlier.position IS NULL OR earlier.position >= e.position) ORDER BY e.position
        """)
    )
    return (Damage("amends", row.position, "is no earlier event") for row in rows)


def _check_documents(connection: Connection) -> Iterator[Damage]:
    for row in connection.execute(text("SELECT * FROM document ORDER BY sequence")).mappings():
        if not _is_whole(row):
            yield Damage("document", None, f"{row['document_id']} version {row['version']} is not what its digest names")
    lost = text("""
        SELECT e.position FROM event e LEFT JOIN document d ON d.digest = e.document_digest
        WHERE e.document_digest IS NOT NULL AND d.digest IS NULL ORDER BY e.position
    """)
    for orphan in connection.execute(lost):
        yield Damage("document", orphan.position, "the document it rests on is missing")


def _is_whole(row: RowMapping) -> bool:
    try:
        document = document_of(row["content"])
        wanted = document_row(document, kept_json(document_data(document)), version=row["version"], capture=row["capture"])
    except (ValueError, TypeError, KeyError, LedgerError):
        return False
    found = plain(dict(row))
    return all(found[name] == value for name, value in wanted.items())


def _check_captures(connection: Connection, archive: Archive, progress: Progress) -> Iterator[Damage]:
    captures = connection.execute(text("SELECT digest, url FROM capture ORDER BY retrieved_at, digest")).all()
    for done, row in enumerate(captures, start=1):
        if done % 100 == 0:
            progress("captures", done, len(captures))
        try:
            intact = hashlib.sha256(archive.get(row.digest)).hexdigest() == row.digest
        except Damaged:
            intact = False
        if not intact:
            fault = "has other bytes in the archive" if row.digest in archive else "is missing from the archive"
            yield Damage("capture", None, f"{row.digest} of {row.url} {fault}")
