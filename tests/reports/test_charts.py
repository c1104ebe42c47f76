"""The picture of the course: what it is drawn from, and that it is drawn."""

import re
from datetime import date
from pathlib import Path

import pytest

from milestones.reports import charts
from milestones.reports.accuracy import accuracy
from milestones.reports.charts import Labels, chinese_font, course_of, course_png

TARGETS = ((date(2025, 1, 1), date(2024, 12, 1)), (date(2025, 6, 30), date(2025, 8, 1)), (date(2025, 12, 31), None))
ON = date(2025, 7, 15)


def test_the_figures_for_those_who_do_not_see_it() -> None:
    told = course_of(TARGETS, ON)
    assert (told.total, told.due, told.met, told.last) == (3, 2, 1, date(2025, 12, 31))


def test_it_is_a_png_of_twice_its_size_on_the_page() -> None:
    png = course_png(TARGETS, promised_on=date(2024, 10, 16), on=ON, labels=Labels(due="限期已到", met="已達成", targets="目標數目"))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width = int.from_bytes(png[16:20], "big")
    assert 1100 <= width <= 1200
    assert len(png) < 80_000


def test_without_a_chinese_font_the_log_says_so(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(charts, "_FOLDERS", ("/nonexistent",))
    chinese_font.cache_clear()
    try:
        assert chinese_font() is None
    finally:
        chinese_font.cache_clear()
    assert "install fonts-noto-cjk" in caplog.text


def test_the_accuracy_that_mails_quote_is_that_of_the_document() -> None:
    told, document = accuracy(), (Path(__file__).parents[2] / "docs" / "accuracy.md").read_text("utf-8")
    blind = re.search(rf"rules {told.rules}[^|]*held out \| {told.documents} \|(.*)", document)
    assert blind
    shares = (told.precision, told.recall)
    assert [f"{s.right / s.of:.3f} ({s.right}/{s.of})" in blind[1] for s in shares] == [True, True]
    assert f"{told.recall_with_review.right / told.recall_with_review.of:.3f}" in blind[1]
