"""Checks a whole database: the log, the documents and captures that it rests on, and that what guards it is as shipped."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, RowMapping, column, select, table, text

from milestones.domain.errors import Damaged, LedgerError
from milestones.domain.kept import kept_json
from milestones.domain.ledger import canonical
from milestones.domain.verification import Damage, LogCheck
from milestones.services.ports import Archive, Progress
from milestones.store.captures import document_row
from milestones.store.engine import reading
from milestones.store.guards import check_guards
from milestones.store.rows import EVENT_COLUMNS, document_data, document_of, event_of, plain

_PAGE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What stands in the ledger and what is wrong with it: size, Merkle root's leaves in order, damages in the order of the checks."""

    size: int
    leaves: tuple[str, ...]
    damages: tuple[Damage, ...]


def verify(engine: Engine, *, archive: Archive | None, against: Sequence[tuple[int, str]], progress: Progress) -> Verified:
    """Checks everything. `against` are (size, root) of checkpoints held elsewhere; without an archive captures are not looked at.

    Only such a checkpoint shows that the end of the log was cut off, or all of it rewritten consistently.
    """
    log = LogCheck()
    with reading(engine) as connection:
        head = connection.execute(text("SELECT position, hash FROM log_head")).one()
        for done, row in enumerate(_event_rows(connection), start=1):
            _see(log, row)
            if done % _PAGE == 0:
                progress("events", done, head.position)
        kept = [(r.tree_size, r.root) for r in connection.execute(text("SELECT tree_size, root FROM checkpoint ORDER BY tree_size"))]
        log.end((head.position, head.hash), {"checkpoint": kept, "against": against})
        damages = [*log.damages, *_check_documents(connection)]
        if archive is not None:
            damages += _check_captures(connection, archive, progress)
        damages += check_guards(connection)
    return Verified(size=len(log.leaves), leaves=tuple(log.leaves), damages=tuple(damages))


def _event_rows(connection: Connection) -> Iterator[RowMapping]:
    events = table("event", *map(column, EVENT_COLUMNS))
    after = -(2**63)  # whatever position a forger wrote
    while rows := connection.execute(select(events).where(events.c.position > after).order_by(events.c.position).limit(_PAGE)).mappings().all():
        yield from rows
        after = rows[-1]["position"]


def _see(log: LogCheck, row: RowMapping) -> None:
    try:
        event = event_of(row)
    except (ValueError, TypeError) as error:
        log.unreadable(row["position"], f"is no event: {error}")
        return
    if canonical(event.draft.data).decode() != row["data"]:
        log.damages.append(Damage("leaf", event.position, "data are not the bytes that were hashed"))
    log.see(event)


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
