"""What lists named, on both databases, and that it is found without going through everything."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from milestones.domain.documents import HANDED_IN
from milestones.services.asking import GONE
from milestones.services.ports import Link
from milestones.store.backlog import UNREAD, SqlBacklog
from milestones.store.captures import SqlCaptures
from milestones.store.engine import open_engine, reading, writing
from milestones.store.revisits import DUE, EDITS
from tests.store.examples import CAPTURE, NOW, document

FIRST, LAST = date(2025, 3, 1), date(2025, 3, 9)


def link(number: int, day: int = 5, feed: str = "en", headline: str = "A headline") -> Link:
    return Link(url=f"https://example.org/{number}", feed=feed, day=date(2025, 3, day), headline=headline)


@pytest.fixture
def backlog(engine: Engine) -> SqlBacklog:
    return SqlBacklog(engine)


@pytest.fixture
def captures(engine: Engine) -> SqlCaptures:
    captures = SqlCaptures(engine)
    captures.add_capture(digest=CAPTURE, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)
    return captures


def unread(backlog: SqlBacklog, **more: int) -> list[Link]:
    return backlog.unread("s", since=FIRST, until=LAST, **more)


def test_each_address_of_a_source_is_kept_once(backlog: SqlBacklog) -> None:
    assert backlog.add("s", [link(1), link(2), link(1, headline="later")], listed_at=NOW, run_id="r") == 2
    assert backlog.add("s", [link(2), link(3)], listed_at=NOW, run_id="r") == 1
    assert backlog.add("other", [link(1)], listed_at=NOW, run_id="r") == 1
    assert unread(backlog) == [link(1), link(2), link(3)]


def test_unread_is_what_no_publisher_gave_us_newest_day_first(backlog: SqlBacklog, captures: SqlCaptures) -> None:
    backlog.add(
        "s", [link(1, 2), link(2, 9), link(3, 4), link(4, 5), Link(url="https://example.org/5", feed="en", day=None)], listed_at=NOW, run_id="r"
    )
    captures.add_document(document(url=link(3).url), capture=CAPTURE, seen_at=NOW)
    captures.add_document(document(url=link(4).url, source=HANDED_IN, document_id="by hand"), capture=CAPTURE, seen_at=NOW)
    assert unread(backlog) == [link(2, 9), link(4, 5), link(1, 2)]
    assert unread(backlog, limit=1) == [link(2, 9)]
    assert backlog.unread("s", since=date(2025, 3, 3), until=date(2025, 3, 6)) == [link(4, 5)]


def test_what_is_gone_is_not_asked_for(backlog: SqlBacklog, captures: SqlCaptures) -> None:
    backlog.add("s", [link(1), link(2)], listed_at=NOW, run_id="r")
    captures.quarantine(source="s", url=link(1).url, capture=None, stage=GONE, reason="no such page", at=NOW, run_id="r")
    captures.quarantine(source="s", url=link(2).url, capture=None, stage="page", reason="wrong", at=NOW, run_id="r")
    assert (unread(backlog), backlog.gone("s", since=FIRST, until=LAST)) == ([link(2)], [link(1)])


def test_missing_days_are_those_since_the_page_last_answered(backlog: SqlBacklog, captures: SqlCaptures) -> None:
    url = link(1).url

    def fetched(at: datetime, error: str | None) -> None:
        captures.add_fetch(source="s", url=url, status=None, error=error, capture=None, retrieved_at=at, run_id="r")

    assert backlog.missing_on(url) == frozenset()
    fetched(datetime(2025, 3, 1, tzinfo=UTC), "Missing: no such page")
    fetched(datetime(2025, 3, 2, tzinfo=UTC), None)
    fetched(datetime(2025, 3, 3, 15, tzinfo=UTC), "Missing: no such page")
    fetched(datetime(2025, 3, 3, 17, tzinfo=UTC), "Missing: no such page")
    fetched(datetime(2025, 3, 5, tzinfo=UTC), "Unreachable: down")
    assert backlog.missing_on(url) == {date(2025, 3, 3), date(2025, 3, 4)}, "in Hong Kong it is the next day from 16:00 UTC on"


def test_the_newest_close_of_a_list_counts(backlog: SqlBacklog) -> None:
    for listed in (3, 4):
        backlog.close_list("s", "en", FIRST, listed=listed, listed_at=NOW, run_id="r")
    backlog.close_list("s", "zh", LAST, listed=0, listed_at=NOW, run_id="r")
    assert (backlog.closed_lists("s", "en"), backlog.closed_lists("s", "zh")) == ({FIRST: 4}, {LAST: 0})


# ---- with fifty thousand links ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, sqlite_template: object) -> Iterator[Engine]:
    """Fifty thousand links over two years, of which all but fifty were read."""
    path = tmp_path_factory.mktemp("full") / "ledger.db"
    path.write_bytes(sqlite_template.read_bytes())  # type: ignore[attr-defined]
    engine = open_engine(f"sqlite:///{path}")
    SqlCaptures(engine).add_capture(digest=CAPTURE, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)
    numbers = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
        INSERT INTO {0} SELECT {1} FROM n WHERE {2}
    """
    into = {
        "listed_link (source, feed, url, day, headline, listed_at, run_id)": (
            "'s', 'en', 'https://example.org/' || i, date('2025-03-01', (-i / 70) || ' days'), 'A headline', :at, 'r'",
            "true",
        ),
        "document (digest, document_id, version, url, source, form, language, headline, text_digest, capture, seen_at, content)": (
            (
                "printf('%064x', i), i, 1, 'https://example.org/' || i, 's', 'press_release', 'en', 'h', printf('%064x', i), :capture, :at, "
                "json_object('text', hex(zeroblob(1000)))"
            ),
            "i % 1000",
        ),
        "validator (url, capture, noted_at)": ("'https://example.org/' || i, :capture, :at", "true"),
    }
    with writing(engine) as connection:
        for table, (values, where) in into.items():
            connection.execute(text(numbers.format(table, values, where)), {"at": "2025-03-01T00:00:00.000000Z", "capture": CAPTURE})
    yield engine
    engine.dispose()


ASKED = {
    "source": "s",
    "since": "2023-01-01",
    "until": "2026-01-01",
    "handed_in": HANDED_IN,
    "gone": GONE,
    "limit": 9,
    "records": "b",
    "changed": "c",
}


@pytest.mark.parametrize("sql", [UNREAD, DUE, EDITS])
def test_queries_go_by_indexes(full: Engine, sql: str) -> None:
    """The quarantine and, of documents, the index of their versions are gone through whole; both are small."""
    with reading(full) as connection:
        plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"), ASKED)]
    scans = [step for step in plan if step.startswith("SCAN") and "COVERING INDEX" not in step]
    assert {step.split()[1] for step in scans} <= {"quarantine", "n"}, plan


def test_unread_links_among_fifty_thousand_are_found_at_once(full: Engine) -> None:
    began = datetime.now(UTC)
    found = SqlBacklog(full).unread("s", since=date(2023, 1, 1), until=date(2026, 1, 1))
    assert len(found) == 50
    assert datetime.now(UTC) - began < timedelta(seconds=2)
