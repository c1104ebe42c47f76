import json
from datetime import date, datetime
from typing import Any

import pytest

from milestones.domain.dates import HKT
from milestones.domain.documents import Document, Form
from milestones.domain.errors import WrongPage
from milestones.services.ports import Link
from scrapers.legco_agendas import LegcoAgendas
from scrapers.legco_committees import LegcoCommittees
from tests.scrapers.saved import answer, page

COMMITTEES = LegcoCommittees()
NOW = datetime(2025, 7, 20, tzinfo=HKT)
SITE = "https://www.legco.gov.hk"
HOUSE = f"{SITE}/yr2024/english/hc/agenda/hc20240614.htm"


def meeting(subject: str, file: str) -> dict[str, Any]:
    address = f"http://www.legco.gov.hk/yr2025/english/{file}.htm"
    return {"subject_eng": subject, "start_date_time": "2025-07-18T14:30:00", "agenda_url_eng": address, "agenda_url_chi": ""}


def test_read_are_the_house_committee_bills_committees_and_panels() -> None:
    rows = [
        meeting("House Committee meeting", "hc"),
        meeting("Meeting of Bills Committee on Night Buses Bill", "bc"),
        meeting("Meeting of Panel on Harbour Affairs", "panel"),
        meeting("Council meeting (Regular meeting)", "cm"),
        meeting("Meeting of Public Works Subcommittee", "pwsc"),
        meeting("Subcommittee of the House Committee on Piers", "sc"),
    ]
    asked = next(iter(COMMITTEES.listings("odata", [date(2025, 7, 18)], NOW)))
    found = COMMITTEES.read_listing(asked, answer(json.dumps({"odata.count": str(len(rows)), "value": rows}).encode()))
    assert [link.url.rpartition("/")[2] for link in found.links] == ["hc.htm", "bc.htm", "panel.htm"]
    assert list(COMMITTEES.listings("odata", [], NOW)) == []


def read(name: str, url: str) -> Document:
    return COMMITTEES.read_page(Link(url=url, feed="odata", day=None), answer(page(name)))


def entries(document: Document) -> list[tuple[str, str]]:
    return [(item.heading, item.text) for item in document.items]


def test_house_committee_of_2022_with_roman_headings() -> None:
    agenda = read("legco-committees/house_en_2022.htm", f"{SITE}/yr2022/english/hc/agenda/hc20220311.htm")
    assert (agenda.form, agenda.language, agenda.day) == (Form.COMMITTEE_AGENDA, "en", date(2022, 3, 11))
    assert entries(agenda) == [
        (
            "2022-03-16 / Second Reading (debate to resume), consideration by committee of the whole Council and Third Reading",
            "Ferries (Amendment) Bill 2021",
        ),
        ("2022-03-23 / First Reading and Second Reading (debate to be adjourned)", "Night Buses (Miscellaneous Amendments) Bill 2022"),
    ]


def test_house_committee_of_2024_without_numbers() -> None:
    agenda = read("legco-committees/house_en_2024.htm", HOUSE)
    assert (agenda.headline, agenda.twin_url) == ("House Committee (Agenda) 14 June 2024", HOUSE.replace("english", "chinese"))
    resumed = "2024-06-26 / Second Reading (debates to resume), consideration by committee of the whole Council and Third Reading"
    assert entries(agenda) == [
        ("2024-06-19 / First Reading and Second Reading (debate to be adjourned)", "Night Buses Bill"),
        (resumed, "Ferries (Amendment) Bill 2024"),
        (resumed, "Harbour Lights Bill"),
    ]


def test_house_committee_in_chinese() -> None:
    agenda = read("legco-committees/house_zh_2024.htm", HOUSE.replace("english", "chinese"))
    assert (agenda.language, agenda.day) == ("zh", date(2024, 6, 14))
    assert entries(agenda) == [
        ("2024-06-19 / 首讀及二讀（辯論中止待續）", "《夜間巴士條例草案》"),
        ("2024-06-26 / 恢復二讀辯論、全體委員會審議及三讀", "《2024年渡輪(修訂)條例草案》"),
    ]


def test_a_stage_that_is_of_no_sitting_lists_nothing() -> None:
    stray = page("legco-committees/house_en_2024.htm").replace(b"Business for the Council meeting of 26 June 2024", b"Business for later meetings")
    agenda = COMMITTEES.read_saved(HOUSE, stray.replace(b"Business for the Council meeting of 19 June 2024", b"Matters arising"))
    assert entries(agenda) == []


def test_panels_and_bills_committees_are_kept_by_their_numbered_business() -> None:
    panel = read("legco-committees/panel_en.htm", f"{SITE}/yr2025/english/panels/ha/agenda/ha20250708.htm")
    assert entries(panel) == [
        ("Agenda", "Confirmation of minutes"),
        ("Agenda", "Items for discussion at the next meeting"),
        ("Agenda", "Legislative proposal on night buses"),
        ("Agenda", "Any other business"),
    ]
    bills = read("legco-committees/bills_committee_zh.htm", f"{SITE}/yr2025/chinese/bc/bc05/agenda/bc0520250708.htm")
    assert [text for _, text in entries(bills)] == ["選舉主席", "與政府當局舉行會議", "其他事項"]


def test_a_saved_agenda_of_the_house_committee_tells_its_own_address_and_is_none_of_the_council() -> None:
    assert COMMITTEES.read_saved("", page("legco-committees/house_en_2024.htm")).url == HOUSE
    with pytest.raises(WrongPage, match="of a committee"):
        LegcoAgendas().read_saved("", page("legco-committees/house_en_2022.htm"))
    with pytest.raises(WrongPage, match="does not tell its own address"):
        COMMITTEES.read_saved("", page("legco-committees/panel_en.htm"))


NEW_LAYOUT = b"<html><title>House Committee (Agenda) 14 June 2024</title><body><p>House Committee agenda</p><p>Night Buses Bill</p></body></html>"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"<html><body><h1>System maintenance</h1></body></html>", "this is no agenda"),
        (page("legco-committees/house_en_2024.htm")[:-20], "cut"),
        (page("legco-committees/house_en_2024.htm").replace(b"14 June", b"15 June"), "dated 2024-06-15"),
        (page("legco-agendas/agenda_en_2025.htm").replace(b"16 July 2025", b"14 June 2024"), "names no House Committee"),
        (NEW_LAYOUT, "none of the House Committee's usual parts"),
        (NEW_LAYOUT.replace(b"House Committee", b"Panel on Piers"), "no numbered business"),
    ],
)
def test_what_is_no_such_agenda_is_refused_with_the_reason(wrong: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        COMMITTEES.read_page(Link(url=HOUSE, feed="odata", day=None), answer(wrong))
