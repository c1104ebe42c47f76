import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.documents import Form, Item
from milestones.domain.errors import WrongPage
from milestones.services.ports import Listed, Listing
from scrapers.legco_bill_fields import ADDRESSES, DAYS, IGNORED, KEY, TEXTS, TITLES
from scrapers.legco_bills import LegcoBills
from tests.scrapers.saved import answer, page

BILLS = LegcoBills()
NOW = datetime(2025, 7, 20, tzinfo=HKT)
ROWS = (Path(__file__).parents[1] / "facsimiles" / "bills.jsonl").read_text("utf-8").splitlines()


def row(key: str = "07201", **fields: Any) -> dict[str, Any]:
    return (
        dict.fromkeys((*DAYS, *TEXTS, *ADDRESSES))
        | {
            "internal_key": f"{key}             ",
            "bill_title_eng": "Night Buses Bill",
            "bill_title_chi": "夜間巴士條例草案",
            "bill_gazette_date": "2024-12-06T00:00:00",
            "bill_content_url_eng": "https://www.legco.gov.hk/yr2024/english/bills/b202412062.pdf",
            "first_reading_date": "2024-12-18T00:00:00",
            "first_reading_date_hansard_url_eng": "https://www.legco.gov.hk/h.pdf",
            "second_reading_date": None,
            "remarks_eng": "",
            "remarks_chi": "",
        }
        | fields
    )


def body(*rows: dict[str, Any], count: int | None = None) -> bytes:
    return json.dumps({"odata.metadata": "x", "odata.count": str(len(rows) if count is None else count), "value": rows}).encode()


def listing(first: date = date(2025, 7, 10), last: date = date(2025, 7, 20)) -> Listing:
    return next(iter(BILLS.listings("odata", [last, first], NOW)))


def test_one_query_reaches_two_years_back_and_is_the_truth_for_all_days() -> None:
    asked = listing()
    assert asked.days == Interval(date(2025, 7, 10), date(2025, 7, 20))
    options = parse_qs(urlsplit(asked.url).query)
    assert options["$filter"] == ["bill_gazette_date ge datetime'2023-07-01T00:00:00'"]
    assert options["$orderby"] == ["internal_key"]
    assert list(BILLS.listings("odata", [], NOW)) == []


def test_a_row_is_a_record_with_the_days_that_are_set() -> None:
    (record,) = BILLS.read_listing(listing(), answer(body(row(remarks_eng="Withdrawn on 2 July 2025\r\n")))).documents
    assert record.document_id == "https://app.legco.gov.hk/BillsDB/odata/Vbills#07201"
    assert record.url == "https://www.legco.gov.hk/yr2024/english/bills/b202412062.pdf"
    assert (record.form, record.headline, record.paragraphs) == (Form.BILL_RECORD, "Night Buses Bill", ("夜間巴士條例草案",))
    assert record.items == (
        Item(heading="bill_gazette_date", text="2024-12-06"),
        Item(heading="first_reading_date", text="2024-12-18"),
        Item(heading="remarks_eng", text="Withdrawn on 2 July 2025"),
    )
    assert record.day == date(2024, 12, 6)


def test_rows_are_fetched_until_they_are_as_many_as_counted() -> None:
    first = BILLS.read_listing(listing(), answer(body(row("1"), row("2"), count=3)))
    assert first.total == 3
    assert first.following
    assert parse_qs(urlsplit(first.following.url).query)["$skip"] == ["2"]
    second = BILLS.read_listing(first.following, answer(body(row("3"), count=3)))
    assert second.following == BILLS.read_listing(listing(), answer(body(row()))).following, "all rows of this stage are there: on to the next"
    with pytest.raises(WrongPage, match="gives none after the first 2"):
        BILLS.read_listing(first.following, answer(body(count=3)))


def stage_asked(listed: Listed) -> str | None:
    return parse_qs(urlsplit(listed.following.url).query)["$filter"][0].split()[0] if listed.following else None


def test_every_stage_is_asked_for_since_rows_lack_days_that_have_passed() -> None:
    asked, stages = listing(), []
    while True:
        listed = BILLS.read_listing(asked, answer(body(row())))
        if listed.following is None:
            break
        stages.append(stage_asked(listed))
        asked = listed.following
    assert stages == ["first_reading_date", "second_reading_date", "third_reading_date", "ordinance_gazette_date"]


def test_an_empty_answer_must_be_borne_out_by_the_newest_bills() -> None:
    evidence = BILLS.read_listing(listing(), answer(body())).following
    assert evidence
    assert parse_qs(urlsplit(evidence.url).query)["$top"] == ["20"]
    old = BILLS.read_listing(evidence, answer(body(row(bill_gazette_date="2019-01-04T00:00:00"), count=4000)))
    assert len(old.documents) == 1
    assert stage_asked(old) == "first_reading_date"
    with pytest.raises(WrongPage, match="no bills at all"):
        BILLS.read_listing(evidence, answer(body()))
    with pytest.raises(WrongPage, match="and then gave one"):
        BILLS.read_listing(evidence, answer(body(row())))


@pytest.mark.parametrize(
    "wrong",
    [
        b"<html>System maintenance</html>",
        b"[]",
        b'{"value": []}',
        b'{"odata.count": "1", "value": [1]}',
        b'{"odata.count": "-1", "value": []}',
        b"{" * 100_000,
        b'{"a":' * 100_000,
        body(row(bill_title_eng="\ufffd\ufffd")).replace(b"\\ufffd", "\ufffd".encode()),
        body(row(first_reading_date="soon")),
        body(row(first_reading_date=20241218)),
        body(row(internal_key="")),
        body({"internal_key": "1"}),
        body({name: value for name, value in row().items() if name != "third_reading_date"}),
    ],
)
def test_what_is_no_answer_is_refused(wrong: bytes) -> None:
    with pytest.raises(WrongPage):
        BILLS.read_listing(listing(), answer(wrong))


def test_a_bill_without_a_text_keeps_the_address_of_its_row() -> None:
    (record,) = BILLS.read_listing(listing(), answer(body(row(bill_content_url_eng="javascript:alert(1)")))).documents
    assert record.url == record.document_id


def test_each_of_the_61_fields_is_read_or_named_as_ignored_with_the_reason() -> None:
    known = [KEY, *TITLES, *DAYS, *TEXTS, *ADDRESSES, *IGNORED]
    assert len(known) == len(set(known)) == 61
    assert all(set(json.loads(line)) == set(known) for line in ROWS), "in these rows stand the fields of the real database"
    assert all(len(reason) > 20 for reason in IGNORED.values())


def test_what_a_row_tells_beside_the_days_is_kept_with_them() -> None:
    told = row(
        proposed_by_eng="Secretary for Night Life",
        bills_committee_title_chi="夜間巴士條例草案委員會",
        bills_committee_formation_date="2025-01-03T00:00:00",
        ordinance_year_number_eng="Ord. No. 6 of 2025",
        additional_information_eng='Second report\r\n<a href="https://www.legco.gov.hk/r.pdf"> https://www.legco.gov.hk/r.pdf</a>',
        bill_content_url_chi="https://www.legco.gov.hk/yr2024/chinese/bills/b202412062.pdf",
        bills_committee_report_url_eng="https://www.legco.gov.hk/report.pdf",
        ordinace_gazette_content_url_eng='https://www.legco.gov.hk/"onload=x',
        a_field_of_next_year="new",
    )
    (record,) = BILLS.read_listing(listing(), answer(body(told))).documents
    assert {i.heading: i.text for i in record.items} == {
        "bill_gazette_date": "2024-12-06",
        "first_reading_date": "2024-12-18",
        "bills_committee_formation_date": "2025-01-03",
        "proposed_by_eng": "Secretary for Night Life",
        "ordinance_year_number_eng": "Ord. No. 6 of 2025",
        "bills_committee_title_chi": "夜間巴士條例草案委員會",
        "additional_information_eng": "Second report https://www.legco.gov.hk/r.pdf",
    }
    assert record.attachments == (
        "https://www.legco.gov.hk/yr2024/english/bills/b202412062.pdf",
        "https://www.legco.gov.hk/yr2024/chinese/bills/b202412062.pdf",
        "https://www.legco.gov.hk/report.pdf",
    )


def test_a_new_field_is_seen_in_the_shape_of_the_answer() -> None:
    known, more = (BILLS.shape(answer(body(r))).features for r in (row(), row(a_field_of_next_year="new")))
    assert more - known == {"value.a_field_of_next_year"}


def test_bills_of_the_database() -> None:
    buses, ferries = BILLS.read_listing(listing(), answer(page("legco-bills/bills.json"))).documents
    assert (buses.headline, buses.paragraphs, buses.day) == ("Night Buses Bill", ("夜間巴士條例草案",), date(2025, 1, 10))
    assert [(i.heading, i.text) for i in buses.items] == [
        ("bill_gazette_date", "2025-01-10"),
        ("ordinance_gazette_date", "2025-07-25"),
        ("first_reading_date", "2025-01-22"),
        ("bills_committee_formation_date", "2025-01-24"),
        ("second_reading_date", "2025-07-09"),
        ("second_reading_date_2", "2025-07-16"),
        ("third_reading_date", "2025-07-16"),
        ("ordinance_title_eng", "Night Buses Ordinance"),
        ("ordinance_title_chi", "夜間巴士條例"),
        ("proposed_by_eng", "Secretary for Night Life"),
        ("proposed_by_chi", "夜間局局長"),
        ("ordinance_year_number_eng", "Ord. No. 14 of 2025"),
        ("ordinance_year_number_chi", "2025年第14號條例"),
        ("legco_brief_file_reference", "NB 1/2/3"),
        ("bills_committee_title_eng", "Bills Committee on Night Buses Bill"),
        ("bills_committee_title_chi", "《夜間巴士條例草案》委員會"),
        ("additional_information_eng", "Second Report of the Bills Committee on Night Buses Bill Report"),
        ("remarks_eng", "Read Hansard of 10 July 2025 for Second Reading"),
        ("remarks_chi", "二讀請參閱2025年7月10日的會議紀錄"),
    ]
    assert [a.rpartition("/")[2] for a in buses.attachments] == [
        *("b202501101.pdf", "b202501101.pdf", "2025ord014-e.pdf", "2025ord014-c.pdf", "bc05.htm", "bc0520250709cb2-700-e.pdf"),
    ]
    assert (ferries.headline, ferries.url) == ("2025年渡輪(修訂)條例草案", ferries.document_id), "a bill known in Chinese only, without a text yet"
