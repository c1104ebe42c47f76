"""Data Docs name what failed and with which values, and hold nothing that could run, be fetched, or grow without end."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.data_docs import LONGEST, documented
from tests.expectations.rows import CANDIDATES, HAPPENED, LEDGER, REGISTRY

NOW = datetime(2026, 6, 30, 1, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\x00</td></table><a href='javascript:alert(3)'>words</a>"


def test_each_suite_that_was_asked_has_a_page_and_the_index_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    with documented(REGISTRY, folder, now=NOW) as audit:
        assert audit("ledger", LEDGER) == []
        [finding] = audit("staged_candidates", [*CANDIDATES, HAPPENED | {"id": 17, "kind": "rumoured", "document_digest": "c" * 64}])
        assert audit("coverage", []) == []
    assert sorted(p.name for p in folder.iterdir()) == ["index.html", "ledger.html", "staged_candidates.html"]
    index = (folder / "index.html").read_text("utf-8")
    assert re.search(r'href="ledger.html">ledger</a></td><td>holds<', index)
    assert re.search(r'href="staged_candidates.html">staged_candidates</a></td><td>does not hold<', index)
    assert "2026-06-30 09:00 HKT" in index
    page = (folder / "staged_candidates.html").read_text("utf-8")
    assert finding.row_ids == ("17",)
    assert "rumoured" in page
    assert "Traceback" not in page
    assert re.search(r'<i class="[^"]*fa-times', page), "the style puts words where Great Expectations has pictures"


def test_where_nothing_was_judged_the_last_pages_stay(tmp_path: Path) -> None:
    with documented(REGISTRY, tmp_path, now=NOW) as audit:
        audit("staged_candidates", [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", [HOSTILE, "字" * (LONGEST // 10)])
def test_hostile_values_neither_run_nor_grow(tmp_path: Path, text: str) -> None:
    with documented(REGISTRY, tmp_path, now=NOW) as audit:
        assert audit("staged_candidates", [HAPPENED | {"subject": text, "target": text, "url": text, "kind": text}])
    for file in tmp_path.iterdir():
        page = file.read_text("utf-8")
        assert len(page) < LONGEST + 5000
        assert not re.search(r"<script|<img|<link|<iframe|javascript:|\son\w+=|https?://(?!www\.)\S*(cdn|unpkg|bootstrap)", page, re.IGNORECASE)
        assert page.endswith("</body></html>")
