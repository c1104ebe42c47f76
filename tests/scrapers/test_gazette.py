from dataclasses import replace
from datetime import date, datetime

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.documents import Form
from milestones.domain.errors import WrongPage
from milestones.services.ports import Listed, Listing
from scrapers.gazette import Gazette
from tests.scrapers.saved import answer, page

GAZETTE = Gazette()
BASE = "https://www.gld.gov.hk/egazette"
EN = f"{BASE}/english/gazette/volume.php?year=2025&vol=29&no=28&extra=0&type=3"
WEEK = Interval(date(2025, 7, 5), date(2025, 7, 11))
ASKED = Listing(url=EN, feed="en", days=WEEK)
BILLS = page("gazette/bills_en.htm")


def listed(body: bytes, url: str = EN, *, led_to: str | None = None) -> Listed:
    return GAZETTE.read_listing(replace(ASKED, url=url), answer(body, led_to or url))


def test_asked_for_is_the_issue_of_each_week_once_it_is_out_newest_first() -> None:
    days = [date(2025, 7, day) for day in (12, 11, 10, 5, 4)]
    friday_noon = datetime(2025, 7, 11, 12, tzinfo=HKT)
    assert [(x.url, x.days) for x in GAZETTE.listings("en", days, friday_noon)] == [
        (EN, Interval(date(2025, 7, 5), date(2025, 7, 11))),
        (EN.replace("no=28", "no=27"), Interval(date(2025, 6, 28), date(2025, 7, 4))),
    ]
    before = GAZETTE.listings("zh", days, friday_noon.replace(hour=11))
    assert [x.url for x in before] == [EN.replace("no=28", "no=27").replace("english", "tc_chi")]


def test_the_newest_issue_is_read_again_until_the_next_is_out() -> None:
    monday = datetime(2025, 7, 14, 9, tzinfo=HKT)
    newest = GAZETTE.listings("en", [monday.date(), date(2025, 7, 13)], monday)
    assert [(x.url, x.days) for x in newest] == [(EN, Interval(date(2025, 7, 5), date(2025, 7, 11)))]
    assert list(GAZETTE.listings("en", [date(2025, 7, 13)], monday)) == [], "but not with every slice of the past"


def test_issues_are_numbered_by_the_fridays_of_their_year() -> None:
    def number(day: date) -> str:
        (listing,) = GAZETTE.listings("en", [day], datetime(2026, 1, 20, tzinfo=HKT))
        return listing.url.partition("?")[2].removesuffix("&extra=0&type=3")

    assert number(date(2024, 12, 27)) == "year=2024&vol=28&no=52"
    assert number(date(2024, 12, 28)) == number(date(2025, 1, 3)) == "year=2025&vol=29&no=1"
    assert number(date(2025, 2, 14)) == "year=2025&vol=29&no=7"


def test_bills_of_an_issue_and_then_its_subsidiary_legislation() -> None:
    found = listed(BILLS)
    gas, lights = found.documents
    assert (gas.headline, gas.day, gas.form, gas.language) == ("Gas Safety (Amendment) Bill 2025", date(2025, 7, 11), Form.INSTRUMENT_RECORD, "en")
    assert [(i.heading, i.text) for i in gas.items] == [("bill_gazetted", "2025-07-11")]
    assert (gas.document_id, gas.url) == (f"{EN}#s3-11", f"{EN}#s3-11")
    assert gas.attachments == (f"{BASE}/pdf/20252928/es32025292811.pdf",)
    assert lights.headline == "Harbour Lights Bill"
    assert found.following
    assert (found.following.url, found.following.days) == (EN.replace("type=3", "type=2"), WEEK)


def test_subsidiary_legislation_has_its_legal_notice() -> None:
    found = listed(page("gazette/subsidiary_en.htm"), EN.replace("type=3", "type=2"))
    assert [(i.heading, i.text) for i in found.documents[0].items] == [("gazetted", "2025-07-11"), ("legal_notice", "L.N. 121 of 2025")]
    assert [d.url.rpartition("#")[2] for d in found.documents] == ["s2-121", "s2-122"]
    assert found.following is None


def test_chinese_lists_give_the_twins_of_the_english_ones() -> None:
    url = EN.replace("english", "tc_chi")
    gas = listed(page("gazette/bills_zh.htm"), url).documents[0]
    assert (gas.headline, gas.language, gas.day) == ("《2025年氣體安全（修訂）條例草案》", "zh", date(2025, 7, 11))
    assert (gas.url, gas.twin_url) == (f"{url}#s3-11", f"{EN}#s3-11")
    assert gas.attachments == (f"{BASE}/tc_chi/gazette/file.php?year=2025&vol=29&no=28&extra=0&type=3&number=11",)
    (notice,) = listed(page("gazette/subsidiary_zh.htm"), url.replace("type=3", "type=2")).documents
    assert notice.items[1].text == "L.N. 121 of 2025"


def test_an_issue_of_a_holiday_week_may_come_out_on_another_day_of_it() -> None:
    assert listed(BILLS.replace(b"Friday, 11/07/2025", b"Thursday, 10/07/2025")).documents[0].day == date(2025, 7, 10)


def test_an_issue_numbered_otherwise_is_looked_for_once() -> None:
    earlier = BILLS.replace(b"11/07/2025", b"04/07/2025")
    found = listed(earlier)
    assert found.documents == ()
    assert found.following
    assert (found.following.url, found.following.days) == (EN.replace("no=28", "no=29"), WEEK)
    again = earlier.replace(b"20252928/", b"20252929/").replace(b"2025292811", b"2025292911").replace(b"2025292812", b"2025292912")
    with pytest.raises(WrongPage, match="issue 29 of 2025 is dated 2025-07-04"):
        listed(again, EN.replace("no=28", "no=29"))


def test_a_list_that_was_asked_for_no_days_is_read_as_it_is() -> None:
    found = GAZETTE.read_listing(replace(ASKED, days=None), answer(BILLS.replace(b"11/07/2025", b"04/07/2025"), EN))
    assert {d.day for d in found.documents} == {date(2025, 7, 4)}


def test_a_list_without_notices_counts_where_its_table_stands() -> None:
    rows = BILLS.index(b'<tbody class="alternate_bg">'), BILLS.index(b"</table>")
    empty = BILLS[: rows[0]] + BILLS[rows[1] :]
    assert listed(empty).documents == ()
    table = empty.index(b"<table"), empty.index(b"</table>")
    with pytest.raises(WrongPage, match="no table of notices"):
        listed(empty[: table[0]] + empty[table[1] :])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"<html><script>function a() { return 1 }</script></html>", "names no days"),
        (BILLS[:-20], "cut"),
        (BILLS.replace(b"Published on", b"Issued").replace(b"11/07/2025", b"11 July 2025"), "names no days"),
        (BILLS.replace(b"Published on", b"Issued").replace(b"No. 28<br>", b"04/07/2025<br>"), "names 2 days before its notices"),
        (BILLS.replace(b"11/07/2025", b"31/02/2025"), "which is no day"),
        (BILLS.replace(b"es32025292811", b"es22025292811"), "no file of this supplement"),
        (BILLS.replace(b"20252928/es32025292811", b"20252927/es32025292711"), "no file of this supplement"),
        (BILLS.replace(b"es32025292811", b"es311"), "no file of this supplement"),
        (page("gazette/subsidiary_en.htm"), "no file of this supplement"),
        (BILLS.replace(b"<td><a", b"<td>Harbour Lights Bill</td><td><a"), "not by a subject in its second cell"),
        (BILLS.replace(b">Harbour Lights Bill<", b">12<"), "not by a subject in its second cell"),
    ],
)
def test_what_is_no_such_list_is_refused_with_the_reason(wrong: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        listed(wrong)


@pytest.mark.parametrize(("ours", "theirs"), [(b"no=28", b"no=27"), (b"type=3", b"type=5"), (b"extra=0", b"extra=1"), (b"year=2025", b"year=2024")])
def test_a_script_that_gives_the_file_of_another_list_is_refused_as_well(ours: bytes, theirs: bytes) -> None:
    with pytest.raises(WrongPage, match="no file of this supplement"):
        listed(page("gazette/bills_zh.htm").replace(ours, theirs), EN.replace("english", "tc_chi"))


def test_where_the_site_shows_its_terms_nobody_accepts_them() -> None:
    with pytest.raises(WrongPage, match="shows its terms first"):
        listed(BILLS, led_to=f"{BASE}/english/gazette/disclaimer.php")
    with pytest.raises(WrongPage, match="led to another list"):
        listed(BILLS, led_to=EN.replace("no=28", "no=27"))
    with pytest.raises(WrongPage, match="no list of a supplement"):
        listed(BILLS, led_to=f"{BASE}/english/gazette/toc.php")


def test_rows_that_lead_to_no_file_of_the_site_are_a_new_layout() -> None:
    with pytest.raises(WrongPage, match="only 0 of 2 rows"):
        listed(BILLS.replace(b"../../../egazette/pdf", b"https://evil.example/egazette/pdf"))
    with pytest.raises(WrongPage, match="only 1 of 2 rows"):
        listed(BILLS.replace(b"es32025292811.pdf", b"es32025292811.docx"))


def test_a_saved_list_is_told_by_its_address() -> None:
    assert [d.headline for d in GAZETTE.read_records(EN, BILLS)] == ["Gas Safety (Amendment) Bill 2025", "Harbour Lights Bill"]
    with pytest.raises(WrongPage, match="holds 2 notices"):
        GAZETTE.read_saved(EN, BILLS)
    with pytest.raises(WrongPage, match="no list of a supplement"):
        GAZETTE.read_records("", BILLS)
    main = EN.replace("type=3", "type=0")
    with pytest.raises(WrongPage, match="no bill and no subsidiary"):
        GAZETTE.read_records(main, BILLS.replace(b"es32025", b"egn2025"))
