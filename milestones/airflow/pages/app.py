"""The application that Airflow mounts at /milestones, and its routes.

Airflow mounts a plugin's application without asking for a login, so every route here asks itself. The login lies in a cookie that scripts of
the same origin can read: scripts are files of our own alone, everything scraped is escaped, and the content policy forbids what that might miss.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from milestones.airflow.pages import brief, commitment, dag, data_docs, ledger, out, recording, review, scoreboard, sources, timeline, today
from milestones.airflow.pages.errors import answer_errors
from milestones.airflow.pages.frame import HEADERS

STATIC = Path(__file__).with_name("static")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "/", today.page),
    ("GET", "/scoreboard", scoreboard.page),
    ("GET", "/timeline", timeline.page),
    ("GET", "/commitment/{name:path}", commitment.page),
    ("GET", "/brief/{name:path}", brief.page),
    ("GET", "/review", review.page),
    ("GET", "/review/{name}", review.case),
    ("POST", "/review/{name}", review.decide),
    ("GET", "/record", recording.page),
    ("POST", "/record", recording.preview),
    ("POST", "/record/save", recording.save),
    ("GET", "/sources", sources.page),
    ("GET", "/sources/{name}", sources.one),
    ("GET", "/ledger", ledger.page),
    ("GET", "/ledger/checkpoint/{size}", ledger.checkpoint),
    ("GET", "/data-docs/{batch}/{name}", data_docs.page),
    ("GET", "/out", out.page),
    ("GET", "/dag/{name}", dag.page),
)
"""Method, path and function of every page. Each has a line here, and in `frame.PAGES` where it stands in the navigation."""


@cache
def application() -> FastAPI:
    """The application, made at the first request: most of Airflow's processes never serve one."""
    from airflow.api_fastapi.core_api.security import get_user  # not a documented path; tests/airflow/test_pages.py holds it

    async def known(request: Request, user: Annotated[Any, Depends(get_user)]) -> None:
        request.state.milestones_user = user  # for `access`: whoever was let in is not asked a second time

    app = FastAPI(dependencies=[Depends(known)], docs_url=None, redoc_url=None, openapi_url=None)
    for method, path, page in ROUTES:
        app.add_api_route(path, page, methods=[method], response_class=HTMLResponse)
    answer_errors(app)
    app.add_api_route("/static/{name}", static, response_class=Response)
    return app


def static(name: str) -> Response:
    """A file of the pages' own: style sheet, script."""
    file = STATIC / name
    if file.parent != STATIC or file.suffix not in _TYPES or not file.is_file():
        raise HTTPException(404)
    return Response(file.read_bytes(), media_type=_TYPES[file.suffix], headers=HEADERS | {"Cache-Control": "max-age=3600"})
