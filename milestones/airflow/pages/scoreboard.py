"""The scoreboard: every target of every commitment, in the order of the policy document."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from milestones.airflow.pages.desk import monitor
from milestones.airflow.pages.frame import Frame, frame_of, show
from milestones.domain.events import Origin


def page(request: Request) -> HTMLResponse:
    """The whole scoreboard."""
    desk, frame = monitor(), frame_of(request)
    commitments = {row["commitment"]: row for row in desk.read_tables.rows("read_commitment")}
    return render(
        frame,
        targets=sorted(desk.read_tables.rows("read_target"), key=lambda t: (commitments[t["commitment"]]["place"], t["place"])),
        titles={key: row[f"title_{frame.language}"] for key, row in commitments.items()},
        position=desk.read_tables.position(),
        origin=desk.origin,
        unread={t.source: t.line() for t in desk.in_trouble()},
    )


def render(
    frame: Frame, *, targets: list[dict[str, Any]], titles: dict[str, str], position: int, origin: Origin, unread: dict[str, str]
) -> HTMLResponse:
    """The page; `unread`: per source in trouble, why and what rests on it."""
    as_of_on = targets[0]["as_of_on"] if targets else ""
    return show(frame, "scoreboard.html.jinja", origin=origin, position=position, as_of_on=as_of_on, targets=targets, titles=titles, unread=unread)
