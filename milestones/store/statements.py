"""Small pieces of SQL that several tables need: long lists of values, and a lock on a name."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, column, table, text

from milestones.store.engine import is_postgres

CHUNK = 500
"""Rows in one statement, and values in one IN list; well below the lowest limit of any SQLite (999)."""

T = TypeVar("T")


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in order, at most CHUNK at a time."""
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def select_in(connection: Connection, sql: str, values: Iterable[Any], **given: Any) -> Iterator[Row[Any]]:
    """Rows of a SELECT with `IN :keys`, for any number of values; each value once, None left out. Order holds for the rows of one value.

    `given` are the other parameters of the statement.
    """
    statement = text(sql).bindparams(bindparam("keys", expanding=True))
    for keys in chunks(sorted({value for value in values if value is not None})):
        yield from connection.execute(statement, {"keys": keys, **given})


def lock_name(connection: Connection, name: str) -> None:
    """Nobody else passes here with the same name until this transaction ends. SQLite has one writer anyway."""
    if is_postgres(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def insert(connection: Connection, into: str, *rows: Mapping[str, Any]) -> None:
    """Inserts rows that all have the same columns."""
    if rows:
        connection.execute(table(into, *map(column, rows[0])).insert(), rows)


def insert_numbered(connection: Connection, into: str, number: str, row: Mapping[str, Any]) -> int:
    """Inserts one row; the number that the database gave it in column `number`."""
    names = table(into, *map(column, row), column(number))
    return int(connection.execute(names.insert().returning(names.c[number]), row).scalar_one())
