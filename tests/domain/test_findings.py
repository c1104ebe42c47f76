"""Where documents do not agree about a step; and that what only looks so is none."""

from dataclasses import replace
from datetime import date

import pytest

from milestones.domain.dates import Precision
from milestones.domain.events import Draft, Kind, State
from milestones.domain.findings import Disagreement, Finding, findings
from milestones.domain.milestones import fold
from tests.domain.build import record, retracting, scheduled, told

MAY_21, MAY_22 = date(2025, 5, 21), date(2025, 5, 22)
SIGNED = Kind.AGREEMENT_SIGNED


def found(*drafts: Draft) -> list[Finding]:
    return findings(fold(record(drafts)).milestones)


def in_language(draft: Draft, language: str, twin: str | None = None) -> Draft:
    twin_url = {"twin_url": f"https://www.info.gov.hk/gia/general/202412/18/{twin}.htm"} if twin else {}
    return replace(draft, data={**draft.data, "language": language, **twin_url})


def test_documents_that_agree_give_no_finding():
    vague = told(Kind.BILL_PASSED, date(2025, 5, 1), precision=Precision.MONTH, page="vague")
    assert (
        found(told(Kind.BILL_PASSED, MAY_21, page="a"), told(Kind.BILL_PASSED, MAY_21, page="b"), vague, told(Kind.BILL_PASSED, None, page="c")) == []
    )


def test_the_chinese_text_of_a_release_gives_another_day():
    en = in_language(told(Kind.BILL_PASSED, MAY_22, page="en", published_on=MAY_22), "en")
    zh = in_language(told(Kind.BILL_PASSED, MAY_21, page="zh", published_on=MAY_22), "zh")
    (finding,) = found(en, zh)
    assert (finding.about, finding.commitment, finding.kind) == (Disagreement.DAYS, "PA2024/DE-04", Kind.BILL_PASSED)
    assert finding.line() == "2025-05-21 (1 document, zh) against 2025-05-22 (1 document, en)"


def test_the_bills_database_differs_from_the_release_and_holds():
    database = replace(told(Kind.BILL_PASSED, MAY_21, page="bills"), published_at=None)
    (finding,) = found(told(Kind.BILL_PASSED, MAY_22, page="release"), database)
    assert [s.value for s in finding.sayings] == ["2025-05-21", "2025-05-22"]
    assert finding.position == 2


def test_one_more_witness_makes_no_new_finding():
    drafts = [told(Kind.BILL_PASSED, MAY_21, page="a"), told(Kind.BILL_PASSED, MAY_22, page="b")]
    (before,) = found(*drafts)
    (after,) = found(*drafts, told(Kind.BILL_PASSED, MAY_22, page="c"))
    assert (after.finding_id, after.position) == (before.finding_id, before.position)
    assert len(after.events) == 3


def test_it_goes_when_one_side_is_taken_back():
    events = record([told(Kind.BILL_PASSED, MAY_21, page="a"), told(Kind.BILL_PASSED, MAY_22, page="b")])
    assert findings(fold(record([retracting(events[1])], after=events)).milestones) == []


def test_a_sitting_that_was_put_off_is_no_disagreement():
    first, second = scheduled(MAY_21, page="a", published_on=date(2025, 5, 19)), scheduled(MAY_22, page="b", published_on=date(2025, 5, 20))
    assert found(first, second) == []
    assert found(first, second, told(day=MAY_22, page="c")) == []


def test_a_plan_told_after_the_act_is_one():
    after = scheduled(date(2025, 6, 4), page="later", published_on=date(2025, 6, 2))
    (finding,) = found(told(day=MAY_21, page="speech"), after)
    assert finding.about is Disagreement.DAYS


def test_the_two_languages_of_one_announcement_give_different_days():
    en = in_language(scheduled(MAY_22, page="en", published_on=MAY_21), "en", twin="zh")
    zh = in_language(scheduled(MAY_21, page="zh", published_on=MAY_21), "zh", twin="en")
    (finding,) = found(en, zh)
    assert (finding.about, [s.value for s in finding.sayings]) == (Disagreement.DAYS, ["2025-05-22", "2025-05-21"])


@pytest.mark.parametrize(("days_apart", "expected"), [(1, 1), (2, 0)])
def test_two_agreements_a_day_apart_may_be_one(days_apart, expected):
    both = found(told(SIGNED, MAY_21, page="a"), told(SIGNED, date(2025, 5, 21 + days_apart), page="b"))
    assert [f.about for f in both] == [Disagreement.NEAR_DAYS] * expected


def test_twins_that_tell_an_agreement_on_different_days_may_mean_one():
    en = in_language(told(SIGNED, MAY_21, page="en"), "en", twin="zh")
    zh = in_language(told(SIGNED, date(2025, 5, 12), page="zh"), "zh")
    (finding,) = found(en, zh)
    assert finding.about is Disagreement.NEAR_DAYS


def test_plans_and_reports_of_progress_on_neighbouring_days_are_none():
    assert found(*(told(SIGNED, day, page=str(day), state=State.SCHEDULED) for day in (MAY_21, MAY_22))) == []
    assert found(*(told(Kind.PROGRESS_REPORTED, day, page=str(day)) for day in (MAY_21, MAY_22))) == []


def progress(page: str, *figures: tuple[str, str, str]) -> Draft:
    return told(Kind.PROGRESS_REPORTED, MAY_21, page=page, figures=figures)


def test_different_figures_of_one_measure_are_told():
    (finding,) = found(progress("en", ("5000", "trips", "cumulative")), progress("zh", ("50000", "trips", "cumulative")))
    assert (finding.about, [s.value for s in finding.sayings]) == (
        Disagreement.FIGURES, ["5000 trips (cumulative)", "50000 trips (cumulative)"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "others",
    [
        [("5000.0", "trips", "cumulative")],
        [("9", "trips", "period")],
        [("9", "drones", "cumulative")],
        [("5000", "trips", "cumulative"), ("9", "trips", "cumulative")],
        [("many", "trips", "cumulative")],
        [],
    ],
)
def test_figures_that_can_both_be_are_none(others):
    assert found(progress("a", ("5000", "trips", "cumulative")), progress("b", *others)) == []
