"""Today: each thing that needs a person is there, with its day, who acts and where; and nothing is where nothing waits."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.airflow.pages import HOSTILE, Spoil, obeyed

ON = date(2025, 6, 10)


def today(signed_in: Any, query: str = "") -> str:
    answer = signed_in.get(f"/behind/milestones/{query}")
    assert answer.status_code == 200
    return str(answer.text)


def test_a_new_ledger_waits_for_nobody(signed_in: Any, spoiled: Spoil) -> None:
    from milestones.bootstrap import load_settings

    spoiled({})
    page = today(signed_in)
    assert page.count('class="nought"') == 8, "every number of what waits is told, also at nought"
    assert page.count("never read") == len(load_settings().sources)


def test_deadlines_within_thirty_days_stand_in_the_order_of_their_days(signed_in: Any, spoiled: Spoil) -> None:
    from milestones.bootstrap import open_monitor
    from milestones.domain.dates import hk_day

    with open_monitor() as monitor:
        day = hk_day(monitor.clock())
    spoiled({"read_target": {"deadline_kind": "by", "deadline_last_on": day.isoformat(), "status": "in_progress"}})
    page = today(signed_in)
    assert f'<td class="day">{day}</td>' in page
    assert '<td class="day">today</td>' in page
    assert page.index("PA2024/IT-01") < page.index("PA2024/DE-01")
    spoiled({"read_target": {"deadline_kind": "by", "deadline_last_on": day.isoformat(), "status": "met"}})
    assert "No deadline and no last sitting falls in the next 30 days." in today(signed_in)


def test_what_does_not_work_is_for_the_operators(signed_in: Any, spoiled: Spoil) -> None:
    from milestones.bootstrap import open_monitor
    from milestones.domain.watching import Canary, Check

    spoiled({})
    with open_monitor() as monitor:
        now, failed = monitor.clock(), f"half of it is missing {HOSTILE}"
        monitor.captures.add_fetch(source="hkma", url="u", status=None, error=f"nobody answers {HOSTILE}", capture=None, retrieved_at=now, run_id="r")
        monitor.captures.quarantine(source="legco-bills", url="u", capture=None, stage="parse", reason=HOSTILE, at=now, run_id="r")
        monitor.checks.add([Check(source="legco-votes", canary=Canary.FIELDS, passed=False, detail=failed, checked_at=now)], run_id="r")
    page = today(signed_in)
    assert "hkma: the newest reading did not succeed." in page
    assert "legco-bills, at parse: 1 not taken" in page
    assert "legco-votes: fields" in page
    assert page.count(">operators<") == 3
    assert page.count(">not as usual<") == 2
    assert not obeyed(page)
    assert not obeyed(today(signed_in, "?lang=zh"))


def test_read_tables_that_stand_behind_the_ledger_are_told(signed_in: Any, spoiled: Spoil) -> None:
    from milestones.airflow.pages.needs import to_go_on
    from milestones.services.standings import Category, Failure, Standing

    spoiled({})
    assert "stands at position" not in today(signed_in)
    stopped = Standing(name="status-history", position=4, failure=Failure(category=Category.POISON, position=5, detail=HOSTILE))
    now = datetime(2025, 3, 20, 4, 0, tzinfo=UTC)
    lacking = {"read-tables": now - timedelta(hours=1), "just-now": now - timedelta(minutes=59)}
    standings = [stopped, Standing(name="read-tables", position=3), Standing(name="just-now", position=7), Standing(name="well", position=9)]
    group = to_go_on(standings, lacking, 9, now, "en")
    assert [n.what for n in group.needs] == ["status-history stopped before position 5.", "read-tables stands at position 3, the ledger at 9."]


def test_findings_to_review_are_counted_all_and_named_oldest_first() -> None:
    from milestones.adapters.registry_files import load_vocabulary
    from milestones.airflow.pages.needs import to_review
    from milestones.domain.events import Kind
    from milestones.services.ports import Waiting

    waiting = [
        Waiting(
            number=number, commitment="PA2024/DE-04", target="bill", kind=Kind.BILL_PASSED, headline="標題", language="zh", because="doubtful",
            held_at=datetime(2025, 6, day, 20, tzinfo=UTC),
        )
        for number, day in ((7, 3), (3, 1))
    ]  # fmt: skip
    group = to_review(40, waiting, load_vocabulary(), "zh")
    assert group.count == 40
    assert [(n.path, n.on, n.what) for n in group.needs] == [
        ("/review/3", date(2025, 6, 2), "PA2024/DE-04: 條例草案獲通過"),
        ("/review/7", date(2025, 6, 4), "PA2024/DE-04: 條例草案獲通過"),
    ]


def test_only_an_announced_step_that_would_complete_an_open_target_is_in_doubt() -> None:
    from milestones.adapters.registry_files import load_registry
    from milestones.airflow.pages.today import in_doubt

    registry = load_registry()
    commitment = next(c for c in registry.commitments() if c.targets[0].completes)
    completes = commitment.targets[0].completes[0]
    step = {
        "commitment": commitment.key,
        "target": commitment.targets[0].slug,
        "kind": completes.kind.value,
        "subject": completes.subject,
        "occurred_on": "2025-06-05",
    }
    open_targets = [{"commitment": commitment.key, "target": commitment.targets[0].slug}]
    assert in_doubt([step], open_targets, registry, ON) == [(step, date(2025, 6, 10))], "three working days later"
    assert in_doubt([step], open_targets, registry, date(2025, 6, 9)) == []
    assert in_doubt([step], [], registry, ON) == []
    assert in_doubt([step | {"subject": "other"}], open_targets, registry, ON) == []
    assert in_doubt([step | {"commitment": "PA2099/XX-01"}], [{"commitment": "PA2099/XX-01", "target": step["target"]}], registry, ON) == []


def test_a_source_is_as_fresh_as_its_lists() -> None:
    from milestones.airflow.pages.freshness import freshness

    row = {"source": "a", "newest_document_at": None, "gap_days": 3, "backlog": 2, "last_good_read_at": "2025-06-01T00:00:00.000000Z"}
    rows = [row, row | {"gap_days": 4}, row | {"source": "b"}, row | {"source": "c", "last_good_read_at": None}, row | {"source": "d"}]
    found = freshness(rows, ["d", "c", "b", "a", "unknown"], degraded=["b"], unusual=["b", "a"])
    assert [(f.source, f.state, f.days_not_read) for f in found] == [("d", "well", 3), ("c", "never", 3), ("b", "degraded", 3), ("a", "unusual", 7)]
