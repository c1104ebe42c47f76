"""How an answer is built, told by features that stay the same from day to day: elements that have an id, their classes, names of fields.

Texts and counts are left out, so that two pages of one layout have (nearly) the same features whatever they say.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from milestones.domain.errors import WrongPage
from milestones.domain.watching import Shape
from milestones.services.ports import Answer
from scrapers.pages import decoded
from scrapers.trees import Element, tree

_NUMBERS = re.compile(r"\d+")


def html_shape(answer: Answer, layout: str) -> Shape:
    """Each id under the nearest id around it, and each class, with the names of their elements, without digits. Empty where it is no page.

    Classes count one by one and places by ids alone, so that one more class or wrapper takes no known feature away.
    """
    try:
        page = tree(decoded(answer.body, answer.headers))
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


def _features(page: Element) -> set[str]:
    found = set()
    for element in page.iter("*"):
        found |= {_NUMBERS.sub("", f"{element.tag}.{name}") for name in element.get("class", "").split()}
        if name := element.get("id"):
            around = next((id_ for e in element.iterancestors() if (id_ := e.get("id")) is not None), None)
            place = f"#{around} > " if around is not None else ""
            found.add(_NUMBERS.sub("", f"{place}{element.tag}#{name}"))
    return found
