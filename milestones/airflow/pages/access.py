"""Who looks, and who may change something: asked of whatever auth manager Airflow runs with.

Whoever may edit the DAG that publishes may review what it holds. What is sent must carry a token made for that person, so that another site
cannot make a browser send it.
"""

import hmac
from hashlib import sha256
from typing import Any

from fastapi import HTTPException, Request

EDITED_DAG = "publish"


async def user_of(request: Request) -> Any:
    """The user of a request. Raises 401 through Airflow."""
    from airflow.api_fastapi.core_api.security import get_user

    return await get_user(request, None, _bearer(request))


def name_of(user: Any) -> str:
    """The name by which Airflow knows somebody."""
    return str(user.get_name())


def may_edit(user: Any) -> bool:
    """Whether this user may review and record."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails

    return bool(get_auth_manager().is_authorized_dag(method="PUT", details=DagDetails(id=EDITED_DAG), user=user))


def token_for(user: Any) -> str:
    """What a form of this user must send back. Hex."""
    return hmac.new(_secret(), f"milestones:{name_of(user)}".encode(), sha256).hexdigest()


def require_editor(user: Any, token: str) -> None:
    """Raises 403 unless the user may edit and the form is one of ours."""
    if not may_edit(user) or not hmac.compare_digest(token, token_for(user)):
        raise HTTPException(403, "You may look, but not review. Ask whoever runs this Airflow for a role that may edit the DAG `publish`.")


def _secret() -> bytes:
    from airflow.configuration import conf

    return str(conf.get("api", "secret_key")).encode()


def _bearer(request: Request) -> Any:
    from fastapi.security import HTTPAuthorizationCredentials

    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    return HTTPAuthorizationCredentials(scheme=scheme, credentials=credentials) if credentials else None
