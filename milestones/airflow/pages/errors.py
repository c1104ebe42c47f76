"""What a page says where it cannot be shown: one line that says what to do, in the frame of all pages, and nothing of the ledger."""

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException as AnyHTTPException

from milestones.airflow.pages.frame import frame_of, show
from milestones.domain.errors import MilestonesError
from milestones.reports.wording import say

_NAMED = {401: "login", 403: "forbidden", 404: "missing", 405: "missing"}


def answer_errors(app: FastAPI) -> None:
    """Has every error of the application answered with a page. What nobody foresaw still goes into the log of Airflow's api-server."""
    app.add_exception_handler(AnyHTTPException, _refused)
    app.add_exception_handler(MilestonesError, _unready)
    app.add_exception_handler(Exception, _unforeseen)


def _refused(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, HTTPException | AnyHTTPException)  # noqa: S101  # it is registered for these
    name = _NAMED.get(error.status_code, "refused")
    detail = "" if name in {"login", "missing"} else str(error.detail)
    return _page(request, error.status_code, name, detail)


def _unready(request: Request, error: Exception) -> HTMLResponse:
    return _page(request, 503, "unready", str(error))


def _unforeseen(request: Request, _error: Exception) -> HTMLResponse:
    return _page(request, 500, "unforeseen", "")


def _page(request: Request, status: int, name: str, detail: str) -> HTMLResponse:
    frame = frame_of(request)
    return show(
        frame,
        "error.html.jinja",
        None,
        status=status,
        heading=say(f"error.{name}", frame.language),
        what_to_do=say(f"error.{name}_do", frame.language),
        detail=detail,
        login=f"{frame.root.rpartition('/')[0]}/auth/login" if name == "login" else "",
    )
