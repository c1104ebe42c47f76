"""What a brief tells of a commitment: who says so, what is missing, what would change it, until when was read."""

from datetime import UTC, date, datetime

from milestones.domain.coverage import Coverage
from milestones.domain.dates import days_between
from milestones.domain.events import Draft, Kind, Origin
from milestones.domain.notes import Checkpoint, Note
from milestones.domain.status import Status, scoreboard
from milestones.services.brief import Brief, brief
from tests.domain.build import KEY, PROMISED_ON, SOURCES, record, registry, scheduled, told, view

NOTE = Note(checkpoint=Checkpoint(origin="hk-milestones/0", size=1, root="00" * 32))
TODAY = date(2024, 12, 20)


def made(*drafts: Draft, coverage: Coverage | None = None, trouble: dict[str, str] | None = None) -> Brief:
    seen, of = view(TODAY, record(drafts), coverage=coverage), registry()
    return brief(
        scoreboard(of, seen)[0],
        of.documents[0],
        seen,
        made_at=datetime(2024, 12, 20, 4, tzinfo=UTC),
        origin=Origin.LIVE,
        in_trouble=trouble or {},
        last_sittings={(KEY, "bill"): date(2024, 12, 18)},
        checkpoint=NOTE,
    )


def test_the_newest_step_comes_first_with_the_words_of_a_document_in_each_language():
    page = made(
        told(Kind.BILL_GAZETTED, date(2024, 12, 6), page="gazetted"),
        told(page="en", quote="2024-12-18"),
        told(page="words", quote="The Bill was read the first time."),
        told(page="zh", quote="條例草案首讀。"),
    )
    assert [e.kind for e in page.evidence] == [Kind.BILL_FIRST_READING, Kind.BILL_GAZETTED]
    first = page.evidence[0]
    assert (first.en and first.en.quote, first.zh and first.zh.quote, first.documents) == ("The Bill was read the first time.", "條例草案首讀。", 3)
    assert page.evidence[1].said("zh") == page.evidence[1].en, "the other language where there is no twin"


def test_the_latest_statement_is_the_governments_and_of_the_newest_day():
    council = told(Kind.BILL_PASSED, date(2024, 12, 19), page="c")
    council = Draft(**{f: getattr(council, f) for f in Draft.__slots__} | {"source": "https://www.legco.gov.hk/bill.pdf"})
    page = made(told(Kind.BILL_GAZETTED, date(2024, 12, 6)), told(page="second"), council)
    assert page.latest
    assert page.latest.kind is Kind.BILL_FIRST_READING
    assert made(council).latest is None


def test_an_open_target_tells_what_would_complete_it_and_its_last_opportunity():
    (standing,) = made().standings
    assert (standing.status.status, standing.last_sitting) == (Status.NOT_STARTED, date(2024, 12, 18))
    assert standing.flips[0].to is Status.MET
    assert made(told()).standings[0].flips == ()


def test_a_plan_is_evidence_as_a_plan():
    (step,) = made(scheduled(date(2024, 12, 30))).evidence
    assert step.state.value == "scheduled"


def test_how_far_each_source_was_read_ends_before_the_first_gap():
    days = days_between(PROMISED_ON, date(2024, 12, 19))
    holed = Coverage({SOURCES[0]: frozenset(days), SOURCES[1]: frozenset(days) - {date(2024, 11, 1)}, SOURCES[2]: frozenset(days[1:])})
    whole, gap, late = sorted(made(coverage=holed, trouble={SOURCES[1]: "in trouble"}).readings, key=lambda r: SOURCES.index(r.source))
    assert (whole.read, whole.days, whole.until) == (65, 65, date(2024, 12, 19))
    assert (gap.read, gap.until, gap.note) == (64, date(2024, 10, 31), "in trouble")
    assert (late.read, late.until) == (64, None)
