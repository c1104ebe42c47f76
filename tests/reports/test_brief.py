"""A brief in words: everything on it in both languages, and scraped words as words."""

from datetime import UTC, date, datetime

import pytest

from milestones.adapters.registry_files import load_vocabulary
from milestones.domain.coverage import Coverage
from milestones.domain.events import Draft, Kind, Origin
from milestones.domain.status import scoreboard
from milestones.reports.brief import SHOWN, Page, render
from milestones.services.brief import brief
from tests.domain.build import record, registry, told, view
from tests.services.test_brief import NOTE


def page(language: str, *drafts: Draft, on: date = date(2024, 12, 20), coverage: Coverage | None = None, origin: Origin = Origin.LIVE) -> Page:
    seen, of = view(on, record(drafts), coverage=coverage), registry()
    values = brief(
        scoreboard(of, seen)[0], of.documents[0], seen,
        made_at=datetime(2024, 12, 20, 4, tzinfo=UTC), origin=origin, in_trouble={}, last_sittings={}, checkpoint=NOTE,
    )  # fmt: skip
    return render(values, load_vocabulary(), language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Met", "by end-2024", "31 December 2024", "Bill introduced (First Reading)", "every day from the promise to 19 December 2024"]),
        ("zh", ["已達成", "2024年12月31日", "條例草案首讀", "只有英文", "每日均已查閱"]),
    ],
)
def test_both_parts_tell_promise_standing_evidence_and_reading(language, words):
    made = page(language, told())
    for part in (made.html, made.text):
        for word in [*words, "hk-milestones/0", "P2024121800262"]:
            assert word in part


def test_a_date_passed_tells_its_basis_what_is_missing_and_what_would_change_it():
    text = page("en", on=date(2025, 1, 10)).text
    assert "Date passed; completion not found (no completion found in the sources read)" in text
    assert "10 days after the date given" in text
    assert "no document read says: Bill introduced (First Reading)" in text
    assert "the status becomes “Met after the deadline”. Found to have taken place by 31 December 2024, it is in time." in text


def test_what_was_not_read_is_said_and_nothing_is_called_late():
    text = page("en", on=date(2025, 1, 10), coverage=Coverage({})).text
    assert "So “not found” cannot be said." in text
    assert "days after the date given" not in text


def test_scraped_words_are_words():
    made = page("en", told(quote="<script>alert(1)</script>\u202e evil"))
    assert "<script>" not in made.html
    assert "&lt;script&gt;" in made.html
    assert "\u202e" not in made.html + made.text


def test_facsimiles_say_so_and_more_steps_than_fit_are_counted():
    many = [told(Kind.PROGRESS_REPORTED, date(2024, 11, n), page=f"P{n}") for n in range(1, SHOWN + 3)]
    made = page("en", *many, origin=Origin.REPLICA)
    assert "facsimiles" in made.html
    assert "facsimiles" in made.text
    assert "and 2 earlier steps: milestones status DE-04" in made.text
