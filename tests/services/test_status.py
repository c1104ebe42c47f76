"""Statuses and events as the data that `status --json` and `events --format jsonl` print."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from milestones.domain.commitments import Nature
from milestones.domain.events import EventType, Kind
from milestones.domain.status import PRESS_RELEASES, scoreboard
from milestones.services.event_lines import event_lines
from milestones.services.source_health import InTrouble
from milestones.services.status import status_data
from tests.domain.build import (
    KEY,
    NO_DEADLINE,
    UNREAD,
    amending,
    commitment,
    lifecycle,
    record,
    registry,
    retracting,
    scheduled,
    target,
    told,
    view,
)

ON = date(2025, 2, 1)
STATEMENT = registry(commitment(target(), target("sandbox", nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=())))


def data(*drafts, on=ON, coverage=None, **more):
    seen = view(on, record(drafts), coverage=coverage)
    return status_data(scoreboard(STATEMENT, seen), as_of_position=seen.knowledge.position, **more)


def test_the_shape_is_the_one_that_others_read():
    found = data(told(), on=ON)
    assert list(found) == ["as_of_position", "on", "known_at", "sources_in_trouble", "commitments"]
    assert (found["as_of_position"], found["on"], found["known_at"]) == (1, None, None)
    (commitment_,) = found["commitments"]
    assert (commitment_["commitment"], commitment_["met"], commitment_["of"]) == ("PA2024/DE-04", 1, 1)
    assert [t["target"] for t in commitment_["targets"]] == ["bill", "sandbox"]
    assert commitment_["targets"][0] == {
        "target": "bill",
        "titles": {"en": "The bill", "zh": "目標bill"},
        "nature": "outcome",
        "status": "met",
        "basis": None,
        "deadline": "2024-12-31",
        "deadline_kind": "by",
        "deadline_printed": "by end-2024",
        "revised_deadline": None,
        "last_opportunity_on": None,
        "occurred_on": "2024-12-18",
        "occurred_precision": "day",
        "straddles": False,
        "start_not_found": False,
        "slippage_days": None,
        "unread_sources": [],
        "evidence": [
            {
                "event_id": str(record([told()])[0].event_id),
                "position": 1,
                "url": "https://www.info.gov.hk/gia/general/202412/18/P2024121800262.htm",
                "quote": "The Stablecoins Bill received its first reading.",
                "published_at": "2024-12-18T03:00:00.000000Z",
                "kind": "bill_first_reading",
                "state": "happened",
                "occurred_on": "2024-12-18",
            }
        ],
    }


def test_day_and_instant_of_the_view_are_told():
    found = data(on=ON, known_at=datetime(2025, 1, 1, tzinfo=UTC)) | {"commitments": []}
    assert found == {"as_of_position": 0, "on": None, "known_at": "2025-01-01T00:00:00.000000Z", "sources_in_trouble": [], "commitments": []}
    seen = view(ON)
    assert status_data(scoreboard(STATEMENT, seen), as_of_position=0, on=ON)["on"] == "2025-02-01"


def test_a_source_in_trouble_stands_beside_the_statuses():
    degraded = InTrouble(source=PRESS_RELEASES, reason="answers nothing", since=datetime(2025, 1, 31, tzinfo=UTC), commitments=(KEY,))
    seen = view(ON)
    told = status_data(scoreboard(STATEMENT, seen), as_of_position=0, in_trouble=[degraded])["sources_in_trouble"]
    assert told == [
        {
            "source": PRESS_RELEASES,
            "degraded": True,
            "since": "2025-01-31T00:00:00.000000Z",
            "reason": "answers nothing",
            "commitments": [KEY],
        }
    ]


def test_overdue_says_its_basis_and_unknown_its_sources():
    overdue = data()["commitments"][0]["targets"][0]
    assert (overdue["status"], overdue["basis"], overdue["slippage_days"], overdue["evidence"]) == ("overdue", "no_completion_found", 32, [])
    unknown = data(coverage=UNREAD)["commitments"][0]["targets"][0]
    assert (unknown["status"], unknown["basis"]) == ("unknown", None)
    assert PRESS_RELEASES in unknown["unread_sources"]


def test_a_target_without_a_deadline_has_none():
    sandbox = data()["commitments"][0]["targets"][1]
    assert (sandbox["deadline"], sandbox["deadline_kind"], sandbox["deadline_printed"], sandbox["nature"]) == (None, "none", "", "continuing")


def test_history_tells_all_steps_of_the_commitment_oldest_first():
    events = record([told(), told(Kind.BILL_GAZETTED, date(2024, 12, 6), page="gazette"), told(Kind.POLICY_PUBLISHED, None, target="context")])
    seen = view(ON, events)
    found = status_data(scoreboard(STATEMENT, seen), as_of_position=3, milestones=seen.knowledge.milestones)
    steps = found["commitments"][0]["history"]
    assert [(s["kind"], s["target"], s["occurred_on"], s["occurred_precision"]) for s in steps] == [
        ("bill_gazetted", "bill", "2024-12-06", "day"),
        ("bill_first_reading", "bill", "2024-12-18", "day"),
        ("policy_published", "context", None, "unknown"),
    ]
    assert data(told())["commitments"][0]["history"] == []


def test_all_of_it_is_json():
    assert json.loads(json.dumps(data(told(), scheduled(date(2024, 12, 18))))) == data(told(), scheduled(date(2024, 12, 18)))


KEYS = [
    "position", "event_id", "type", "current", "amends", "commitment", "target", "kind", "state", "occurred_on", "occurred_precision", "subject",
    "recorded_at", "url", "quote", "confidence",
]  # fmt: skip


def test_a_line_has_all_keys_whatever_the_event():
    lines = event_lines(record([told(), lifecycle(EventType.COMMITMENT_REGISTERED)]))
    assert [list(line) for line in lines] == [KEYS, KEYS]
    assert [line["type"] for line in lines] == ["milestone.reported", "commitment.registered"]
    assert {k for k, v in lines[1].items() if v is None} == {
        "amends", "target", "kind", "state", "occurred_on", "occurred_precision", "subject", "quote", "confidence",
    }  # fmt: skip


def test_a_line_of_a_report_is_plain_data():
    (line,) = event_lines(record([told()]))
    assert json.loads(json.dumps(line)) == line
    assert (line["current"], line["occurred_on"], line["occurred_precision"], line["confidence"]) == (True, "2024-12-18", "day", 97)
    assert (line["url"], line["recorded_at"]) == ("https://www.info.gov.hk/gia/general/202412/18/P2024121800262.htm", "2024-12-20T03:00:00.000000Z")


def test_only_what_still_stands_is_current():
    events = record([told(), told(page="second"), told(page="third")])
    events = record([amending(events[0], occurred_on=date(2024, 12, 19)), retracting(events[1])], after=events)
    lines = event_lines(events)
    assert [line["current"] for line in lines] == [False, False, True, True, False]
    assert [line["amends"] for line in lines[3:]] == [lines[0]["event_id"], lines[1]["event_id"]]


def test_a_reworded_commitment_is_current_in_its_new_words_only():
    first = record([lifecycle(EventType.COMMITMENT_REGISTERED)])
    reworded = replace(lifecycle(EventType.COMMITMENT_REWORDED), amends=first[0].event_id)
    assert [line["current"] for line in event_lines(record([reworded], after=first))] == [False, True]


def test_the_last_sitting_that_can_still_bring_a_law_stands_with_its_target() -> None:
    seen = view(ON)
    ahead = {("PA2024/DE-04", "bill"): date(2024, 12, 18)}
    found = status_data(scoreboard(STATEMENT, seen), as_of_position=0, last_sittings=ahead)
    assert [t["last_opportunity_on"] for t in found["commitments"][0]["targets"]] == ["2024-12-18", None]
