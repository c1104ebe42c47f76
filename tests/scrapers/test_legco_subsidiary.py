from datetime import UTC, date, datetime

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.documents import Document, Form
from milestones.domain.errors import WrongPage
from milestones.services.ports import Answer, Listed, Listing
from scrapers.legco_subsidiary import LegcoSubsidiary
from tests.scrapers.saved import page

TABLES = LegcoSubsidiary()
NOW = datetime(2025, 7, 20, tzinfo=HKT)
EN = "https://www.legco.gov.hk/yr2025/english/subleg/sub_2025.htm"
ZH = EN.replace("english", "chinese")
WHOLE = page("legco-subsidiary/subsidiary_en_2025.htm")


def listed(url: str, body: bytes) -> Listed:
    answer = Answer(url=url, status=200, headers={}, body=body, retrieved_at=datetime(2025, 7, 20, 4, tzinfo=UTC), record=b"")
    return TABLES.read_listing(Listing(url=url, feed="en", days=Interval(date(2025, 7, 1), date(2025, 7, 20))), answer)


def fields(document: Document) -> dict[str, str]:
    return {item.heading: item.text for item in document.items}


def test_asked_for_are_the_tables_of_the_years_wanted_and_early_in_a_year_the_one_before() -> None:
    assert [(w.url, w.days) for w in TABLES.listings("zh", [date(2025, 7, 20), date(2024, 12, 30)], NOW)] == [
        (ZH, Interval(date(2025, 7, 20), date(2025, 7, 20))),
        ("https://www.legco.gov.hk/yr2024/chinese/subleg/sub_2024.htm", Interval(date(2024, 12, 30), date(2024, 12, 30))),
    ]
    early = list(TABLES.listings("en", [date(2025, 2, 3)], NOW))
    assert [(w.url.rpartition("/")[2], w.days is None) for w in early] == [("sub_2025.htm", False), ("sub_2024.htm", True)]
    assert list(TABLES.listings("en", [], NOW)) == []


def test_english_table() -> None:
    found = listed(EN, WHOLE)
    assert found.total == len(found.documents) == 6
    by_title = {d.headline: d for d in found.documents}
    notice = by_title["Night Buses Ordinance (Commencement) Notice 2025"]
    assert (notice.form, notice.language, notice.day) == (Form.INSTRUMENT_RECORD, "en", date(2025, 7, 11))
    assert (notice.document_id, notice.url, notice.twin_url) == (f"{EN}#ln-121-2025", f"{EN}#ln-121-2025", f"{ZH}#ln-121-2025")
    assert notice.attachments == ("https://www.legco.gov.hk/yr2025/english/subleg/sub25_121.htm",)
    assert fields(notice) == {
        "gazetted": "2025-07-11",
        "legal_notice": "L.N. 121 of 2025",
        "tabled": "2025-07-16",
        "amend_by": "2025-09-10",
        "tabled_as_printed": "16.7.25 (10.9.25)",
    }
    lights = fields(by_title["Harbour Lights (Amendment) Regulation 2024"])
    assert (lights["gazetted"], lights["tabled"], lights["amend_by"]) == ("2024-12-20", "2025-01-08", "2025-03-12")
    assert "*" in lights["tabled_as_printed"]
    assert "#" in lights["tabled_as_printed"], "the signs stay as printed"
    assert by_title["Night Buses (Commencement) Notice 2025"].attachments == (), "a link to another host is none"


def test_chinese_table() -> None:
    notice, rules = listed(ZH, page("legco-subsidiary/subsidiary_zh_2025.htm")).documents
    assert (notice.language, notice.headline, notice.day) == ("zh", "《〈夜間巴士條例〉（生效日期）公告》", date(2025, 7, 11))
    assert fields(notice) == {
        "gazetted": "2025-07-11",
        "legal_notice": "L.N. 121 of 2025",
        "tabled": "2025-07-16",
        "amend_by": "2025-09-10",
        "tabled_as_printed": "16.7.25 (10.9.25)",
    }
    assert fields(rules) == {"gazetted": "2025-07-18", "legal_notice": "L.N. 125 of 2025"}


def test_a_misprinted_day_is_left_out_and_stays_as_printed() -> None:
    order = next(d for d in listed(EN, WHOLE).documents if d.headline == "Ferries (Fees) Order 2025")
    assert "tabled" not in fields(order), "tabled a year before it was gazetted"
    assert fields(order)["tabled_as_printed"] == "15.1.2024 (12.2.25)"


def test_a_tabling_that_lies_ahead_is_a_plan() -> None:
    rules = next(d for d in listed(EN, WHOLE).documents if d.headline == "Piers (Amendment) Rules 2025")
    assert fields(rules)["to_be_tabled"] == "2025-07-23"
    assert any("to_be_gazetted" in fields(d) for d in listed(EN, WHOLE).documents)
    saved = {d.headline: fields(d) for d in TABLES.read_records(EN, WHOLE.replace(b"25.7.25", b"18.7.25"))}
    assert "to_be_tabled" in saved["Piers (Amendment) Rules 2025"], "a saved page knows of nothing behind its newest Gazette day"


def test_one_row_in_ten_may_be_unreadable_but_not_more() -> None:
    row = b"<tr><td>18.7.25<br>(%d/25)</td><td>Rules</td><td></td><td></td><td></td></tr>"
    many = b"".join(row % n for n in range(200, 210))
    spoiled = WHOLE.replace(b"25.7.25", b"25.13.25")
    assert listed(EN, spoiled.replace(b"<tr><td>25.13.25", many + b"<tr><td>25.13.25")).total == 16
    with pytest.raises(WrongPage, match="only 5 of 6 rows"):
        listed(EN, spoiled)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"<html><body><h1>System maintenance</h1></body></html>", "names no year"),
        (WHOLE[:-20], "cut"),
        (WHOLE.replace(b"Year 2025", b"Year 2024"), "of 2024, not of the year"),
        (WHOLE.replace(b"Gazette date", b"Published"), "no table has the columns"),
    ],
)
def test_what_is_no_such_table_is_refused_with_the_reason(wrong: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        listed(EN, wrong)
