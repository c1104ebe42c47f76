"""The read tables are replaced together, forwards only, and read alike from both databases."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import Engine

from milestones.domain.errors import LedgerError
from milestones.services.standings import Moved
from milestones.store.read_tables import SqlReadTables
from tests.store.examples import NOW


class Status(StrEnum):
    MET = "met"


def count(place: int, **changed: Any) -> dict[str, Any]:
    """A row of `read_status_count`."""
    labels = {"status_en": "Met", "status_zh": "已達成", "basis": None, "basis_en": None, "basis_zh": None}
    row = {"place": place, "unit": "target", "status": f"s{place}", "count": 1, "as_of_position": 3, "as_of_on": date(2025, 1, 2)}
    return row | labels | changed


@pytest.fixture
def tables(engine: Engine) -> SqlReadTables:
    return SqlReadTables(engine)


def test_an_empty_projection_stands_at_zero(tables: SqlReadTables) -> None:
    assert tables.position() == 0
    assert tables.rows("read_status_count") == []


def test_rows_take_the_place_of_the_old_ones_and_come_back_as_text_in_key_order(tables: SqlReadTables) -> None:
    tables.replace({"read_status_count": [count(7)]}, position=2, as_of=NOW)
    tables.replace({"read_status_count": [count(2), count(1, status=Status.MET)]}, position=3, as_of=NOW)
    assert tables.position() == 3
    assert tables.rows("read_status_count") == [count(1, status="met", as_of_on="2025-01-02"), count(2, as_of_on="2025-01-02")]


def test_the_same_position_may_be_built_again_but_not_an_earlier_one(tables: SqlReadTables) -> None:
    tables.replace({"read_status_count": [count(1)]}, position=3, as_of=NOW)
    tables.replace({"read_status_count": [count(1)]}, position=3, as_of=NOW + timedelta(days=1))
    assert tables.replace({"read_status_count": []}, position=2, as_of=NOW) is Moved.AHEAD
    assert len(tables.rows("read_status_count")) == 1


def test_all_tables_and_the_position_are_moved_together_or_not_at_all(tables: SqlReadTables) -> None:
    tables.replace({"read_status_count": [count(1)]}, position=3, as_of=NOW)
    with pytest.raises(LedgerError):
        tables.replace({"read_status_count": [count(1), count(2, unit="no unit")]}, position=4, as_of=NOW)
    assert (tables.position(), len(tables.rows("read_status_count"))) == (3, 1)


@pytest.mark.parametrize("name", ["event", "read_x; DROP TABLE event", "projection", "read_nothing_of_the_kind"])
def test_no_other_table_is_touched(tables: SqlReadTables, name: str) -> None:
    with pytest.raises(LedgerError):
        tables.replace({name: []}, position=1, as_of=NOW)
    assert tables.position() == 0
