"""Rows of tables, House Committee agendas and remarks on bills: what they claim, and what only a person may say."""

from dataclasses import replace
from datetime import date

import pytest

from milestones.domain.commitments import Subject
from milestones.domain.documents import Candidate, Decision, Document, Form, Item
from milestones.domain.events import Kind, State
from tests.detection.test_detector import HARBOUR_BILL, read

BILL = replace(HARBOUR_BILL, kinds=HARBOUR_BILL.kinds | {Kind.BILL_LAPSED, Kind.BILL_WITHDRAWN})
RULES = Subject(
    slug="rules",
    target="main",
    kinds=frozenset({Kind.SUBSIDIARY_LEGISLATION_GAZETTED, Kind.SUBSIDIARY_LEGISLATION_TABLED}),
    names_en=("Harbour Lights Regulation 2025",),
    names_zh=("2025年海港燈光規例",),
)


def document(form: Form, headline: str, *items: tuple[str, str], language: str = "en", day: date | None = date(2025, 7, 11)) -> Document:
    entries = tuple(Item(heading=h, text=t) for h, t in items)
    return Document(document_id="r", url="r", source="s", form=form, language=language, headline=headline, paragraphs=(), items=entries, day=day)


def told(found: list[Candidate]) -> list[tuple[Kind, State, date | None, Decision]]:
    return [(c.kind, c.state, c.occurred_on, c.decision) for c in found]


def words_stand_where_they_are_said_to(found: list[Candidate], source: Document) -> bool:
    def place(candidate: Candidate) -> str:
        where, _, span = candidate.locator.partition(":")
        first, _, last = span.partition("-")
        return (source.headline if where == "h" else source.items[int(where[1:])].text)[int(first) : int(last)]

    return all(place(c) == c.quote for c in found)


@pytest.mark.parametrize(("headline", "language"), [("Harbour Lights Regulation 2025", "en"), ("《2025年海港燈光規例》", "zh")])
def test_a_row_of_the_table_tells_gazettal_and_tabling(headline: str, language: str) -> None:
    row = document(
        Form.INSTRUMENT_RECORD, headline, ("gazetted", "2025-07-11"), ("tabled", "2025-07-16"), ("amend_by", "2025-09-10"), language=language
    )
    found = read(row, RULES)
    assert told(found) == [
        (Kind.SUBSIDIARY_LEGISLATION_GAZETTED, State.HAPPENED, date(2025, 7, 11), Decision.APPEND),
        (Kind.SUBSIDIARY_LEGISLATION_TABLED, State.HAPPENED, date(2025, 7, 16), Decision.APPEND),
    ]
    assert words_stand_where_they_are_said_to(found, row)


def test_a_tabling_that_lies_ahead_is_scheduled() -> None:
    row = document(Form.INSTRUMENT_RECORD, "Harbour Lights Regulation 2025", ("to_be_tabled", "2025-07-16"))
    assert told(read(row, RULES)) == [(Kind.SUBSIDIARY_LEGISLATION_TABLED, State.SCHEDULED, date(2025, 7, 16), Decision.APPEND)]


def test_a_name_inside_a_longer_title_waits_for_a_person() -> None:
    row = document(Form.INSTRUMENT_RECORD, "Harbour Lights Regulation 2025 (Commencement) Notice", ("gazetted", "2025-07-11"))
    assert [d for *_, d in told(read(row, replace(RULES, names_en=("Harbour Lights Regulation 2025", "Harbour Lights"))))] == [Decision.REVIEW]
    other = document(Form.INSTRUMENT_RECORD, "Ferries (Fees) Order 2025", ("gazetted", "2025-07-11"))
    assert read(other, RULES) == []


def test_what_was_gazetted_before_the_promise_does_not_count() -> None:
    row = document(Form.INSTRUMENT_RECORD, "Harbour Lights Regulation 2025", ("gazetted", "2024-07-11"), day=date(2024, 7, 11))
    assert read(row, RULES) == []


@pytest.mark.parametrize(
    ("motion", "result", "expected"),
    [
        ("HARBOUR SAFETY (AMENDMENT) BILL 2025 - THIRD READING", "Passed", [(Kind.BILL_PASSED, Decision.APPEND)]),
        ("THIRD READING OF THE HARBOUR SAFETY (AMENDMENT) BILL 2025", "Passed", [(Kind.BILL_PASSED, Decision.APPEND)]),
        ("MOTION TO ADJOURN THE THIRD READING OF THE HARBOUR SAFETY (AMENDMENT) BILL 2025 SINE DIE", "Passed", [(Kind.BILL_PASSED, Decision.REVIEW)]),
        ("HARBOUR SAFETY (AMENDMENT) BILL 2025 - THIRD READING", "Negatived", [(Kind.BILL_LAPSED, Decision.REVIEW)]),
        ("HARBOUR SAFETY (AMENDMENT) BILL 2025 - SECOND READING", "Passed", []),
        ("HARBOUR SAFETY (AMENDMENT) BILL 2025 - THIRD READING", "Deferred", []),
        ("FERRIES BILL 2025 - THIRD READING", "Passed", []),
    ],
)
def test_a_vote_on_the_third_reading_is_evidence(motion: str, result: str, expected: list[tuple[Kind, Decision]]) -> None:
    vote = document(Form.VOTE_RECORD, motion, ("vote_date", "2025-07-11"), ("result", result))
    found = read(vote, BILL)
    assert [(c.kind, c.decision) for c in found] == expected
    assert all(c.occurred_on == date(2025, 7, 11) for c in found)
    assert words_stand_where_they_are_said_to(found, vote)


def test_a_house_committee_agenda_announces_bills_for_the_sittings_it_names() -> None:
    agenda = document(
        Form.COMMITTEE_AGENDA,
        "House Committee (Agenda) 28 March 2025",
        ("Agenda", "Any other business"),
        ("Legal Service Division reports", "Harbour Safety (Amendment) Bill 2025"),
        ("2025-04-02 / First Reading and Second Reading (debate to be adjourned)", "Ferries Bill"),
        ("2025-04-02 / First Reading and Second Reading (debate to be adjourned)", "Harbour Safety (Amendment) Bill 2025"),
        ("2025-04-09 / First Reading and Second Reading (debate to be adjourned)", "Harbour Safety (Amendment) Bill 2025"),
        ("2025-04-09 / Government Motion", "Harbour Safety (Amendment) Bill 2025"),
        day=date(2025, 3, 28),
    )
    found = read(agenda, BILL)
    assert told(found) == [(Kind.BILL_FIRST_READING, State.SCHEDULED, date(2025, 4, 2), Decision.APPEND)]
    assert words_stand_where_they_are_said_to(found, agenda)


@pytest.mark.parametrize(
    ("field", "remark", "kind", "day"),
    [
        ("remarks_eng", "The Bill was withdrawn on 2 July 2025.", Kind.BILL_WITHDRAWN, date(2025, 7, 2)),
        ("remarks_chi", "法案於2025年7月2日撤回", Kind.BILL_WITHDRAWN, date(2025, 7, 2)),
        ("remarks_eng", "Lapsed at the end of the term", Kind.BILL_LAPSED, None),
        ("remarks_eng", "Withdrawn on 2 July 2025 after notice on 18 June 2025", Kind.BILL_WITHDRAWN, None),
    ],
)
def test_a_remark_that_a_bill_has_ended_waits_for_a_person(field: str, remark: str, kind: Kind, day: date | None) -> None:
    record = document(Form.BILL_RECORD, "Harbour Safety (Amendment) Bill 2025", ("bill_gazette_date", "2025-03-21"), (field, remark))
    ends = [c for c in read(record, BILL) if c.kind is kind]
    assert told(ends) == [(kind, State.HAPPENED, day, Decision.REVIEW)]
    assert words_stand_where_they_are_said_to(ends, record)


def test_other_remarks_and_a_schedule_claim_nothing() -> None:
    record = document(Form.BILL_RECORD, "Harbour Safety (Amendment) Bill 2025", ("remarks_eng", "Read Hansard of 16 May 2025 for Second Reading"))
    assert read(record, BILL) == []
    assert read(document(Form.COUNCIL_SCHEDULE, "Harbour Safety (Amendment) Bill 2025", ("sitting", "2025-07-16"), day=None), BILL) == []


def test_a_bill_in_the_gazette_s_list_was_gazetted_on_the_day_of_the_issue() -> None:
    row = document(Form.INSTRUMENT_RECORD, "《2025年海港安全（修訂）條例草案》", ("bill_gazetted", "2025-07-11"), language="zh")
    assert told(read(row, BILL)) == [(Kind.BILL_GAZETTED, State.HAPPENED, date(2025, 7, 11), Decision.APPEND)]
    assert words_stand_where_they_are_said_to(read(row, BILL), row)
