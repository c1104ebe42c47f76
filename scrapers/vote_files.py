"""The file of a meeting's votes (`cm_vote_YYYYMMDD.xml`), read into the same rows that the database gives.

UTF-8 with a byte order mark; days as `05/06/2013`. A file that declares a document type or entities is refused before it is parsed.
"""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

from milestones.domain.errors import WrongPage
from scrapers.pages import require_few_attributes, require_unbroken

_LARGEST = 5_000_000
_DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DEEPEST = 20
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_TEXTS = {"motion_en": "motion-en", "motion_ch": "motion-ch", "mover_en": "mover-en", "mover_ch": "mover-ch"}
_GROUPS = {"overall": "overall", "gc": "geographical-constituency", "fc": "functional-constituency"}
_COUNTS = ("present", "vote", "yes", "no", "abstain")
_COUNT_TAGS = tuple(f"{count}-count" for count in _COUNTS)


def read_vote_file(body: bytes) -> list[dict[str, Any]]:
    """A row for each vote, without the members. WrongPage where the file is none, or has a day or number that is none."""
    root = _parsed(body)
    votes = [(meeting, vote) for meeting in root.iter("meeting") for vote in meeting.iter("vote") if "number" in vote.attrib]
    if root.tag != "legcohk-vote" or not votes:
        raise WrongPage("this is no file of votes in the Legislative Council")
    return [_row(meeting, vote) for meeting, vote in votes]


def _parsed(body: bytes) -> ElementTree.Element:
    if len(body) > _LARGEST:
        raise WrongPage(f"the file has {len(body)} bytes, more than any real one")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongPage("the file is not in UTF-8") from None
    require_unbroken(text)
    require_few_attributes(text)
    if _DECLARES.search(text):
        raise WrongPage("the file declares a document type or entities, which votes need none of")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - declarations, which all known attacks need, were refused above
    except ElementTree.ParseError as error:
        raise WrongPage(f"the file is no XML: {error}") from None
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    if level:
        raise WrongPage(f"the file nests more than {_DEEPEST} elements")
    return root


def _row(meeting: ElementTree.Element, vote: ElementTree.Element) -> dict[str, Any]:
    number = vote.get("number", "")
    if not (number.isascii() and number.isdigit()):
        raise WrongPage(f"a vote has the number {number[:20]!r}")
    if gone := [tag for tag in ("vote-summary", *_TEXTS.values()) if vote.find(tag) is None]:
        raise WrongPage(f"a vote has no {gone[0]}: the file is made in a new way")
    row: dict[str, Any] = {name: _text(vote, tag) for name, tag in _TEXTS.items()}
    row |= {"type": meeting.get("type", ""), "vote_number": int(number), "vote_date": _day(_text(vote, "vote-date"))}
    for group, tag in _GROUPS.items():
        told = f"vote-summary/{tag}"
        if (group_told := vote.find(told)) is not None and any(group_told.find(name) is None for name in ("result", *_COUNT_TAGS)):
            raise WrongPage(f"the count of a vote ({tag}) is incomplete: the file is made in a new way")
        row[f"{group}_result"] = _text(vote, f"{told}/result")
        for count in _COUNTS:
            printed = _text(vote, f"{told}/{count}-count")
            row[f"{group}_{count}_count"] = int(printed) if printed.isascii() and printed.isdigit() else None
    return row


def _text(element: ElementTree.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _day(printed: str) -> str:
    found = _DAY.fullmatch(printed)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else ""
    except ValueError:
        return ""
