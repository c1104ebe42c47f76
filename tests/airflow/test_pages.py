"""The pages show nothing without a login, and nothing that a scraped text could do harm with."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.airflow.pages import Spoil


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


def test_live_pages_do_not_say_facsimiles(signed_in: Any, spoiled: Spoil) -> None:
    from milestones.bootstrap import open_monitor

    spoiled({})
    with open_monitor() as monitor:
        assert monitor.origin == "live"
    for path in ("", "scoreboard", "out"):
        assert "facsimiles" not in signed_in.get(f"/behind/milestones/{path}").text


def test_pages_of_a_replica_say_that_it_is_one(signed_in: Any, spoiled: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILESTONES_MIRROR", "http://127.0.0.1:9")
    spoiled({})
    for path in ("", "scoreboard"):
        assert "facsimiles" in signed_in.get(f"/behind/milestones/{path}").text


def test_whoever_runs_it_may_be_told_of_an_error(signed_in: Any, spoiled: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    spoiled({})
    assert "Something wrong?" not in signed_in.get("/behind/milestones/").text
    monkeypatch.setenv("MILESTONES_CONTACT", "<b>team@example.org</b>")
    page = signed_in.get("/behind/milestones/").text
    assert "Something wrong? Tell &lt;b&gt;team@example.org&lt;/b&gt;." in page


def test_without_a_ledger_one_line_says_what_to_do(signed_in: Any, tmp_path: Path) -> None:
    answer = signed_in.get("/behind/milestones/")
    assert answer.status_code == 503
    assert "The record cannot be shown now" in answer.text
    assert "MILESTONES_HOME" in answer.text
    assert list(tmp_path.iterdir()) == [], "looking makes no ledger"


def test_errors_are_pages_too_and_tell_nothing_of_what_went_wrong_inside(signed_in: Any, spoiled: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi.testclient import TestClient

    spoiled({})
    missing = signed_in.get("/behind/milestones/nothing?lang=zh")
    assert missing.status_code == 404
    assert "找不到此頁" in missing.text
    assert missing.headers["content-security-policy"]
    monkeypatch.setattr("milestones.airflow.pages.today.footing", lambda _: 1 / 0)
    unforeseen = TestClient(signed_in.app, raise_server_exceptions=False).get("/behind/milestones/")
    assert unforeseen.status_code == 500
    assert "Something unforeseen" in unforeseen.text
    assert "division" not in unforeseen.text


def test_whoever_is_not_logged_in_is_told_where_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from milestones.airflow.pages import application

    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    outer = FastAPI(root_path="/behind")
    outer.mount("/milestones", application())
    answer = TestClient(outer).get("/behind/milestones/")
    assert answer.status_code == 401
    assert 'href="/behind/auth/login"' in answer.text


@pytest.mark.parametrize(("header", "inside"), [("iframe", True), ("document", False), (None, True)])
def test_an_address_is_named_where_the_frame_cannot_open_it(signed_in: Any, header: str | None, inside: bool) -> None:
    from fastapi import Request

    from milestones.airflow.pages.frame import frame_of

    headers = [(b"sec-fetch-dest", header.encode())] if header else []
    scope = {"type": "http", "headers": headers, "query_string": b"", "path": "/milestones/", "root_path": "/milestones"}
    assert frame_of(Request(scope)).framed is inside
    page = signed_in.get("/behind/milestones/out", params={"to": "https://www.info.gov.hk/gia/general/202412/18/P2024121800001.htm"}).text
    assert 'value="https://www.info.gov.hk/gia/general/202412/18/P2024121800001.htm"' in page
    for hostile in ("javascript:alert(1)", 'https://a.example/"onclick=', "data:text/html,x", "//a.example"):
        page = signed_in.get("/behind/milestones/out", params={"to": hostile}).text
        assert "This is no address of a web page" in page
        assert "alert" not in page.partition("<main")[2]


@pytest.mark.parametrize(
    ("dag", "path"),
    [("ingest_press_releases", "/sources/press-releases"), ("ingest_history", "/sources"), ("publish", "/review"), ("deadlines", "/")],
)
def test_the_tab_of_a_dag_leads_to_what_it_makes(signed_in: Any, dag: str, path: str) -> None:
    answer = signed_in.get(f"/behind/milestones/dag/{dag}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/behind/milestones{path}"


def test_every_text_of_the_templates_is_there_in_both_languages_and_used() -> None:
    from milestones.reports.wording import words

    folder = Path(__file__).resolve().parents[2] / "milestones"
    source = "\n".join(f.read_text("utf-8") for f in [*folder.rglob("*.jinja"), *folder.rglob("*.py")])
    named = set(re.findall(r"""\b(?:t|say)\(\s*["']([a-z_]+\.[a-z_0-9]+)["']""", source))
    assert named <= set(words())
    composed = set(re.findall(r"""\b(?:t|say)\(\s*f?["']([a-z_]+)\.(?:["'] ~|\{)""", source))
    chosen = {name for name in words() if f'else "{name}"' in source}  # the second of two, `say("a" if so else "b")`
    assert {name for name in words() if name not in named | chosen and name.partition(".")[0] not in composed} == set()


def test_the_plugin_registers_the_page_and_stays_light() -> None:
    import ast

    source = (Path(__file__).resolve().parents[2] / "plugins/milestones_plugin.py").read_text("utf-8")
    top = {node.module for node in ast.parse(source).body if isinstance(node, ast.ImportFrom)}
    assert top == {"typing", "airflow.plugins_manager", "milestones.airflow.timetable"}


def test_the_views_that_the_plugin_registers_hold_behind_a_prefix_and_lead_to_pages() -> None:
    from airflow.api_fastapi.core_api.datamodels.plugins import ExternalViewResponse

    from milestones.airflow.pages.app import ROUTES
    from plugins.milestones_plugin import MilestonesPlugin

    views = [ExternalViewResponse(**view) for view in MilestonesPlugin.external_views]
    assert len({view.url_route for view in views}) == len(views), "the second of a name would be left out"
    for view in views:
        mount, _, path = view.href.partition("/")
        assert mount == "milestones", "relative to the base of Airflow's document"
        assert ("GET", "/" + path.replace("{DAG_ID}", "{name}")) in {(method, path) for method, path, _ in ROUTES}
