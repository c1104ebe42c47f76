"""The Milestones pages: a small web application inside Airflow's api-server, behind Airflow's login.

Airflow mounts a plugin's application without asking for a login, so every route here asks itself. The login lies in a cookie that scripts of the
same origin can read: no page has a script, everything scraped is escaped, and the content policy forbids what escaping might miss.
"""

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from milestones.bootstrap import open_monitor
from milestones.domain.events import Origin
from milestones.reports.words import plain

FOLDER = Path(__file__).with_name("templates")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@cache
def application() -> FastAPI:
    """The application, made at the first request: most of Airflow's processes never serve one."""
    from airflow.api_fastapi.core_api.security import get_user  # not a documented path; tests/airflow/test_pages.py holds it

    app = FastAPI(dependencies=[Depends(get_user)], docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route("/", scoreboard, response_class=HTMLResponse)
    app.add_api_route("/style.css", style, response_class=Response)
    return app


def scoreboard() -> HTMLResponse:
    """Every target of every commitment, in the order of the policy document."""
    with open_monitor() as monitor:
        commitments = {row["commitment"]: row for row in monitor.read_tables.rows("read_commitment")}
        page = render(
            targets=sorted(monitor.read_tables.rows("read_target"), key=lambda t: (commitments[t["commitment"]]["place"], t["place"])),
            titles={key: row["title_en"] for key, row in commitments.items()},
            position=monitor.read_tables.position(),
            facsimiles=monitor.origin is Origin.REPLICA,
            unread=monitor.captures.last_errors(),
        )
    return HTMLResponse(page, headers=HEADERS)


def render(*, targets: list[dict[str, Any]], titles: dict[str, str], position: int, facsimiles: bool, unread: dict[str, str]) -> str:
    """The page as text; `unread`: per source whose newest fetch failed, the error."""
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.filters["plain"] = plain
    return environment.get_template("scoreboard.html.jinja").render(
        targets=targets, titles=titles, position=position, facsimiles=facsimiles, unread=unread
    )


def style() -> Response:
    """The one style sheet."""
    return Response((FOLDER / "style.css").read_text("utf-8"), media_type="text/css", headers=HEADERS)
