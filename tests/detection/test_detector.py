from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from milestones.detection import Detector, detector
from milestones.domain.commitments import Commitment, Deadline, DeadlineKind, Nature, PolicyDocument, Quantity, Registry, Subject, Target
from milestones.domain.dates import Precision
from milestones.domain.documents import Candidate, Decision, Document, Form, Item
from milestones.domain.events import Kind, State

BILL = frozenset({Kind.BILL_GAZETTED, Kind.BILL_FIRST_READING, Kind.BILL_SECOND_READING_RESUMED, Kind.BILL_PASSED, Kind.ORDINANCE_GAZETTED})


def registry(*subjects: Subject, quantity: Quantity | None = None) -> Registry:
    target = Target(
        slug="main", title_en="t", title_zh="t", nature=Nature.OUTCOME, deadline=Deadline(kind=DeadlineKind.NONE, printed=""), quantity=quantity
    )
    words = dict.fromkeys(("section_en", "section_zh", "heading_en", "heading_zh", "title_en", "title_zh"), "-")
    commitment = Commitment(key="PA2024/XX-01", number=1, bureaux=(), targets=(target,), subjects=subjects, **words)
    return Registry((PolicyDocument(key="PA2024", title_en="-", title_zh="-", delivered_on=date(2024, 10, 16), commitments=(commitment,)),))


HARBOUR_BILL = Subject(
    slug="bill",
    target="main",
    kinds=BILL,
    names_en=("Harbour Safety (Amendment) Bill 2025", "Harbour Safety (Amendment) Ordinance 2025"),
    names_zh=("2025年海港安全(修訂)條例草案",),
)
SCHEME = Subject(
    slug="scheme",
    target="main",
    kinds=frozenset({Kind.SCHEME_LAUNCHED, Kind.PROGRESS_REPORTED}),
    names_en=("Ferry Grant Scheme",),
    requires_en=("ferries",),
    excludes_en=("Ferry Grant Scheme Secretariat",),
)


def release(headline: str, *paragraphs: str, on: str = "2025-05-21", language: str = "en") -> Document:
    return Document(
        document_id="d",
        url="https://www.info.gov.hk/d",
        source="press-releases",
        form=Form.PRESS_RELEASE,
        language=language,
        headline=headline,
        paragraphs=paragraphs,
        published_at=datetime.fromisoformat(f"{on}T11:00:00+08:00"),
    )


def read(document: Document, *subjects: Subject) -> list[Candidate]:
    return detector(registry(*subjects)).read(document)


def steps(found: list[Candidate]) -> set[tuple[Kind, State, date | None]]:
    return {(c.kind, c.state, c.occurred_on) for c in found if c.decision is Decision.APPEND}


@pytest.fixture(scope="module")
def bill_reader() -> Detector:
    return detector(registry(HARBOUR_BILL))


def test_two_stages_with_a_day_each(bill_reader: Detector) -> None:
    found = bill_reader.read(
        release(
            "Harbour Safety (Amendment) Bill 2025 gazetted",
            "The Government published the Harbour Safety (Amendment) Bill 2025 in the Gazette today (May 21).",
            "The Bill will be introduced into the Legislative Council for First Reading on June 4.",
        )
    )
    assert steps(found) == {
        (Kind.BILL_GAZETTED, State.HAPPENED, date(2025, 5, 21)),
        (Kind.BILL_FIRST_READING, State.SCHEDULED, date(2025, 6, 4)),
    }
    assert {c.locator.partition(":")[0] for c in found} == {"p0", "p1"}


def test_the_bill_means_the_last_one_named(bill_reader: Detector) -> None:
    found = bill_reader.read(
        release(
            "Two bills",
            "Members discussed the Harbour Safety (Amendment) Bill 2025. The Lift Safety Bill was discussed as well.",
            "The Bill was published in the Gazette today (May 21).",
        )
    )
    assert steps(found) == set()


def test_another_year_is_another_bill(bill_reader: Detector) -> None:
    assert bill_reader.read(release("x", "The Harbour Safety (Amendment) Bill 2023 was published in the Gazette today (May 21).")) == []


def test_a_notice_takes_the_day_of_its_sitting(bill_reader: Detector) -> None:
    found = bill_reader.read(
        release(
            "LegCo to consider Lift Safety Bill",
            "The Legislative Council will hold a meeting on Wednesday (May 28). The Second Reading debate on the Lift Safety Bill will resume.",
            "Meanwhile, the Harbour Safety (Amendment) Bill 2025 will be introduced into the Council for First Reading and Second Reading.",
        )
    )
    assert steps(found) == {(Kind.BILL_FIRST_READING, State.SCHEDULED, date(2025, 5, 28))}


def test_nothing_before_the_promise(bill_reader: Detector) -> None:
    document = release("x", "The Harbour Safety (Amendment) Bill 2025 was published in the Gazette today (October 15).", on="2024-10-15")
    assert bill_reader.read(document) == []
    told_later = release("x", "The Harbour Safety (Amendment) Bill 2025 was published in the Gazette on October 11, 2024.", on="2024-12-02")
    assert bill_reader.read(told_later) == []


def test_required_and_excluded_words() -> None:
    text = "The Transport Department launched the Ferry Grant Scheme today (May 21)"
    assert steps(read(release("x", f"{text} for ferries."), SCHEME)) == {(Kind.SCHEME_LAUNCHED, State.HAPPENED, date(2025, 5, 21))}
    assert read(release("x", f"{text}."), SCHEME) == []
    assert read(release("x", "The Department launched the Ferry Grant Scheme Secretariat today (May 21) for ferries."), SCHEME) == []


def test_a_question_tells_nothing() -> None:
    found = read(
        release(
            "LCQ1: Ferries",
            "Following is a question by the Hon Lee and a reply in the Legislative Council today (May 21):",
            "Question:",
            "It is said that the Transport Department launched the Ferry Grant Scheme on May 2 for ferries.",
            "Reply:",
            "We have nothing to add.",
        ),
        SCHEME,
    )
    assert found == []


def test_a_quantity_is_read_with_its_basis() -> None:
    subject = replace(SCHEME, requires_en=())
    reader = detector(registry(subject, quantity=Quantity(value=5000, unit="people", basis="cumulative")))
    (found,) = reader.read(
        release(
            "LCQ2: Training",
            "Following is a question and a reply in the Legislative Council today (May 21):",
            "Reply:",
            "A total of 5 200 people have so far been trained under the Ferry Grant Scheme, against the target of 5 000 people.",
        )
    )
    assert found.kind is Kind.PROGRESS_REPORTED
    assert [f.as_data() for f in found.figures] == [{"value": "5200", "unit": "people", "basis": "cumulative"}]


def test_a_bill_record_gives_its_stages_and_the_first_resumed_sitting(bill_reader: Detector) -> None:
    days = {"bill_gazette_date": "2025-03-21", "second_reading_date": "2025-07-10", "second_reading_date_2": "2025-07-09", "third_reading_date": ""}
    document = Document(
        document_id="b",
        url="https://app.legco.gov.hk/b",
        source="legco-bills",
        form=Form.BILL_RECORD,
        language="en",
        headline="Harbour Safety (Amendment) Bill 2025",
        paragraphs=("《2025年海港安全（修訂）條例草案》",),
        items=tuple(Item(heading=h, text=t) for h, t in days.items()),
    )
    assert {(c.kind, c.occurred_on, c.locator) for c in bill_reader.read(document)} == {
        (Kind.BILL_GAZETTED, date(2025, 3, 21), "i0:0-10"),
        (Kind.BILL_SECOND_READING_RESUMED, date(2025, 7, 9), "i2:0-10"),
    }


def test_an_agenda_lists_a_bill_once_and_only_schedules_it(bill_reader: Detector) -> None:
    titles = ["Harbour Safety (Amendment) Bill 2025", "Harbour Safety (Amendment) Bill 2025", "Question on the Harbour Safety (Amendment) Bill 2025"]
    headings = ["Bills / First Reading", "Bills / Second Reading (Debates to be adjourned)", "Questions"]
    document = Document(
        document_id="a",
        url="https://www.legco.gov.hk/a",
        source="legco-agendas",
        form=Form.COUNCIL_AGENDA,
        language="en",
        headline="Agenda",
        paragraphs=(),
        items=tuple(Item(heading=h, text=t) for h, t in zip(headings, titles, strict=True)),
        day=date(2025, 4, 2),
    )
    (found,) = bill_reader.read(document)
    assert (found.kind, found.state, found.occurred_on, found.locator) == (Kind.BILL_FIRST_READING, State.SCHEDULED, date(2025, 4, 2), "i0:0-36")


def test_a_month_is_kept_as_a_month() -> None:
    (found,) = read(release("x", "The Transport Department launched the Ferry Grant Scheme for ferries earlier this month."), SCHEME)
    assert (found.occurred_on, found.precision) == (date(2025, 5, 1), Precision.MONTH)


def test_without_a_day_of_its_own_a_document_tells_nothing(bill_reader: Detector) -> None:
    document = replace(release("Harbour Safety (Amendment) Bill 2025 gazetted"), published_at=None)
    assert bill_reader.read(document) == []


def test_the_day_is_hong_kong_s(bill_reader: Detector) -> None:
    late = replace(release("Harbour Safety (Amendment) Bill 2025 gazetted"), published_at=datetime(2025, 5, 20, 17, 0, tzinfo=UTC))
    assert [c.occurred_on for c in bill_reader.read(late)] == [date(2025, 5, 21)]


def test_a_bare_title_without_a_day_waits_for_a_person_and_one_with_a_day_does_not() -> None:
    def listed(title: str) -> Document:
        return replace(release(title), source="hkma", published_at=None, day=date(2025, 5, 21))

    scheme = replace(SCHEME, requires_en=())
    (found,) = read(listed("Transport Department launches Ferry Grant Scheme"), scheme)
    assert (found.decision, found.kind, found.occurred_on) == (Decision.REVIEW, Kind.SCHEME_LAUNCHED, date(2025, 5, 21))
    assert "only a title is at hand" in found.reason
    (dated,) = read(listed("Ferry Grant Scheme launched on 20 May 2025"), scheme)
    assert (dated.decision, dated.occurred_on) == (Decision.APPEND, date(2025, 5, 20))
    told = read(release("Transport Department launches Ferry Grant Scheme", "The Department invited operators to a briefing today (May 21)."), scheme)
    assert steps(told) == {(Kind.SCHEME_LAUNCHED, State.HAPPENED, date(2025, 5, 21))}, "a text that begins by telling of its own day is news of it"
    (untold,) = read(release("Transport Department launches Ferry Grant Scheme", "Operators may ask the Department for details."), scheme)
    assert untold.decision is Decision.REVIEW, "a text that gives no day leaves the headline's day open"
