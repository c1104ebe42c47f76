import json
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.documents import Form, Item
from milestones.domain.errors import WrongPage
from milestones.services.ports import Listed, Listing
from scrapers.legco_schedule import LegcoSchedule, schedule_addresses
from tests.scrapers.saved import answer, page

SCHEDULE = LegcoSchedule()
NOW = datetime(2025, 7, 20, tzinfo=HKT)


def listings() -> dict[str, Listing]:
    asked = SCHEDULE.listings("odata", [date(2025, 7, 20), date(2025, 1, 5), date(2024, 12, 30)], NOW)
    return {urlsplit(found.url).path.rpartition("/")[2] + (f" {found.days.first.year}" if found.days else ""): found for found in asked}


def body(*rows: dict[str, Any], count: int | None = None) -> bytes:
    return json.dumps({"odata.count": str(len(rows) if count is None else count), "value": rows}).encode()


def meeting(day: str, subject: str = "Council meeting (Regular meeting)") -> dict[str, Any]:
    return {"slot_id": day, "subject_eng": subject, "start_date_time": f"{day}T11:00:00"}


def read(name: str, *rows: dict[str, Any]) -> Listed:
    return SCHEDULE.read_listing(listings()[name], answer(body(*rows)))


def test_asked_for_are_terms_sessions_the_years_wanted_and_the_year_ahead() -> None:
    assert [(name, asked.days) for name, asked in listings().items()] == [
        ("Tterm", None),
        ("Tsession", None),
        ("Tmeeting", None),
        ("Tmeeting 2025", Interval(date(2025, 1, 5), date(2025, 7, 20))),
        ("Tmeeting 2024", Interval(date(2024, 12, 30), date(2024, 12, 30))),
    ]
    assert parse_qs(urlsplit(listings()["Tmeeting"].url).query)["$filter"] == [
        "start_date_time ge datetime'2026-01-01T00:00:00' and start_date_time lt datetime'2027-01-01T00:00:00'"
    ]
    assert list(SCHEDULE.listings("odata", [], NOW)) == []


def test_a_year_of_meetings_is_one_document_of_sittings() -> None:
    (year,) = SCHEDULE.read_listing(listings()["Tmeeting 2025"], answer(page("legco-schedule/schedule_meetings.json"))).documents
    assert (year.form, year.url, year.day) == (Form.COUNCIL_SCHEDULE, "https://app.legco.gov.hk/ScheduleDB/odata/Tmeeting#2025", None)
    assert year.items == (Item(heading="sitting", text="2025-07-16"), Item(heading="sitting", text="2025-07-23"))


def test_terms_and_sessions_are_kept_from_day_to_day() -> None:
    (terms,) = SCHEDULE.read_listing(listings()["Tterm"], answer(page("legco-schedule/schedule_terms.json"))).documents
    assert terms.items == (Item(heading="term", text="2022-01-01/2025-12-31"), Item(heading="term", text="2026-01-01/2029-12-31"))
    open_end = {"session_id": 9, "start_date": "2026-01-01T00:00:00", "end_date": None}
    ended = {"session_id": 8, "start_date": "2025-01-01T00:00:00", "end_date": "2025-12-31T00:00:00"}
    (sessions,) = read("Tsession", ended, open_end).documents
    assert sessions.items == (Item(heading="session", text="2025-01-01/2025-12-31"),), "nothing is measured by an end that is not set"


def test_the_documents_stand_where_the_calendar_looks_for_them() -> None:
    made = [d.url for name in ("Tmeeting 2025", "Tmeeting 2024") for d in read(name, meeting("2025-07-16")).documents]
    assert set(made) < set(schedule_addresses(date(2025, 7, 20)))
    assert len(schedule_addresses(date(2025, 7, 20))) == 5


def test_a_year_without_meetings_wipes_nothing_out_and_must_be_borne_out() -> None:
    assert read("Tmeeting") == Listed(), "next year may not be planned yet"
    evidence = read("Tmeeting 2025").following
    assert evidence
    assert parse_qs(urlsplit(evidence.url).query)["$top"] == ["20"]
    assert SCHEDULE.read_listing(evidence, answer(body(meeting("2024-12-18"), count=900))) == Listed()
    for wrong in (body(), body(meeting("2025-01-08"))):
        with pytest.raises(WrongPage, match="does not bear it out"):
            SCHEDULE.read_listing(evidence, answer(wrong))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"<html>System maintenance</html>", "no JSON"),
        (body(), "empty"),
        (body(meeting("2025-07-16"), count=2), "in pieces"),
        (body({"slot_id": "1"}), "neither meetings nor"),
        (body({"subject_eng": "Council meeting", "start_date_time": None}), "no day"),
        (body({"term": "x", "start_date": "2026-01-01T00:00:00", "end_date": "2025-01-01T00:00:00"}), "from when to when"),
        (body({"term": "x", "start_date": "2026-01-01T00:00:00", "end_date": None}), "from when to when"),
    ],
)
def test_what_is_no_schedule_is_refused_with_the_reason(wrong: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        SCHEDULE.read_saved("", wrong)
