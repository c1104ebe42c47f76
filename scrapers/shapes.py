"""How an answer is built, told by features that stay the same from day to day: elements that have an id, their classes, names of fields.

Texts and counts are left out, so that two pages of one layout have (nearly) the same features whatever they say.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup

from milestones.domain.errors import WrongPage
from milestones.domain.watching import Shape
from milestones.services.ports import Answer
from scrapers.pages import decoded, parsed

_NUMBERS = re.compile(r"\d+")


def html_shape(answer: Answer, layout: str) -> Shape:
    """Each element with an id or class, as `parent > tag#id.class`; digits are left out. Empty where the answer is no page."""
    try:
        page = parsed(decoded(answer.body, answer.headers))
    except WrongPage:
        return Shape(layout, frozenset())
    return Shape(layout, frozenset(_features(page)))


def json_shape(answer: Answer, layout: str, rows: str = "value") -> Shape:
    """The names of the answer's fields and of its rows' fields. Empty where the answer is no JSON object."""
    try:
        told = json.loads(answer.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Shape(layout, frozenset())
    if not isinstance(told, Mapping):
        return Shape(layout, frozenset())
    listed = told.get(rows)
    first: Any = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], Mapping) else {}
    return Shape(layout, frozenset([*(str(k) for k in told if k != "odata.nextLink"), *(f"{rows}.{k}" for k in first)]))


def _features(page: BeautifulSoup) -> set[str]:
    return {
        f"{_name(element.parent)} > {_name(element)}"
        for element in page.find_all(True)
        if (element.get("id") or element.get("class")) and element.parent is not None
    }


def _name(element: Any) -> str:
    marks = [f"#{element.get('id')}"] if element.get("id") else []
    marks += [f".{c}" for c in sorted(element.get("class") or [])]
    return _NUMBERS.sub("", element.name + "".join(marks))
