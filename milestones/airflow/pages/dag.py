"""The tab on each DAG in Airflow: leads to the page that shows what the DAG makes."""

from fastapi import Request
from fastapi.responses import RedirectResponse

from milestones.airflow.pages.frame import frame_of
from milestones.bootstrap import load_settings

_READS = "ingest_"
_PAGES = {"publish": "/review", "project": "/scoreboard", "report": "/subscriptions", "check": "/ledger", "review": "/review"}
"""Where what a DAG makes is to be seen; that of any other DAG is today's work."""


def page(request: Request, name: str) -> RedirectResponse:
    """To the page of the source that the DAG reads, or of what it makes."""
    source = name.removeprefix(_READS).replace("_", "-") if name.startswith(_READS) else ""
    path = f"/sources/{source}" if source in load_settings().sources else "/sources" if source else _PAGES.get(name, "/")
    return RedirectResponse(frame_of(request).href(path), status_code=303)
