"""The scoreboard: its totals are those of the one table of totals, a filter narrows the list only, and the burn-down counts what the rows say."""

import re
from datetime import date
from typing import Any

import pytest

from tests.airflow.pages import HOSTILE, Spoil, obeyed


def target(**other: Any) -> dict[str, Any]:
    return {
        "commitment": "PA2024/DE-04",
        "deadline_last_on": "2024-12-31",
        "status": "not_started",
        "occurred_on": None,
        "occurred_precision": None,
        **other,
    }


def board(signed_in: Any, query: str = "") -> str:
    answer = signed_in.get(f"/behind/milestones/scoreboard{query}")
    assert answer.status_code == 200
    return str(answer.text)


def keys(page: str) -> list[str]:
    """The commitments of the list, in its order."""
    return re.findall(r'<span class="key">([^<]+)<', page)


def test_all_commitments_stand_in_document_order_under_their_sections(signed_in: Any, spoiled: Spoil) -> None:
    from milestones.adapters.registry_files import load_registry

    spoiled({})
    page = board(signed_in)
    assert keys(page) == [c.key for c in load_registry().commitments()]
    assert page.count('scope="rowgroup"') == len({c.section_en for c in load_registry().commitments()})
    assert "62 of 62 commitments." in page


def test_totals_are_those_of_the_table_of_totals(signed_in: Any, spoiled: Spoil) -> None:
    spoiled({"read_status_count": {"count": 77}})
    page = board(signed_in)
    dated, undated = page.split("Targets without a deadline")[:2]
    assert dated.count("<b>77</b>") == 8, (
        "met, met late, date passed by two bases, unknown; withdrawn, cancelled, in place before while there are any"
    )
    assert '<span class="count">77</span>' in undated
    assert "<b>462</b>" in dated, "six open statuses"
    assert "%" not in re.sub(r"%\w\w", "", page.partition("<main")[2]), "never a share"


def test_what_is_always_told_of_dated_targets_is_told_at_nought(signed_in: Any, spoiled: Spoil) -> None:
    spoiled({})
    assert len(re.findall(r"<b[ >]", board(signed_in).split("Targets without a deadline")[0])) == 6, (
        "met, met late, date passed by two bases, unknown, open"
    )


def test_a_filter_narrows_the_list_and_no_total(signed_in: Any, spoiled: Spoil) -> None:
    spoiled({})
    whole = board(signed_in)
    one = board(signed_in, "?bureau=EEB&dated=yes&lang=en")
    assert 0 < len(keys(one)) < len(keys(board(signed_in, "?bureau=EEB"))) < 62
    assert f"{len(keys(one))} of 62 commitments." in one
    assert one.partition('<h2 id="list">')[0].count("<li>") == whole.partition('<h2 id="list">')[0].count("<li>")
    assert '<option value="EEB" selected>' in one
    section = board(signed_in, "?section=International+Innovation+and+Technology+Centre")
    assert {key.rpartition("/")[2][:2] for key in keys(section)} == {"IT"}


@pytest.mark.parametrize(("status", "found"), [("overdue", 62), ("met", 0), ("open", 0), ("nonsense", 0)])
def test_a_status_that_nobody_has_finds_nothing_and_says_so(signed_in: Any, spoiled: Spoil, status: str, found: int) -> None:
    spoiled({"read_target": {"status": "overdue", "status_en": "Date passed", "basis": "no_completion_found", "basis_en": "none found"}})
    page = board(signed_in, f"?status={status}")
    assert len(keys(page)) == found
    assert ("No target is as asked for." in page) is (found == 0)
    assert len(keys(board(signed_in, f"?status={status}&basis=stated_by_government"))) == 0


def test_the_chinese_scoreboard_is_in_chinese(signed_in: Any, spoiled: Spoil) -> None:
    spoiled({})
    page = board(signed_in, "?lang=zh")
    words = re.sub(r"<[^>]+>", " ", page.partition('<main id="content">')[2].partition('<form class="filter"')[0])
    assert not re.findall(r"[A-Za-z]{4,}", words.replace("PA2024", "").replace("InnoHK", ""))
    assert "國際創新科技中心" in page


def test_scraped_text_is_shown_and_never_obeyed(signed_in: Any, spoiled: Spoil) -> None:
    hostile = {f"title_{language}": HOSTILE for language in ("en", "zh")}
    step = {
        "milestone_id": "m", "commitment": "PA2024/IT-01", "target": "plan", "kind": "policy_published",
        "kind_en": "Policy published", "kind_zh": "公布",
        "state": "happened", "state_en": "Took place", "state_zh": "已發生", "subject": "plan", "occurred_on": "2025-01-01",
        "occurred_precision": "day",
        "occurred_first_on": "2025-01-01", "occurred_last_on": "2025-01-01", "evidence_count": 1, "url": 'javascript:alert("x")', "quote": HOSTILE,
        "published_at": None, "confidence": 90, "first_position": 2, "last_position": 2, "first_recorded_at": "2025-01-01T00:00:00.000000Z",
        "moved_from_on": None, "as_of_position": 2, "as_of_on": "2025-01-02",
    }  # fmt: skip
    printed = {"deadline_printed": '"><img src=x onerror=alert(1)>', "unread_sources": HOSTILE}
    spoiled({"read_commitment": hostile, "read_target": hostile | printed}, {"read_milestone": [step]})
    for query in ("", "?lang=zh", f"?bureau={HOSTILE}&status={HOSTILE}&section={HOSTILE}"):
        page = board(signed_in, query)
        assert not obeyed(page)
        assert "<img" not in page
        assert "javascript:" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in board(signed_in)
    assert "Policy published" in board(signed_in, "?lang=en")


def test_a_source_whose_newest_reading_did_not_succeed_is_named_with_its_error(signed_in: Any, spoiled: Spoil) -> None:
    from milestones.bootstrap import open_monitor

    spoiled({})
    assert "did not succeed" not in board(signed_in)
    with open_monitor() as monitor:
        monitor.captures.add_fetch(
            source="hkma",
            url="https://x.example/",
            status=None,
            error=f"nobody answers {HOSTILE}",
            capture=None,
            retrieved_at=monitor.clock(),
            run_id="r",
        )
    page = board(signed_in)
    assert "did not succeed" in page
    assert "nobody answers &lt;script&gt;" in page
    assert not obeyed(page)


def test_the_burn_down_counts_what_was_met_and_what_was_due() -> None:
    from milestones.airflow.pages.burndown import burndown

    rows = [
        target(),
        target(status="met", occurred_on="2024-11-01", occurred_precision="month"),
        target(status="overdue", deadline_last_on="2025-06-30"),
        target(status="cancelled"),
    ]
    chart = burndown(rows, {"PA2024/DE-04": "2024-10-16"}, date(2025, 1, 31))
    assert chart is not None
    assert [(p.on.isoformat(), p.remaining, p.ahead) for p in chart.points] == [
        ("2024-10-16", 4, 4),
        ("2024-11-30", 3, 4),
        ("2024-12-31", 3, 1),
        ("2025-01-31", 2, 1),
        ("2025-06-30", None, 0),
    ]
    assert burndown([], {}, date(2025, 1, 31)) is None


def test_a_promise_of_the_day_itself_can_be_drawn() -> None:
    from milestones.airflow.pages.burndown import burndown

    chart = burndown([target(deadline_last_on="2024-10-16")], {"PA2024/DE-04": "2024-10-16"}, date(2024, 10, 16))
    assert chart is not None
    assert chart.remaining.startswith("M30")


def test_the_next_deadlines_are_those_of_open_dated_targets() -> None:
    from milestones.airflow.pages.scoreboard import following

    rows = [
        target(place=place, deadline_kind=kind, deadline_last_on=day, status=status)
        for place, (kind, day, status) in enumerate(
            [
                ("by", "2025-12-31", "quiet"),
                ("by", "2025-06-30", "not_started"),
                ("by", "2025-03-31", "met"),
                ("from", "2025-02-01", "not_started"),
                ("by", "2025-01-31", "overdue"),
                ("by", "2025-02-01", "in_progress"),
                ("by", "2026-01-01", "in_progress"),
            ]
        )
    ]
    assert [t["deadline_last_on"] for t in following(rows, "2025-02-01")] == ["2025-02-01", "2025-06-30", "2025-12-31"]
