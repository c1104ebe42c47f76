"""The page of a commitment tells what stands, what would change it and where it says so, of any day as known at any day, and obeys no text."""

import base64
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from milestones.domain.events import Draft, EventType, Kind
from tests.domain.build import told

HOSTILE = "<script>alert(1)</script>\u202egnp.exe"
FIRST_AT = datetime(2025, 1, 5, 3, tzinfo=UTC)
NOW = datetime(2026, 6, 30, 15, tzinfo=UTC)
STABLECOINS, HYDROGEN = "PA2024/DE-04", "PA2024/IT-25"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose ledger was filled in three goes: on the first day, ten days later, and in the end."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        live_in(home, patch)
        record(patch, [told(quote="Introduced, they say."), twin()], FIRST_AT)
        record(patch, [told(day=date(2024, 12, 11), quote=HOSTILE, page="other")], FIRST_AT + timedelta(days=10))
        record(patch, [], NOW)
    return home


@pytest.fixture
def look(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Asks for a page of the ledger that was filled."""
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi.testclient import TestClient

    from milestones.airflow.pages import application

    live_in(filled, monkeypatch)
    app = application()
    app.dependency_overrides[get_user] = lambda: "somebody"
    client = TestClient(app)
    yield client.get
    app.dependency_overrides.clear()


@pytest.fixture
def own(filled: Path, look: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The same of a copy, into which a test may write."""
    shutil.copytree(filled, tmp_path / "own")
    live_in(tmp_path / "own", monkeypatch)
    return look


def live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("MILESTONES_HOME", str(home))
    patch.setenv("MILESTONES_MIRROR", "http://127.0.0.1:9")
    patch.setenv("MILESTONES_NOW", NOW.isoformat())


def twin() -> Draft:
    english = told()
    data = {"figures": [], "language": "zh", "twin_url": english.source}
    return replace(english, source=english.source.replace(".htm", "c.htm"), claim_key="b" * 64, quote="《穩定幣條例草案》今日首讀。", data=data)


def record(patch: pytest.MonkeyPatch, drafts: list[Draft], at: datetime) -> None:
    from milestones.bootstrap import open_monitor

    patch.setenv("MILESTONES_NOW", at.isoformat())
    with open_monitor() as monitor:
        monitor.ledger.append(drafts, now=at)
        monitor.project()


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_what_was_promised_where_it_stands_and_where_it_says_so(look: Any) -> None:
    page = look(f"/commitment/{STABLECOINS}?lang=en").text
    for expected in (
        "Stablecoins",
        "1 of 1 targets met",
        "On or before 2024-12-31",
        "by end-2024",
        "Introduced, they say.",
        "97 of 100",
        "press.bill",
    ):
        assert expected in words(page), expected


def test_a_bare_number_will_do_and_an_unknown_one_is_missing(look: Any) -> None:
    assert look("/commitment/IT-25").status_code == 200
    assert look("/commitment/PA2024/XX-99").status_code == 404
    assert look(f"/commitment/{HOSTILE}").status_code == 404


def test_what_would_change_an_open_target_is_named(look: Any) -> None:
    page = words(look(f"/commitment/{HYDROGEN}?lang=en").text)
    assert "This would make it “Met after the deadline”" in page
    assert "Bill introduced (First Reading)" in page
    assert "it would be in time" in page


def test_what_is_settled_says_that_nothing_would(look: Any) -> None:
    assert "only a correction of the record" in look(f"/commitment/{STABLECOINS}").text


def test_on_an_earlier_day_it_had_not_happened(look: Any) -> None:
    page = words(look(f"/commitment/{STABLECOINS}?lang=en&on=2024-12-01").text)
    assert "Where it stood on 2024-12-01, by all that is known now" in page
    assert "0 of 1 targets met" in page
    assert "What would change this" not in page
    assert "After 2024-12-01, as is known now: 1" in page


def test_what_was_recorded_later_was_not_known(look: Any) -> None:
    then = look(f"/commitment/{STABLECOINS}?known=2025-01-06").text
    assert "Introduced, they say." in then
    assert "gnp.exe" not in then
    assert "gnp.exe" in look(f"/commitment/{STABLECOINS}?known=2025-01-15").text


@pytest.mark.parametrize(
    "query", ["on=never", "on=9999-12-31", "on=0001-01-01", "known=0001-01-01", "known=9999-12-31", "before=x", "before=" + "9" * 30]
)
def test_a_day_that_cannot_be_meant_is_the_nearest_that_can(look: Any, query: str) -> None:
    assert look(f"/commitment/{STABLECOINS}?{query}").status_code == 200


def test_the_slider_and_the_field_name_the_same_days(look: Any) -> None:
    page = look(f"/commitment/{STABLECOINS}?known=2025-01-15").text
    slider = re.search(r'<input type="range"[^>]*data-for="known"[^>]*>', page)
    assert slider
    assert 'data-first="2025-01-05"' in slider[0]
    assert 'value="10"' in slider[0]
    assert look("/static/days.js").headers["content-type"].startswith("text/javascript")


def test_twins_stand_together_and_the_readers_language_comes_first(look: Any) -> None:
    english, chinese = (look(f"/commitment/{STABLECOINS}?lang={language}").text for language in ("en", "zh"))
    assert english.index("Introduced, they say.") < english.index("今日首讀")
    assert chinese.index("今日首讀") < chinese.index("Introduced, they say.")
    assert "只有英文" in chinese, "the other page has no twin"
    assert "Chinese only" not in english


def test_scraped_text_is_shown_and_never_obeyed(look: Any) -> None:
    page = look(f"/commitment/{STABLECOINS}").text
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/days.js" defer>']
    assert "&lt;script&gt;alert(1)&lt;/script&gt;gnp.exe" in page
    assert "\u202e" not in page


def test_corrections_and_decisions_are_told_with_who_made_them(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from milestones.bootstrap import open_monitor

    with open_monitor() as monitor:
        stands = next(e for e in monitor.ledger.read() if e.draft.quote == HOSTILE)
    said = {"person": "person-7", "reason": "another day is meant"}
    amended = replace(stands.draft, type=EventType.MILESTONE_AMENDED, amends=stands.event_id, occurred_on=date(2024, 12, 12), data=said)
    record(monkeypatch, [amended], NOW)
    page = words(own(f"/commitment/{STABLECOINS}?lang=en").text)
    assert "Said before" in page
    assert "by person-7" in page
    with open_monitor() as monitor:
        stands = monitor.ledger.read()[-1]
    gone = replace(stands.draft, type=EventType.MILESTONE_RETRACTED, amends=stands.event_id, data=said | {"reason": "not this bill"})
    record(monkeypatch, [gone], NOW)
    page = words(own(f"/commitment/{STABLECOINS}?lang=en").text)
    assert "Milestone retracted" in page
    assert "not this bill" in page
    assert page.index("Corrections, decisions") < page.index("gnp.exe"), "no longer among the steps"


def test_documents_that_do_not_agree_are_named(look: Any) -> None:
    assert "Where documents do not agree" in look(f"/commitment/{STABLECOINS}?lang=en").text


def test_many_records_come_in_pages(look: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from milestones.airflow.pages import commitment

    monkeypatch.setattr(commitment, "SHOWN", 2)
    page = look(f"/commitment/{STABLECOINS}?lang=en").text
    assert "gnp.exe" in page
    assert "Introduced, they say." not in page
    older = re.search(r'href="([^"]*before=\d+)"', page)
    assert older
    assert "Introduced, they say." in look(older[1].replace("&amp;", "&")).text


def test_the_brief_is_one_page_whose_own_style_alone_is_allowed(look: Any) -> None:
    link = re.search(r'href="([^"]*/brief/[^"]*)"', look(f"/commitment/{STABLECOINS}?lang=en").text)
    assert link
    answer = look(link[1])
    assert "Stablecoins" in answer.text
    assert "<script>alert" not in answer.text
    policy = answer.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style
    assert base64.b64encode(sha256(style[1].encode()).digest()).decode() in policy
    assert "unsafe" not in policy
    assert look("/brief/PA2024/XX-99").status_code == 404


def test_a_commitment_without_a_step_says_so(look: Any) -> None:
    assert "No document read so far tells of a step." in look("/commitment/IT-01?lang=en").text


def test_kinds_that_bear_on_no_target_say_so(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    record(monkeypatch, [told(Kind.PROGRESS_REPORTED, target="context", page="beside")], NOW)
    assert "bears on the commitment as a whole" in own(f"/commitment/{STABLECOINS}?lang=en").text
