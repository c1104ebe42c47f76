"""The pages show nothing without a login, and nothing that a scraped text could do harm with."""

from pathlib import Path
from typing import Any

import pytest

HOSTILE = "<script>alert(1)</script>\u202egnp.exe"


def row(**other: Any) -> dict[str, Any]:
    return {
        "commitment": "PA2024/DE-04",
        "title_en": "A bill",
        "deadline_printed": "by the end of 2024",
        "status_en": "Met",
        "basis_en": None,
        "unread_sources": None,
        "occurred_on": "2024-12-18",
        "evidence_count": 3,
        "documents_searched": 9,
        "as_of_on": "2026-06-30",
        **other,
    }


def test_no_route_answers_without_a_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from milestones.airflow.pages import application

    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    outer = FastAPI()
    outer.mount("/milestones", application())
    client = TestClient(outer)
    for path in ("/milestones/", "/milestones/style.css"):
        assert client.get(path).status_code == 401, path
    for path in ("/milestones/docs", "/milestones/redoc", "/milestones/openapi.json"):
        assert client.get(path).status_code == 404, path


def test_the_page_shows_the_read_tables_to_a_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi.testclient import TestClient

    from milestones.airflow.pages import application
    from milestones.bootstrap import open_monitor

    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    app = application()
    app.dependency_overrides[get_user] = lambda: "somebody"
    try:
        client = TestClient(app)
        assert "Nothing has been read yet" in client.get("/").text
        with open_monitor() as monitor:
            monitor.project()
        answer = client.get("/")
    finally:
        app.dependency_overrides.clear()
    assert answer.status_code == 200
    assert answer.text.count("PA2024/") >= 62
    assert answer.text.index("PA2024/IT-01") < answer.text.index("PA2024/DE-01"), "the order of the policy document"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy


def test_scraped_text_is_shown_and_never_obeyed() -> None:
    from milestones.airflow.pages import render

    page = render(
        targets=[row(title_en=HOSTILE, deadline_printed='"><img src=x onerror=alert(1)>')], titles={}, position=7, facsimiles=True, unread={}
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "facsimiles" in page


def test_live_pages_do_not_say_facsimiles() -> None:
    from milestones.airflow.pages import render

    assert "facsimiles" not in render(targets=[row()], titles={}, position=7, facsimiles=False, unread={})


@pytest.mark.parametrize("targets", [[], [row()]])
def test_a_source_whose_newest_reading_failed_is_named_with_its_error(targets: list[dict[str, Any]]) -> None:
    from milestones.airflow.pages import render

    page = render(targets=targets, titles={}, position=7, facsimiles=False, unread={"press-releases": f"nobody answers {HOSTILE}"})
    assert "The newest reading failed" in page
    assert "press-releases" in page
    assert "nobody answers &lt;script&gt;" in page
    assert "\u202e" not in page
    assert "reading failed" not in render(targets=targets, titles={}, position=7, facsimiles=False, unread={})


def test_the_plugin_registers_the_page_and_stays_light() -> None:
    import ast

    source = (Path(__file__).resolve().parents[2] / "plugins/milestones_plugin.py").read_text("utf-8")
    top = {node.module for node in ast.parse(source).body if isinstance(node, ast.ImportFrom)}
    assert top == {"typing", "airflow.plugins_manager"}
