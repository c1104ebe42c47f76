"""The brief of a commitment, one printable page without the frame: what `milestones report brief` writes.

It folds the whole ledger, as that command does, so it takes seconds where there are very many events. Its style stands in it, so that it can be
kept as one file; the content policy names that style by its digest and allows nothing else.
"""

import base64
import re
from hashlib import sha256

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse

from milestones.airflow.pages.desk import monitor
from milestones.airflow.pages.frame import HEADERS, frame_of
from milestones.bootstrap.telling import Telling
from milestones.domain.errors import RegistryError

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def page(request: Request, name: str) -> HTMLResponse:
    """The brief in the reader's language. Raises 404 where there is no such commitment."""
    try:
        html = Telling(monitor()).brief(name, frame_of(request).language).html
    except RegistryError as error:
        raise HTTPException(404, str(error)) from None
    return HTMLResponse(
        html, headers=HEADERS | {"Content-Security-Policy": f"default-src 'none'; style-src {_digests(html)}; frame-ancestors 'self'"}
    )


def _digests(html: str) -> str:
    """The styles of a page as a content policy names them; scraped text is escaped and has none."""
    return " ".join(f"'sha256-{base64.b64encode(sha256(style.encode()).digest()).decode()}'" for style in _STYLE.findall(html)) or "'none'"
