"""The timeline draws what the table says, keeps to the stretch that is asked for, and has every dated target once."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from milestones.airflow.pages.charts import MOST_MONTHS, MOST_YEARS, Axis, Bar
from milestones.bootstrap import open_monitor
from milestones.domain.dates import Precision
from milestones.domain.events import Kind
from milestones.domain.revisions import revision_data
from tests.domain.build import told

NOW = datetime(2026, 6, 30, 15, tzinfo=UTC)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose ledger says: stablecoins done in time, hydrogen put off to the first quarter of 2026."""
    home = tmp_path_factory.mktemp("home")
    later = revision_data("bill", date(2026, 1, 1), Precision.QUARTER, "the Bureau")
    delayed = told(Kind.DELAYED, date(2025, 12, 1), commitment="PA2024/IT-25", page="delay")
    with pytest.MonkeyPatch.context() as patch:
        live_in(home, patch)
        with open_monitor() as monitor:
            monitor.ledger.append([told(), replace(delayed, data={"figures": [], **later})], now=NOW)
            monitor.project()
    return home


@pytest.fixture
def look(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Asks for the page."""
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi.testclient import TestClient

    from milestones.airflow.pages import application

    live_in(filled, monkeypatch)
    app = application()
    app.dependency_overrides[get_user] = lambda: "somebody"
    client = TestClient(app)
    yield lambda query="": client.get(f"/timeline?lang=en{query}").text
    app.dependency_overrides.clear()


def live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("MILESTONES_HOME", str(home))
    patch.setenv("MILESTONES_MIRROR", "http://127.0.0.1:9")
    patch.setenv("MILESTONES_NOW", NOW.isoformat())


def told_of(page: str, key: str) -> str:
    drawn = re.search(rf'<a href="/commitment/{key}">.*?aria-label="([^"]*)"', page, re.DOTALL)
    return drawn[1] if drawn else ""


def test_every_dated_target_is_drawn_and_stands_in_the_table(look: Any) -> None:
    page = look()
    with open_monitor() as monitor:
        targets = monitor.read_tables.rows("read_target")
    dated = [t for t in targets if t["deadline_last_on"]]
    assert page.count('class="track"') == len(dated)
    assert page.count("<tr>") == len(dated) + 1
    assert f"{len(dated)} dated targets" in page
    assert f"{len(targets) - len(dated)} targets without a date" in page


def test_a_line_says_in_words_what_it_draws(look: Any) -> None:
    page = look()
    assert told_of(page, "PA2024/DE-04") == "promised 2024-10-16 to 2024-12-31, done 2024-12-18, Met"
    assert "revised to 2026-03-31" in told_of(page, "PA2024/IT-25")
    assert '<path class="revised"' in page
    assert '<line class="open"' in page


def test_a_filter_keeps_what_matches(look: Any) -> None:
    assert "PA2024/IT-25" in look("&bureau=EEB")
    assert "PA2024/DE-04" not in look("&bureau=EEB")
    assert "No dated target matches." in look("&section=%3Cscript%3E")


def test_marks_beyond_an_end_are_pointed_at(look: Any) -> None:
    page = look("&from=2025-01-01&to=2025-12-31")
    assert "‹</text>" in page
    assert "›</text>" in page
    assert 'value="2025-01-01"' in page


@pytest.mark.parametrize("query", ["&from=x", "&from=2026-01-01&to=2025-01-01", "&from=2025-01-01&to=2025-01-01"])
def test_a_stretch_that_cannot_be_is_the_whole(look: Any, query: str) -> None:
    assert 'aria-current="true"' in look(query)


def test_no_stretch_is_too_long(look: Any) -> None:
    assert 'value="2100-01-01"' in look("&from=0001-01-01&to=9999-12-31")


def test_every_day_lies_on_the_axis_and_in_order() -> None:
    axis = Axis(*YEAR)
    around = [YEAR[0] + timedelta(days=n) for n in range(-400, 800, 11)]
    assert [axis.at(d) for d in around] == sorted(axis.at(d) for d in around)
    assert {axis.at(d) for d in around if not axis.holds(d)} == {0, 100}
    assert all(0 <= axis.at(d) <= 100 for d in around)


@pytest.mark.parametrize(
    ("first", "last", "bar"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), None),
        (date(2026, 1, 1), date(2026, 12, 31), None),
        (date(2024, 1, 1), date(2026, 12, 31), Bar(0, 100)),
        (date(2025, 7, 2), date(2026, 12, 31), Bar(50, 50)),
    ],
)
def test_of_a_stretch_only_what_lies_on_the_axis_is_drawn(first: date, last: date, bar: Bar | None) -> None:
    assert Axis(*YEAR).bar(first, last) == bar


@pytest.mark.parametrize("length", [1, 6, 30, 90, 180, 364, 900, 2555, 5000, 20_000, 40_000])
def test_there_is_room_for_the_labels(length: int) -> None:
    ticks = Axis(YEAR[0], YEAR[0] + timedelta(days=length)).ticks()
    assert 1 <= len(ticks) <= (MOST_YEARS if len(ticks[-1].label) == len("2025") else MOST_MONTHS)
    assert sorted(t.x for t in ticks) == [t.x for t in ticks]


def test_closer_and_wider_keep_the_middle() -> None:
    year = Axis(*YEAR)
    closer, wider = year.scaled(0.5), year.scaled(2)
    assert abs(closer.days - year.days / 2) <= 2
    assert wider.first < year.first < closer.first < closer.last < year.last < wider.last
    assert year.moved(0.5).first == date(2025, 7, 2)
    assert Axis(date(2025, 1, 1), date(2025, 1, 2)).scaled(0.5).days >= 7
