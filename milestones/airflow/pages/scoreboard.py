"""The scoreboard: every target of every commitment, in the order of the policy document."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.frame import Footing, Frame, frame_of, show


def page(request: Request) -> HTMLResponse:
    """The whole scoreboard."""
    desk, frame = monitor(), frame_of(request)
    commitments = {row["commitment"]: row for row in desk.read_tables.rows("read_commitment")}
    return render(
        frame,
        footing(desk),
        targets=sorted(desk.read_tables.rows("read_target"), key=lambda t: (commitments[t["commitment"]]["place"], t["place"])),
        titles={key: row[f"title_{frame.language}"] for key, row in commitments.items()},
        unread={t.source: t.line() for t in desk.in_trouble()},
    )


def render(frame: Frame, footing: Footing, *, targets: list[dict[str, Any]], titles: dict[str, str], unread: dict[str, str]) -> HTMLResponse:
    """The page; `unread`: per source in trouble, why and what rests on it."""
    return show(frame, "scoreboard.html.jinja", footing, targets=targets, titles=titles, unread=unread)
