"""Sources: every day since the promise is drawn and told, what does not pass is named, and what a page says is never obeyed."""

from datetime import date, timedelta
from typing import Any

from milestones.airflow.pages.days import months, years
from milestones.airflow.pages.sources import resting
from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import days_between
from milestones.domain.events import Kind
from tests.airflow.pages import HOSTILE, Spoil, obeyed
from tests.domain.build import Completion, commitment, registry, target

FIRST, LAST = date(2024, 12, 30), date(2025, 1, 5)


def rows(feed: str, *days: date, closed: bool = True) -> list[CoverageRow]:
    return [CoverageRow(source="s", feed=feed, day=day, listed=1, read=1, closed=closed) for day in days]


def test_a_day_is_read_where_every_list_was_read_to_the_end() -> None:
    both, one, begun = FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=2)
    found = years([*rows("en", both, one), *rows("zh", both), *rows("en", begun, closed=False), *rows("gone", begun)], ("en", "zh"), FIRST, LAST)
    assert [(y.year, y.read, len(y.days)) for y in found] == [(2025, 0, 5), (2024, 1, 2)]
    assert [d.state for d in found[1].days] == ["read", "partly"]
    assert {d.state for d in found[0].days} == {"unread"}


def test_the_table_tells_the_same_days_as_the_drawing() -> None:
    told = months(years(rows("en", *days_between(date(2025, 1, 3), date(2025, 1, 4))), ("en",), FIRST, LAST))
    assert [(m.name, m.read, m.of) for m in told] == [("2025-01", 2, 5), ("2024-12", 0, 2)]
    assert told[0].missing == [(date(2025, 1, 1), date(2025, 1, 2)), (LAST, LAST)]


def test_no_two_days_are_drawn_in_one_place_and_weeks_begin_on_sunday() -> None:
    (leap,) = years([], ("en",), date(2028, 1, 1), date(2028, 12, 31))
    assert len({(d.x, d.y) for d in leap.days}) == 366
    assert max(d.x for d in leap.days) + 10 <= leap.width
    assert {d.y for d in leap.days if d.on.isoweekday() == 7} == {min(d.y for d in leap.days)}
    assert years([], ("en",), LAST, FIRST) == []


def test_what_rests_on_a_source_is_what_is_open_and_would_stand_there() -> None:
    of = registry(
        commitment(target("bill"), target("other", completes=())),
        commitment(target("plan", completes=(Completion(kind=Kind.POLICY_PUBLISHED, subject="plan"),)), key="PA2024/IT-25"),
    )
    table = [
        {"commitment": "PA2024/DE-04", "target": "bill", "status": "in_progress"},
        {"commitment": "PA2024/IT-25", "target": "plan", "status": "met"},
    ]
    assert resting("legco-bills", table, of) == ["PA2024/DE-04"]
    assert resting("press-releases", table, of) == ["PA2024/DE-04"]
    assert resting("hkma", table, of) == []


def test_a_source_tells_what_is_known_of_it(signed_in: Any, spoiled: Spoil) -> None:
    from milestones.airflow.pages.desk import monitor
    from milestones.domain.dates import hk_day
    from milestones.domain.watching import Canary, Check, Count

    spoiled({"read_source": {"affected_commitments": "PA2024/DE-04, PA2024/IT-25"}})
    desk = monitor()
    now = desk.clock()
    yesterday = hk_day(now) - timedelta(days=1)
    desk.captures.quarantine(
        source="legco-votes", url=f"https://x.example/{HOSTILE}", capture=None, stage="parse", reason=HOSTILE, at=now, run_id="r"
    )
    desk.checks.add([Check(source="legco-votes", canary=Canary.FIELDS, passed=False, detail=f"half {HOSTILE}", checked_at=now)], run_id="r")
    desk.checks.add_count(Count(source="legco-votes", feed="votes", day=yesterday, counted_by="total", theirs=4, ours=1), checked_at=now, run_id="r")
    desk.captures.add_coverage(replace_source(rows("votes", yesterday)[0]), checked_at=now, run_id="r")
    board = signed_in.get("/behind/milestones/sources").text
    assert "Do documents have what they always had?" in board
    assert 'href="/behind/milestones/commitment/PA2024/IT-25">IT-25</a>' in board
    page = signed_in.get("/behind/milestones/sources/legco-votes").text
    assert f"<title>{yesterday}: read</title>" in page
    assert "Pages set aside: 1" in page
    assert "Differing: 1." in page
    assert "half &lt;script&gt;" in page
    assert not obeyed(board + page + signed_in.get("/behind/milestones/sources/legco-votes?lang=zh").text)
    assert signed_in.get("/behind/milestones/sources/nobody").status_code == 404


def replace_source(row: CoverageRow) -> CoverageRow:
    """The row as one of the only list of `legco-votes`."""
    from dataclasses import replace

    from milestones.bootstrap.monitor import FEEDS

    (feed,) = FEEDS["legco-votes"]
    return replace(row, source="legco-votes", feed=feed)
