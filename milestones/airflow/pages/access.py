"""Who looks, and who may change something: asked of whatever auth manager Airflow runs with.

Whoever may edit the DAG that publishes may review what it holds. What is sent must come from a page of ours and carry a token made for that
person, so that another site cannot make a browser send it.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, HTTPException, Request

from milestones.reports.words import visible

EDITED_DAG = "publish"

LARGEST_FORM = 65_536
"""Bytes of a form; the longest that a page of ours sends has some 10,000."""


def user_of(request: Request) -> Any:
    """Whom Airflow let in; `app.application` keeps it for us."""
    return request.state.milestones_user


def name_of(user: Any) -> str:
    """The name by which Airflow knows somebody."""
    return str(user.get_name())[:200]


def may_edit(user: Any) -> bool:
    """Whether this user may review and record."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails

    return bool(get_auth_manager().is_authorized_dag(method="PUT", details=DagDetails(id=EDITED_DAG), user=user))


def token_for(user: Any) -> str:
    """What a form of this user must send back. Hex."""
    return hmac.new(_secret(), f"milestones:{name_of(user)}".encode(), sha256).hexdigest()


async def _form(request: Request) -> Mapping[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415, "A form of these pages was expected.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, f"A form has at most {LARGEST_FORM} bytes.")
    try:
        return {name: visible(value).strip() for name, value in parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=50)}
    except ValueError:
        raise HTTPException(400, "This is no form of these pages.") from None


def editor_form(request: Request, form: Annotated[Mapping[str, str], Depends(_form)]) -> Mapping[str, str]:
    """The fields of a form, each in one line. Raises 403 unless it comes from a page of ours and its sender may edit."""
    user = user_of(request)
    if not may_edit(user):
        raise HTTPException(403, "You may look, but not review. Ask whoever runs this Airflow for a role that may edit the DAG `publish`.")
    if not _is_ours(request) or not hmac.compare_digest(form.get("token", "").encode(), token_for(user).encode()):
        raise HTTPException(403, "This form does not come from the page as you see it now. Open the page again, and send it from there.")
    return form


def _is_ours(request: Request) -> bool:
    """Whether no header says that another site made the browser send this. Programs send neither; they are held by the token."""
    site = request.headers.get("sec-fetch-site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _secret() -> bytes:
    from airflow.configuration import conf

    return str(conf.get("api", "secret_key")).encode()
