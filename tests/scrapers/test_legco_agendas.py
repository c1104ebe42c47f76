import json
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.documents import Document, Form
from milestones.domain.errors import WrongPage
from milestones.services.ports import Link, Listed, Listing
from scrapers.legco_agendas import LegcoAgendas
from tests.scrapers.saved import answer, page

AGENDAS = LegcoAgendas()
NOW = datetime(2025, 7, 20, tzinfo=HKT)
AT = "https://www.legco.gov.hk/yr2025/english/counmtg/agenda/cm20250716.htm"


def meeting(day: str, **fields: Any) -> dict[str, Any]:
    folder = f"http://www.legco.gov.hk/yr{day[:4]}/english/counmtg/agenda/cm{day.replace('-', '')}.htm"
    return {
        "slot_id": day,
        "subject_eng": "Council meeting (Regular meeting)\n(or to be held later)",
        "start_date_time": f"{day}T11:00:00",
        "agenda_url_eng": folder,
        "agenda_url_chi": folder.replace("english", "chinese"),
    } | fields


def body(*rows: dict[str, Any], count: int | None = None) -> bytes:
    return json.dumps({"odata.count": str(len(rows) if count is None else count), "value": rows}).encode()


def listing() -> Listing:
    return next(iter(AGENDAS.listings("odata", [date(2025, 7, 16), date(2025, 7, 10)], NOW)))


def listed(*rows: dict[str, Any], count: int | None = None) -> Listed:
    return AGENDAS.read_listing(listing(), answer(body(*rows, count=count)))


def test_the_window_reaches_four_months_back_and_a_week_ahead() -> None:
    assert listing().days == Interval(date(2025, 7, 10), date(2025, 7, 16))
    (asked,) = parse_qs(urlsplit(listing().url).query)["$filter"]
    assert asked == "start_date_time ge datetime'2025-03-12T00:00:00' and start_date_time le datetime'2025-07-24T00:00:00'"


def test_links_are_both_languages_of_council_meetings_wanted() -> None:
    found = listed(
        meeting("2025-07-02"),
        meeting("2025-07-16"),
        meeting("2025-07-23", agenda_url_chi=""),
        meeting("2025-07-24"),
        meeting("2025-07-16", start_date_time="2025-07-17T09:00:00"),
        meeting("2025-07-16", subject_eng="Meeting of Bills Committee on Night Buses Bill"),
        meeting("2025-07-17", agenda_url_eng="", agenda_url_chi=None),
    )
    assert found.following is None
    assert [(link.url, link.day) for link in found.links] == [
        (AT, date(2025, 7, 16)),
        (AT.replace("english", "chinese"), date(2025, 7, 16)),
        (AT.replace("20250716", "20250723"), date(2025, 7, 23)),
    ]
    assert found.links[0].headline == "Council meeting (Regular meeting) (or to be held later)"


def test_an_agenda_elsewhere_is_not_passed_over() -> None:
    with pytest.raises(WrongPage, match=r"evil\.example"):
        listed(meeting("2025-07-16", agenda_url_chi="https://evil.example/cm20250716.htm"))


def test_an_empty_window_must_be_borne_out_by_earlier_meetings() -> None:
    evidence = listed().following
    assert evidence
    assert AGENDAS.read_listing(evidence, answer(body(meeting("2024-10-16"), count=900))) == Listed()
    with pytest.raises(WrongPage):
        AGENDAS.read_listing(evidence, answer(body()))
    with pytest.raises(WrongPage):
        AGENDAS.read_listing(evidence, answer(body(meeting("2025-07-02"))))


def test_missing_rows_are_asked_for() -> None:
    following = listed(meeting("2025-07-16"), count=2).following
    assert following
    assert parse_qs(urlsplit(following.url).query)["$skip"] == ["1"]


def test_rows_still_missing_are_about_no_day_before_those_seen() -> None:
    for seen, first in (("2025-05-01", "2025-07-10"), ("2025-07-12", "2025-07-12"), ("2025-07-20", "2025-07-16")):
        following = listed(meeting(seen), count=2).following
        assert following
        assert following.days == Interval(date.fromisoformat(first), date(2025, 7, 16))


def read(name: str, url: str) -> Document:
    return AGENDAS.read_page(Link(url=url, feed="odata", day=None), answer(page(name)))


def entries(document: Document) -> list[tuple[str, str]]:
    return [(item.heading, item.text) for item in document.items]


def test_english_agenda_of_2013() -> None:
    agenda = read("legco-agendas/agenda_en_2013.htm", "https://www.legco.gov.hk/yr13-14/english/counmtg/agenda/cm20140611.htm")
    assert agenda.headline == "Legislative Council Agenda Wednesday 11 June 2014 at 11:00 am"
    assert (agenda.form, agenda.language, agenda.day, agenda.paragraphs) == (Form.COUNCIL_AGENDA, "en", date(2014, 6, 11), ())
    assert agenda.twin_url == "https://www.legco.gov.hk/yr13-14/chinese/counmtg/agenda/cm20140611.htm"
    assert entries(agenda) == [
        ("Tabling of Papers / Subsidiary Legislation / Instruments", "Harbour Lights (Amendment) Regulation 2014 (L.N. 78/2014)"),
        ("Bills / First Reading", "Night Buses (Amendment) Bill 2014"),
        ("Bills / Second Reading (Debates to be adjourned)", "Night Buses (Amendment) Bill 2014"),
        ("Bills / Second Reading (Debate to resume), Committee Stage and Third Reading", "Ferries Bill 2013"),
    ]


def test_chinese_agenda_of_2014() -> None:
    agenda = read("legco-agendas/agenda_zh_2014.htm", "https://www.legco.gov.hk/yr13-14/chinese/counmtg/agenda/cm20140430.htm")
    assert (agenda.language, agenda.day) == ("zh", date(2014, 4, 30))
    assert entries(agenda) == [
        ("提交文件 / 附屬法例／文書", "《2014年海港燈光(修訂)規例》（法律公告 54/2014）"),
        ("法案 / 首讀", "《2014年夜間巴士(修訂)條例草案》"),
        ("法案 / 二讀 (辯論中止待續)", "《2014年夜間巴士(修訂)條例草案》"),
        ("法案 / 全體委員會審議階段及三讀", "《2013年渡輪條例草案》"),
    ]


def test_english_agenda_of_2020_and_later() -> None:
    agenda = read("legco-agendas/agenda_en_2025.htm", AT)
    assert agenda.headline == "Council Meeting (Agenda) 16 July 2025"
    assert entries(agenda) == [
        ("Government Bills / First Reading and Second Reading (debate to be adjourned)", "Night Buses Bill"),
        (
            "Government Bills / Second Reading (debate to resume), consideration by committee of the whole Council and Third Reading",
            "Ferries (Amendment) Bill 2025",
        ),
        ("Appendix 1 / Subsidiary legislation", "Harbour Lights (Commencement) Notice 2025 (L.N. 121 of 2025)"),
    ]


def test_chinese_agenda_of_2020_and_later() -> None:
    agenda = read("legco-agendas/agenda_zh_2025.htm", "https://www.legco.gov.hk/yr2025/chinese/counmtg/agenda/cm20250611.htm")
    assert entries(agenda) == [
        ("政府法案 / 首讀及二讀（辯論中止待續）", "《2025年夜間巴士條例草案》"),
        ("政府法案 / 二讀（恢復辯論）、全體委員會審議及三讀", "《2025年渡輪(修訂)條例草案》"),
        ("附錄1 / 附屬法例", "《〈海港燈光條例〉（生效日期）公告》（法律公告 2025年第98號）"),
    ]


PRINTED = (
    "Legislative Council",
    "Agenda",
    "Wednesday 16 July 2025 at 11:00 am",
    "I. Laying of Papers on the Table of the Council",
    "Subsidiary Legislation L.N. No.",
    "1. Harbour Lights (Amendment) Notice 2025 121 of 2025",
    "II. Government Bills",
    "First Reading and Second Reading (debate to be adjourned)",
    "1. Night Buses (Miscellaneous",
    "Amendments) Bill 2025 : Secretary for Night Life",
)


def pdf(printed: tuple[str, ...]) -> bytes:
    text = " T* ".join("({}) Tj".format(line.replace("(", r"\(").replace(")", r"\)")) for line in printed)
    stream = f"BT /F1 12 Tf 14 TL 50 750 Td {text} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written = "".join(f"{n} 0 obj{o}endobj\n" for n, o in enumerate(objects, 1))
    return f"%PDF-1.4\n{written}trailer<</Root 1 0 R/Size 6>>".encode()


def test_an_agenda_in_pdf_is_read_by_its_lines() -> None:
    link = Link(url=AT.replace(".htm", ".pdf"), feed="odata", day=None)
    agenda = AGENDAS.read_page(link, answer(pdf(PRINTED), content_type="application/pdf"))
    assert agenda.day == date(2025, 7, 16)
    assert entries(agenda) == [
        ("Laying of Papers on the Table of the Council / Subsidiary Legislation", "Harbour Lights (Amendment) Notice 2025 (L.N. 121 of 2025)"),
        ("Government Bills / First Reading and Second Reading (debate to be adjourned)", "Night Buses (Miscellaneous Amendments) Bill 2025"),
    ]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"<html><body><h1>System maintenance</h1></body></html>", "this is no agenda"),
        (page("legco-agendas/agenda_en_2025.htm")[:-20], "cut"),
        (page("legco-agendas/agenda_en_2025.htm").replace(b"16 July", b"17 July"), "dated 2025-07-17"),
        (page("legco-agendas/agenda_en_2025.htm").replace(b"16 July", b"31 June"), "dated nowhere"),
        (b"<html><title>Agenda 16 July 2025</title><body><p>Agenda</p></body></html>", "no numbered parts"),
        (b"%PDF-1.4 nothing", "PDF cannot be read"),
        (pdf(()), "scan"),
    ],
)
def test_what_is_no_whole_agenda_is_refused_with_the_reason(wrong: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        AGENDAS.read_page(Link(url=AT, feed="odata", day=None), answer(wrong))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<h2>II.&nbsp;&nbsp;Questions</h2>", b"", "numbered 1, 3, 4"),
        (b"Night Buses Bill</a>", b"</a>", "nothing stands under 'Government Bills / First Reading"),
        (b"Harbour Lights (Commencement) Notice 2025</td><td>121 of 2025", b"</td><td>", "nothing stands under 'Appendix 1"),
    ],
)
def test_an_agenda_that_lacks_what_it_announces_is_refused(old: bytes, new: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        AGENDAS.read_page(Link(url=AT, feed="odata", day=None), answer(page("legco-agendas/agenda_en_2025.htm").replace(old, new)))
