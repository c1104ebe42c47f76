"""JSON answers: read strictly, and refused where a wrong encoding has broken them before they reached us."""

import json
from typing import Any

from milestones.domain.errors import WrongPage


def json_of(body: bytes) -> Any:
    """What the answer says. WrongPage where it is no JSON, or nested deeper than any real one."""
    try:
        text = body.decode("utf-8-sig")
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongPage(f"the answer is no JSON ({type(error).__name__})") from None
    if "\ufffd" in text:
        raise WrongPage("the answer holds U+FFFD: it was broken by a wrong encoding before it reached us")
    return told


def json_object(body: bytes) -> dict[str, Any]:
    """The same, of an answer that is an object."""
    told = json_of(body)
    if not isinstance(told, dict):
        raise WrongPage("the answer is no JSON object")
    return told
