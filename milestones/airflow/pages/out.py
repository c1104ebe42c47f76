"""The way out: names a publisher's address for those who look inside Airflow's frame, which may open neither other sites nor windows."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from milestones.airflow.pages.frame import frame_of, show
from milestones.reports.words import official


def page(request: Request, to: str = "") -> HTMLResponse:
    """The page; an address that is not of a web page is not shown."""
    return show(frame_of(request), "out.html.jinja", None, address=official(to))
