"""JSON answers: read strictly, and refused where a wrong encoding has broken them before they reached us."""

import json
from collections.abc import Iterator
from typing import Any

from milestones.domain.errors import WrongPage
from scrapers.pages import require_unbroken

_DEEPEST = 6
_ENOUGH = 50
"""Rows of a list that are looked at: a field that none of them has is gone."""


def json_of(body: bytes) -> Any:
    """What the answer says. WrongPage where it is no JSON, or nested deeper than any real one."""
    try:
        text = body.decode("utf-8-sig")
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongPage(f"the answer is no JSON ({type(error).__name__})") from None
    require_unbroken(text)
    return told


def json_object(body: bytes) -> dict[str, Any]:
    """The same, of an answer that is an object."""
    told = json_of(body)
    if not isinstance(told, dict):
        raise WrongPage("the answer is no JSON object")
    return told


def json_names(body: bytes) -> frozenset[str]:
    """How an answer is built: the names of its fields, with their places (`result.records[].title`). Empty where it is no JSON."""
    try:
        told = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(_names(told, "", _DEEPEST))


def _names(told: Any, place: str, deeper: int) -> Iterator[str]:
    if isinstance(told, dict) and deeper:
        for name, value in told.items():
            yield f"{place}{name}"
            yield from _names(value, f"{place}{name}.", deeper - 1)
    elif isinstance(told, list) and deeper:
        for value in told[:_ENOUGH]:
            yield from _names(value, f"{place.removesuffix('.')}[].", deeper - 1)
