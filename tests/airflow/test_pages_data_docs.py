"""The checks' Data Docs behind the login: linked from the ledger's page, and nothing else of the disk with them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from expectations.data_docs import documented
from milestones.bootstrap import open_monitor
from tests.expectations.rows import HAPPENED, REGISTRY

HOSTILE = "<script>document.title='run'</script><img src=x onerror=alert(1)>"


@pytest.fixture
def audited(signed_in: Any, tmp_path: Path) -> Any:
    """A client, once a batch with a hostile value was audited."""
    with open_monitor():
        pass
    with documented(REGISTRY, tmp_path / "data-docs" / "publish", now=datetime(2026, 6, 30, tzinfo=UTC)) as audit:
        audit("staged_candidates", [HAPPENED | {"subject": HOSTILE}])
    (tmp_path / "data-docs" / "secret.html").write_text("no")
    return signed_in


def test_they_are_linked_and_sent_so_that_nothing_can_run(audited: Any) -> None:
    ledger = audited.get("/behind/milestones/ledger").text
    assert "/milestones/data-docs/publish/index.html" in ledger
    assert "/milestones/data-docs/check/index.html" not in ledger, "no such check has run"
    answer = audited.get("/behind/milestones/data-docs/publish/staged_candidates.html")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox allow-same-origin;" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "<script" not in answer.text
    assert "<img" not in answer.text


@pytest.mark.parametrize(
    "path", ["check/index.html", "publish/none.html", "../ledger.sqlite", "publish/..%2fsecret.html", "..%2f/secret.html", "publish/index.part"]
)
def test_nothing_else_is_there(audited: Any, path: str) -> None:
    assert audited.get(f"/behind/milestones/data-docs/{path}").status_code == 404
