import json

import pytest

from milestones.domain.documents import Form
from milestones.domain.errors import WrongPage
from scrapers import SOURCES, read_saved
from scrapers.legco_bill_fields import ADDRESSES, DAYS, TEXTS
from tests.scrapers.saved import page


def test_sources_stand_in_a_fixed_order_under_their_own_names() -> None:
    assert list(SOURCES) == [
        *("press-releases", "legco-bills", "legco-agendas"),
        *("legco-schedule", "legco-committees", "legco-subsidiary", "legco-votes"),
        *("hkma", "gazette", "press-counts"),
    ]
    assert [source.name for source in SOURCES.values()] == list(SOURCES)
    assert [source.feeds for source in SOURCES.values()] == [("en", "zh"), *[("odata",)] * 4, ("en", "zh"), ("odata",), *[("en", "zh")] * 3]


def test_saved_pages_are_told_by_what_they_hold() -> None:
    assert [d.form for d in read_saved(None, page("press-releases/release_en_2017.htm"))] == [Form.PRESS_RELEASE]
    (agenda,) = read_saved(None, page("legco-agendas/agenda_zh_2025.htm"))
    assert agenda.url == "https://www.legco.gov.hk/yr2025/chinese/counmtg/agenda/cm20250611.htm"
    (older,) = read_saved(None, page("legco-agendas/agenda_en_2013.htm"))
    assert older.url == "https://www.legco.gov.hk/yr13-14/english/counmtg/agenda/cm20140611.htm"


def test_a_saved_answer_gives_every_bill_of_it() -> None:
    rows = [
        dict.fromkeys((*DAYS, *TEXTS, *ADDRESSES))
        | {"internal_key": key, "bill_title_eng": f"Bill {key}", "bill_title_chi": "", "bill_gazette_date": None, "bill_content_url_eng": ""}
        | {"remarks_eng": "", "remarks_chi": ""}
        for key in ("1", "2")
    ]
    found = read_saved(None, json.dumps({"odata.count": "2", "value": rows}).encode())
    assert [d.headline for d in found] == ["Bill 1", "Bill 2"]


@pytest.mark.parametrize("body", [b"", b"hello", b"<html><body>A speech</body></html>", b"{}", b'{"odata.count": "0", "value": []}', b"\x89PNG\r\n"])
def test_anything_else_is_refused_with_reasons(body: bytes) -> None:
    with pytest.raises(WrongPage):
        read_saved("https://www.ceo.gov.hk/speech.htm", body)


@pytest.mark.parametrize(
    ("name", "form", "count"),
    [
        ("legco-bills/bills.json", Form.BILL_RECORD, 2),
        ("legco-votes/votes.json", Form.VOTE_RECORD, 2),
        ("legco-votes/votes_2025.xml", Form.VOTE_RECORD, 2),
        ("legco-schedule/schedule_meetings.json", Form.COUNCIL_SCHEDULE, 1),
        ("legco-schedule/schedule_terms.json", Form.COUNCIL_SCHEDULE, 1),
        ("legco-subsidiary/subsidiary_zh_2025.htm", Form.INSTRUMENT_RECORD, 2),
        ("legco-committees/house_en_2022.htm", Form.COMMITTEE_AGENDA, 1),
        ("legco-committees/house_zh_2024.htm", Form.COMMITTEE_AGENDA, 1),
        ("legco-agendas/agenda_en_2013.htm", Form.COUNCIL_AGENDA, 1),
    ],
)
def test_each_kind_of_page_finds_its_reader(name: str, form: Form, count: int) -> None:
    assert [d.form for d in read_saved(None, page(name))] == [form] * count


def test_lists_of_witnesses_are_told_by_what_they_hold() -> None:
    assert [d.source for d in read_saved(None, page("hkma/releases_zh.json"))] == ["hkma", "hkma"]
    gazette = "https://www.gld.gov.hk/egazette/english/gazette/volume.php?year=2025&vol=29&no=28&extra=0&type=3"
    assert [d.source for d in read_saved(gazette, page("gazette/bills_en.htm"))] == ["gazette", "gazette"]
