"""Great Expectations' Data Docs, as the checks left them under home: files without scripts, sent so that none could run either."""

import re
from collections.abc import Sequence
from pathlib import Path

from fastapi import HTTPException
from fastapi.responses import HTMLResponse

from expectations.data_docs import BATCHES, FOLDER
from milestones.airflow.pages.frame import HEADERS
from milestones.bootstrap import load_settings

_SAFE = HEADERS | {
    # the origin stays, so that links between the pages carry the login; scripts, forms and windows are not allowed
    "Content-Security-Policy": "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"
}


def page(batch: str, name: str) -> HTMLResponse:
    """One page: of what was asked together, by name; `index.html` names the others."""
    file = _folder() / batch / name
    if batch not in BATCHES or not re.fullmatch(r"[a-z_]+\.html", name) or not file.is_file():
        raise HTTPException(404)
    return HTMLResponse(file.read_bytes(), headers=_SAFE)


def batches() -> Sequence[str]:
    """What there are Data Docs of by now."""
    return [batch for batch in BATCHES if (_folder() / batch / "index.html").is_file()]


def _folder() -> Path:
    return load_settings().home / FOLDER
