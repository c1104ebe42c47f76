"""The pages show nothing without a login, and nothing that a scraped text could do harm with."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOSTILE = "<script>alert(1)</script>\u202egnp.exe"


def row(**other: Any) -> dict[str, Any]:
    return {
        "commitment": "PA2024/DE-04",
        "title_en": "A bill",
        "title_zh": "條例草案",
        "deadline_printed": "by the end of 2024",
        "status_en": "Met",
        "status_zh": "已達成",
        "basis_en": None,
        "unread_sources": None,
        "occurred_on": "2024-12-18",
        "evidence_count": 3,
        "documents_searched": 9,
        "as_of_on": "2026-06-30",
        **other,
    }


def shown(language: str = "en", *, replica: bool = False, unread: dict[str, str] | None = None, targets: list[dict[str, Any]] | None = None) -> str:
    from milestones.airflow.pages.frame import Footing, Frame
    from milestones.airflow.pages.scoreboard import render
    from milestones.domain.events import Origin

    frame = Frame(language=language, root="/milestones", path="/", query={}, framed=False)
    footing = Footing(origin=Origin.REPLICA if replica else Origin.LIVE, position=7, as_of_on="2026-06-30", contact=None)
    rows = [row()] if targets is None else targets
    return bytes(render(frame, footing, targets=rows, titles={}, unread=unread or {}).body).decode()


@pytest.fixture
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of the pages whom Airflow knows; mounted as Airflow does it."""
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from milestones.airflow.pages import application

    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    app, outer = application(), FastAPI(root_path="/behind")
    outer.mount("/milestones", app)
    app.dependency_overrides[get_user] = lambda: "somebody"
    yield TestClient(outer)
    app.dependency_overrides.clear()


def test_no_route_answers_without_a_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from milestones.airflow.pages import application

    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    outer = FastAPI()
    outer.mount("/milestones", application())
    client = TestClient(outer)
    for route in application().routes:
        path = "/milestones" + re.sub(r"\{\w+(:\w+)?\}", "style.css", route.path)  # type: ignore[attr-defined]  # all routes have one
        for method in route.methods:  # type: ignore[attr-defined]  # the same
            assert client.request(method, path).status_code == 401, path
    for path in ("/milestones/docs", "/milestones/redoc", "/milestones/openapi.json"):
        assert client.get(path).status_code == 404, path


def test_the_page_shows_the_read_tables_to_a_user(signed_in: Any) -> None:
    from milestones.bootstrap import open_monitor

    with open_monitor() as monitor:
        assert "Nothing has been read yet" in signed_in.get("/behind/milestones/scoreboard").text
        monitor.project()
    answer = signed_in.get("/behind/milestones/scoreboard")
    assert answer.status_code == 200
    assert answer.text.count("PA2024/") >= 62
    assert answer.text.index("PA2024/IT-01") < answer.text.index("PA2024/DE-01"), "the order of the policy document"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


def test_a_language_is_chosen_and_kept_also_behind_a_prefix(signed_in: Any) -> None:
    english = signed_in.get("/behind/milestones/out?to=x", headers={"Accept-Language": "en-GB"})
    assert '<html lang="en">' in english.text
    assert 'href="/behind/milestones/out?to=x&amp;lang=zh"' in english.text
    assert '<html lang="zh-HK">' in signed_in.get("/behind/milestones/out?lang=zh").text
    assert '<html lang="zh-HK">' in signed_in.get("/behind/milestones/out").text


@pytest.mark.parametrize("name", ["style.css.bak", "..%2Fapp.py", "%2Fetc%2Fpasswd", "nothing.css"])
def test_only_files_of_the_pages_are_served(signed_in: Any, name: str) -> None:
    assert signed_in.get("/behind/milestones/static/style.css").status_code == 200
    assert signed_in.get(f"/behind/milestones/static/{name}").status_code == 404


def test_inside_a_frame_links_to_publishers_stay_inside() -> None:
    from milestones.airflow.pages.frame import Frame

    url = "https://www.info.gov.hk/gia/general/202412/18/P2024121800001.htm"
    frame = Frame(language="en", root="/milestones", path="/", query={}, framed=True)
    assert frame.out(url).startswith("/milestones/out?to=https%3A%2F%2Fwww.info.gov.hk")
    assert Frame(language="en", root="", path="/", query={}, framed=False).out(url) == url
    assert frame.out("javascript:alert(1)") == ""


def test_scraped_text_is_shown_and_never_obeyed() -> None:
    page = shown(replica=True, targets=[row(title_en=HOSTILE, deadline_printed='"><img src=x onerror=alert(1)>')])
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "facsimiles" in page


def test_live_pages_do_not_say_facsimiles() -> None:
    assert "facsimiles" not in shown()


def test_chinese_pages_are_in_chinese() -> None:
    page = shown("zh")
    assert "已達成" in page
    assert "總覽" in page


@pytest.mark.parametrize("targets", [[], [row()]])
def test_a_source_whose_newest_reading_failed_is_named_with_its_error(targets: list[dict[str, Any]]) -> None:
    page = shown(unread={"press-releases": f"nobody answers {HOSTILE}"}, targets=targets)
    assert "The newest reading failed" in page
    assert "press-releases" in page
    assert "nobody answers &lt;script&gt;" in page
    assert "\u202e" not in page
    assert "reading failed" not in shown(targets=targets)


def test_every_text_of_the_templates_is_there_in_both_languages_and_used() -> None:
    from milestones.reports.wording import words

    folder = Path(__file__).resolve().parents[2] / "milestones/airflow/pages"
    source = "\n".join(f.read_text("utf-8") for f in [*folder.glob("templates/*.jinja"), *folder.glob("*.py")])
    named = set(re.findall(r"""\b(?:t|say)\(\s*["']([a-z_]+\.[a-z_0-9]+)["']""", source))
    assert named <= set(words())
    composed = set(re.findall(r"""\b(?:t|say)\(\s*f?["']([a-z_]+)\.(?:["'] ~|\{)""", source))
    assert {name for name in words() if name not in named and name.partition(".")[0] not in composed} == set()


def test_the_plugin_registers_the_page_and_stays_light() -> None:
    import ast

    source = (Path(__file__).resolve().parents[2] / "plugins/milestones_plugin.py").read_text("utf-8")
    top = {node.module for node in ast.parse(source).body if isinstance(node, ast.ImportFrom)}
    assert top == {"typing", "airflow.plugins_manager"}
