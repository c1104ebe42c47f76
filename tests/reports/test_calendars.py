"""Calendar files as another program reads them."""

from datetime import UTC, date, datetime

import icalendar

from milestones.adapters.registry_files import load_vocabulary
from milestones.domain.events import Kind
from milestones.reports.calendars import calendars
from milestones.services.dates_ahead import Entry
from milestones.services.places import Place

MADE_AT = datetime(2025, 12, 8, 1, tzinfo=UTC)
PLACE = Place(commitment="PA2024/IT-25", title_en="Hydrogen safety bill", title_zh="氫能安全條例草案", target_en="Bill", target_zh="草案")
DEADLINE = Entry(uid="1@milestone-monitor", sequence=7, day=date(2025, 12, 31), place=PLACE, printed="within 2025", last_sitting=date(2025, 12, 17))
READING = Entry(
    uid="2@milestone-monitor", sequence=9, day=date(2025, 12, 10), place=PLACE, kind=Kind.BILL_FIRST_READING, url="https://www.legco.gov.hk/a"
)
OFF = Entry(uid="3@milestone-monitor", sequence=11, day=date(2025, 12, 12), place=PLACE, kind=Kind.BILL_PASSED, cancelled=True)


def read(*entries: Entry, language: str = "en") -> dict[str, icalendar.Calendar]:
    files = calendars(entries, load_vocabulary(), language=language, made_at=MADE_AT)
    return {f.name: icalendar.Calendar.from_ical(f.content) for f in files}


def test_a_deadline_is_a_whole_day_that_takes_no_time() -> None:
    calendar = read(DEADLINE)["milestones.ics"]
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("PUBLISH", "1@milestone-monitor", 7)
    assert (event.decoded("DTSTART"), event.decoded("DTEND"), event["TRANSP"]) == (date(2025, 12, 31), date(2026, 1, 1), "TRANSPARENT")
    assert event["SUMMARY"] == "IT-25: last day “within 2025”"
    assert "Last sitting of the Legislative Council before it: 17 December 2025." in event["DESCRIPTION"]


def test_in_chinese_too() -> None:
    (event,) = read(READING, language="zh")["milestones.ics"].walk("VEVENT")
    assert (event["SUMMARY"], event["URL"]) == ("IT-25: 條例草案首讀", "https://www.legco.gov.hk/a")


def test_what_is_off_stands_in_a_file_of_its_own() -> None:
    found = read(DEADLINE, OFF)
    assert (list(found), found["cancelled.ics"]["METHOD"]) == (["milestones.ics", "cancelled.ics"], "CANCEL")
    (event,) = found["cancelled.ics"].walk("VEVENT")
    assert (event["STATUS"], event["UID"]) == ("CANCELLED", "3@milestone-monitor")
    assert read() == {}


def test_no_word_can_add_a_line() -> None:
    hostile = Entry(uid="4@milestone-monitor", sequence=1, day=date(2025, 12, 31), place=PLACE, printed="2025\r\nATTENDEE:mailto:x@evil.test")
    (file,) = calendars([hostile], load_vocabulary(), language="en", made_at=MADE_AT)
    assert not [line for line in file.content.decode().splitlines() if line.startswith("ATTENDEE")]
