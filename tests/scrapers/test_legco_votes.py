import json
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.documents import Form
from milestones.domain.errors import WrongPage
from milestones.services.ports import Listed, Listing
from scrapers.legco_votes import LegcoVotes
from tests.scrapers.saved import answer, page

VOTES = LegcoVotes()
NOW = datetime(2025, 7, 20, tzinfo=HKT)
FILE = page("legco-votes/votes_2025.xml")


def listing() -> Listing:
    return next(iter(VOTES.listings("odata", [date(2025, 7, 20), date(2025, 7, 10)], NOW)))


def body(*rows: dict[str, Any], count: int | None = None) -> bytes:
    return json.dumps({"odata.count": str(len(rows) if count is None else count), "value": rows}).encode()


def row(**fields: Any) -> dict[str, Any]:
    known = {"type": "Council Meeting", "vote_number": 1, "vote_date": "2025-07-16T00:00:00", "motion_en": "NIGHT BUSES BILL - THIRD READING"}
    return {**known, "motion_ch": "", "overall_result": "Passed", "mover_en": "", "mover_ch": "", **fields}


def listed(*rows: dict[str, Any], count: int | None = None) -> Listed:
    return VOTES.read_listing(listing(), answer(body(*rows, count=count)))


def test_asked_for_are_the_days_and_two_weeks_before() -> None:
    assert listing().days == Interval(date(2025, 7, 10), date(2025, 7, 20))
    assert parse_qs(urlsplit(listing().url).query)["$filter"] == [
        "vote_date ge datetime'2025-06-26T00:00:00' and vote_date lt datetime'2025-07-21T00:00:00'"
    ]
    assert list(VOTES.listings("odata", [], NOW)) == []


def test_a_vote_is_one_document_in_both_languages_though_every_member_has_a_row() -> None:
    third, motion = VOTES.read_listing(listing(), answer(page("legco-votes/votes.json"))).documents
    assert (third.form, third.language, third.day) == (Form.VOTE_RECORD, "en", date(2025, 7, 16))
    assert third.url == "https://app.legco.gov.hk/vrdb/odata/vVotingResult#2025-07-16/1"
    assert (third.headline, third.paragraphs) == ("NIGHT BUSES BILL - THIRD READING", ("《夜間巴士條例草案》 - 三讀",))
    assert [(i.heading, i.text) for i in third.items] == [
        ("vote_date", "2025-07-16"),
        ("result", "Passed"),
        ("mover_en", "Secretary for Night Life"),
        ("mover_ch", "夜間局局長"),
        ("overall_present_count", "88"),
        ("overall_vote_count", "87"),
        ("overall_yes_count", "86"),
        ("overall_no_count", "0"),
        ("overall_abstain_count", "1"),
    ]
    assert {i.heading: i.text for i in motion.items}["gc_yes_count"] == "15", "a vote under the separate mechanism has no overall counts"


def test_the_file_of_a_meeting_tells_the_same() -> None:
    of_database = VOTES.read_listing(listing(), answer(page("legco-votes/votes.json"))).documents
    of_file = VOTES.read_records("", FILE)
    assert [d.text_digest for d in of_file] == [d.text_digest for d in of_database]
    assert [d.document_id for d in of_file] == [d.document_id for d in of_database]
    assert VOTES.read_records("", b"\xef\xbb\xbf" + FILE) == of_file


def test_votes_of_committees_are_left_out() -> None:
    assert listed(row(type="Finance Committee")).documents == ()


def test_no_votes_must_be_borne_out_by_the_newest_before() -> None:
    evidence = listed().following
    assert evidence
    assert VOTES.read_listing(evidence, answer(body(row(vote_date="2025-05-21T00:00:00"), count=9_000))) == Listed()
    for wrong in (body(), body(row())):
        with pytest.raises(WrongPage, match="does not bear it out"):
            VOTES.read_listing(evidence, answer(wrong))


def test_missing_rows_are_asked_for() -> None:
    following = listed(row(), count=2).following
    assert following
    assert parse_qs(urlsplit(following.url).query)["$skip"] == ["1"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (body(row(vote_date=None)), "no day or no number"),
        (body(row(vote_number="1")), "no day or no number"),
        (body(row(overall_result="")), "no motion or no result"),
        (body(row(motion_en="", motion_ch="")), "no motion or no result"),
        (b"<legcohk-vote></legcohk-vote>", "no file of votes"),
        (b"<other><meeting><vote number='1'/></meeting></other>", "no file of votes"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + FILE.partition(b"?>")[2], "declares"),
        (FILE.decode().replace("utf-8", "utf-16").encode("utf-16"), "not in UTF-8"),
        (FILE[:-30], "no XML"),
        (b"<a>" * 30 + b"</a>" * 30, "nests more than"),
        (b" " * 5_000_001, "more than any real one"),
        (FILE.replace(b'number="1"', b'number="one"'), "has the number 'one'"),
        (FILE.replace(b"<vote-date>16/07/2025", b"<vote-date>07/16/2025"), "no day or no number"),
    ],
)
def test_what_is_no_vote_is_refused_with_the_reason(wrong: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        VOTES.read_records("", wrong)
