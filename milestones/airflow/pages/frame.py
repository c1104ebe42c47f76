"""What every page has around it: language, navigation, notices, headers; and the one way to make HTML of a model.

A page is shown inside Airflow in a frame that may not open other sites or windows, so links to publishers lead to a page that names the
address there (`Frame.framed`), and straight out elsewhere. All addresses begin with where Airflow is mounted, also behind a prefix.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from milestones.domain.dates import HKT
from milestones.domain.events import Origin
from milestones.reports.wording import say
from milestones.reports.words import official, plain

TEMPLATES = Path(__file__).with_name("templates")
LANGUAGES = ("en", "zh")
COOKIE = "milestones_language"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # nothing to publishers; under `no-referrer` a browser would not say where a form comes from either
    "Cache-Control": "no-store",
}
PAGES = (
    ("today", "/"),
    ("scoreboard", "/scoreboard"),
    ("timeline", "/timeline"),
    ("review", "/review"),
    ("sources", "/sources"),
    ("ledger", "/ledger"),
)
"""Name and path of each page of the navigation, in its order: today, scoreboard, timeline, review, sources, ledger, subscriptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a page needs to know of its request. `root` is where the pages are mounted, without a slash at its end."""

    language: str
    root: str
    path: str
    query: Mapping[str, str]
    framed: bool

    def is_at(self, path: str) -> bool:
        """Whether this page is the one at a path of the navigation, or stands below it."""
        return self.path == path or (path != "/" and self.path.startswith(f"{path}/"))

    def href(self, path: str, **query: object) -> str:
        """The address of a page of ours; values of None are left out."""
        asked = {k: v for k, v in query.items() if v is not None}
        return f"{self.root}{path}" + (f"?{urlencode(asked)}" if asked else "")

    def other_language(self) -> str:
        """The same page in the other language."""
        return self.href(self.path, **{**self.query, "lang": "en" if self.language == "zh" else "zh"})

    def out(self, url: str) -> str:
        """A link to a publisher's page, or to where its address is told; empty where it is no address of a web page."""
        address = official(url)
        return self.href("/out", to=address) if address and self.framed else address


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What the facts of a page rest on: where the ledger comes from, its position and day; and whom to tell of an error, if anybody is named."""

    origin: Origin
    position: int
    as_of_on: str
    contact: str | None


def frame_of(request: Request) -> Frame:
    """The frame of a request: language by `?lang=`, else the cookie, else what the browser asks for."""
    asked = [request.query_params.get("lang"), request.cookies.get(COOKIE), request.headers.get("accept-language", "")[:2].lower()]
    root = request.scope.get("root_path", "").rstrip("/")
    return Frame(
        language=next((a for a in asked if a in LANGUAGES), "en"),
        root=root,
        path=request.scope["path"].removeprefix(root) or "/",
        query={k: v for k, v in request.query_params.items() if k != "lang"},
        framed=request.headers.get("sec-fetch-dest") != "document",  # over plain http a browser does not say; the way round is safe in both
    )


def show(frame: Frame, template: str, footing: Footing | None, *, status: int = 200, **model: Any) -> HTMLResponse:
    """A page as an answer; whoever chose a language keeps it. Without a `footing` it tells nothing of the ledger."""
    html = _environment().get_template(template).render(frame=frame, footing=footing, pages=PAGES, **model)
    answer = HTMLResponse(html, status_code=status, headers=HEADERS)
    answer.set_cookie(COOKIE, frame.language, max_age=31_536_000, path=frame.root or "/", httponly=True, samesite="lax")
    return answer


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["plain"] = plain
    environment.filters["hk"] = _hk
    environment.globals["t"] = _say
    environment.globals["is_replica"] = lambda origin: origin is Origin.REPLICA
    return environment


def _hk(instant: datetime | None) -> str:
    return f"{instant.astimezone(HKT):%Y-%m-%d %H:%M}" if instant else ""


@pass_context
def _say(context: Context, name: str, **values: object) -> str:
    return say(name, context["frame"].language, **values)
