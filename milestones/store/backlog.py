"""What lists named: each document once, the days whose list is whole, and what the publisher no longer has."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, text

from milestones.domain.dates import hk_day, utc_text
from milestones.domain.documents import HANDED_IN
from milestones.domain.kept import kept_text
from milestones.services.asking import GONE
from milestones.services.ports import Link
from milestones.store.engine import reading, writing
from milestones.store.rows import day_of, time_of
from milestones.store.statements import insert, lock_name, select_in

# The quarantine is asked by itself, so that it is gone through once and not for each link.
UNREAD = """
    SELECT l.url, l.feed, l.day, l.headline FROM listed_link l
    WHERE l.source = :source AND l.day BETWEEN :since AND :until
    AND NOT EXISTS (SELECT 1 FROM document d WHERE d.url = l.url AND d.source <> :handed_in)
    AND l.url NOT IN (SELECT url FROM quarantine WHERE source = :source AND stage = :gone)
    ORDER BY l.day DESC, l.sequence LIMIT :limit
"""

_GONE = """
    SELECT l.url, l.feed, l.day, l.headline FROM listed_link l
    WHERE l.source = :source AND l.day BETWEEN :since AND :until
    AND NOT EXISTS (SELECT 1 FROM document d WHERE d.url = l.url AND d.source <> :handed_in)
    AND l.url IN (SELECT url FROM quarantine WHERE source = :source AND stage = :gone)
    ORDER BY l.day DESC, l.sequence LIMIT :limit
"""

_ALL = 2**31 - 1


class SqlBacklog:
    """`ports.Backlog` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, source: str, links: Sequence[Link], *, listed_at: datetime, run_id: str) -> int:
        with writing(self._engine) as connection:
            lock_name(connection, f"listed {source}")
            found = {link.url: link for link in reversed(links)}  # the first of each address counts
            known = _known(connection, source, list(found))
            new = [link for link in links if link.url not in known and link is found[link.url]]
            insert(connection, "listed_link", *(_row(source, link, listed_at, run_id) for link in new))
            return len(new)

    def unread(self, source: str, *, since: date, until: date, limit: int | None = None) -> list[Link]:
        return self._links(UNREAD, source, since, until, limit)

    def gone(self, source: str, *, since: date, until: date) -> list[Link]:
        return self._links(_GONE, source, since, until, None)

    def missing_on(self, url: str) -> frozenset[date]:
        with reading(self._engine) as connection:
            rows = connection.execute(
                text("""
                SELECT retrieved_at FROM "fetch" WHERE url = :url AND error LIKE 'Missing:%'
                AND sequence > coalesce((SELECT max(sequence) FROM "fetch" WHERE url = :url AND error IS NULL), 0)
                """),
                {"url": url},
            )
            return frozenset(hk_day(time_of(row.retrieved_at)) for row in rows)

    def close_list(self, source: str, feed: str, day: date, *, listed: int, listed_at: datetime, run_id: str) -> None:
        row = {"source": source, "feed": feed, "day": day.isoformat(), "listed": listed, "listed_at": utc_text(listed_at), "run_id": run_id}
        with writing(self._engine) as connection:
            insert(connection, "closed_list", row)

    def closed_lists(self, source: str, feed: str) -> Mapping[date, int]:
        with reading(self._engine) as connection:
            rows = connection.execute(
                text("SELECT day, listed FROM closed_list WHERE source = :source AND feed = :feed ORDER BY sequence"),
                {"source": source, "feed": feed},
            )
            return {day: row.listed for row in rows if (day := day_of(row.day))}

    def _links(self, sql: str, source: str, since: date, until: date, limit: int | None) -> list[Link]:
        asked = {"source": source, "since": since.isoformat(), "until": until.isoformat(), "limit": limit or _ALL}
        with reading(self._engine) as connection:
            return [link_of(row) for row in connection.execute(text(sql), {**asked, "handed_in": HANDED_IN, "gone": GONE})]


def link_of(row: Row[Any]) -> Link:
    """A link from columns of its row."""
    return Link(url=row.url, feed=row.feed, day=day_of(row.day), headline=row.headline)


def _known(connection: Connection, source: str, urls: Sequence[str]) -> set[str]:
    return {row.url for row in select_in(connection, "SELECT url FROM listed_link WHERE source = :source AND url IN :keys", urls, source=source)}


def _row(source: str, link: Link, listed_at: datetime, run_id: str) -> dict[str, Any]:
    return {
        "source": source,
        "feed": link.feed,
        "url": link.url,
        "day": link.day.isoformat() if link.day else None,
        "headline": kept_text(link.headline),
        "listed_at": utc_text(listed_at),
        "run_id": run_id,
    }
