"""Names behind pseudonyms, in the one table of people that can change and be erased.

A pseudonym is made from where the ledger stands when the person is added: it cannot be guessed from the name, needs no chance, and
comes to nobody twice, even after the table was lost.
"""

from contextlib import closing
from uuid import UUID, uuid5

from sqlalchemy import Connection, Engine, text

from milestones.domain.errors import LedgerError
from milestones.domain.kept import kept_text
from milestones.services.ports import Person
from milestones.store.engine import is_postgres, reading, writing
from milestones.store.ledger import lock_head
from milestones.store.statements import insert, lock_name

_NAMESPACE = UUID("b0b1d5a0-3f0c-5d52-8f4e-6d0c5a2f9e11")
_PREFIX = "person:"
_COLUMNS = "SELECT person_id, name, address FROM person"


class SqlPeople:
    """`ports.People` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str, *, address: str | None = None) -> Person:
        if name.startswith(_PREFIX):
            raise LedgerError(f"{name[:80]!r} is no name but a pseudonym that is not known here; `milestones person list` shows those that are")
        called = {"name": kept_text(name), "address": kept_text(address)}
        with writing(self._engine) as connection:
            lock_name(connection, "person")
            known = connection.execute(text(f"{_COLUMNS} WHERE name = :name"), called).first()
            if known and address is not None:
                connection.execute(text("UPDATE person SET address = :address WHERE name = :name"), called)
            if known:
                return Person(person_id=known.person_id, name=known.name, address=known.address if address is None else address)
            person_id = _new_pseudonym(connection)
            insert(connection, "person", {"person_id": person_id, **called})
            return Person(person_id=person_id, **called)

    def find(self, name: str) -> Person | None:
        with reading(self._engine) as connection:
            row = connection.execute(text(f"{_COLUMNS} WHERE name = :name OR person_id = :name"), {"name": kept_text(name)}).first()
            return Person(**row._mapping) if row else None  # noqa: SLF001  # its public name

    def all(self) -> list[Person]:
        with reading(self._engine) as connection:
            return [Person(**row) for row in connection.execute(text(f"{_COLUMNS} ORDER BY name, person_id")).mappings()]

    def erase(self, person_id: str) -> None:
        with writing(self._engine) as connection:
            sqlite = not is_postgres(connection)
            if sqlite:  # or the old bytes would stay in the file
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            connection.execute(text("UPDATE person SET name = NULL, address = NULL WHERE person_id = :id"), {"id": person_id})
        if sqlite:
            with closing(self._engine.raw_connection()) as driver:  # a checkpoint works outside transactions only
                driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _new_pseudonym(connection: Connection) -> str:
    known = connection.execute(text("SELECT count(*) FROM person")).scalar_one()
    return f"{_PREFIX}{uuid5(_NAMESPACE, f'{lock_head(connection).hash}|{known}')}"
