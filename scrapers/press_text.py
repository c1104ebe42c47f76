"""The text of a press release: its printed lines up to the foot that names day and minute of issue, and whether all of the text is there.

Two checks make a lost paragraph loud. Of 228 real releases, every one begins as the page's own description of itself does, and none has an
indented paragraph outside the element that holds the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from milestones.domain.dates import HKT
from milestones.domain.errors import WrongPage
from scrapers.pages import clean, narrow
from scrapers.trees import Element, tree_lines

_FOOT_EN = re.compile(r"^Ends\s*/\s*\w+,\s*(\w+)\s+(\d{1,2}),\s*(\d{4})")
_ISSUED_EN = re.compile(r"Issued at HKT\s*(\d{1,2}):(\d{2})")
_DAY_ZH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ISSUED_ZH = re.compile(r"香港[時时][間间]\s*(\d{1,2})[時时](\d{1,2})分")
_FOOT_LINES = 12
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_BREAKS = re.compile(
    r"(?P<stars>[*＊]{5,})"  # the row under the headline of 2012, on the same line of the source
    r"|(?<=[。！？」』）\s])完\s*+(?=[0-9０-９]{4}年[^。]{0,20}香港)"  # the foot of 2012
    r"|(?<=[。！？：；」』）.!?:;\"”)])(?:\u3000{2,}+|\xa0[ \xa0]{3,}+)(?=\S)"  # an indentation after a sentence
)
_MARKS = ("*", "＊", "完", "\u3000\u3000", "\xa0\xa0", "\xa0 ")
"""A line without any of these within has no such place: nine of ten, which to search with the pattern takes half of the time of a page."""

_BLANK = " \t\r\n\xa0\u3000"
_INDENTED = re.compile(r"[ \t\r\n]*+(?:\u3000{2,}|\xa0[ \xa0]{3,})")
_LONG = 60
"""Characters of a line outside the text that make it a paragraph and no label."""

_OPENING = 40
"""Characters of the description that are looked for; its end is cut anywhere."""


@dataclass(frozen=True, slots=True)
class Foot:
    """Where the body ends, in which language the foot is, and the minute that it names."""

    begins: int
    language: str
    published_at: datetime


def printed_lines(root: Element) -> list[str]:
    """The lines of the text as printed, without empty ones."""
    parts = [part for line in tree_lines(root) for part in _split(line)]
    return [line for line in map(clean, parts) if line]


def foot_of(text: list[str]) -> Foot:
    """The last place where a foot begins: its first word also occurs in sentences. WrongPage where there is none."""
    for at in range(len(text) - 1, max(len(text) - _FOOT_LINES, 0) - 1, -1):
        tail = narrow(" ".join(text[at : at + _FOOT_LINES]))
        if (day := _FOOT_EN.match(tail)) and (minute := _ISSUED_EN.search(tail)) and day[1] in _MONTHS:
            return Foot(at, "en", _instant(int(day[3]), _MONTHS.index(day[1]) + 1, int(day[2]), minute))
        if narrow(text[at]) == "完" and (day := _DAY_ZH.search(tail)) and (minute := _ISSUED_ZH.search(tail)):
            return Foot(at, "zh", _instant(int(day[1]), int(day[2]), int(day[3]), minute))
    raise WrongPage("no foot with day and minute of issue: the page is cut")


def require_all(page: Element, root: Element, text: list[str]) -> None:
    """WrongPage where a part of the release stands outside the element that holds its text."""
    description = page.find(".//meta[@name='description']")
    opening = _dense(clean(description.get("content", "") if description is not None else "")).rstrip(".…")[:_OPENING]
    if opening and opening not in _dense("".join(text)):
        raise WrongPage("the text does not begin as the page's description says: a part of it stands elsewhere")
    outside = [line for element in _outside(root) for line in tree_lines(element) if _INDENTED.match(line) and len(clean(line)) > _LONG]
    if outside:
        raise WrongPage(f"a paragraph stands outside #pressrelease: {clean(outside[0])[:80]!r}")


def _outside(root: Element) -> Iterator[Element]:
    """The elements that hold everything of the page's body but the text: all brothers and sisters of the text and of what it stands in."""
    inner = root
    while inner is not None and inner.tag != "body":
        yield from inner.itersiblings("*", preceding=True)
        yield from inner.itersiblings("*")
        inner = inner.getparent()


def _dense(text: str) -> str:
    return "".join(text.split())


def _split(line: str) -> list[str]:
    """A browser's line as printed lines: what old pages separate by stars, a foot or an indentation, without any tag."""
    if not any(mark in line.strip(_BLANK) for mark in _MARKS):
        return [line]
    parts, at = [], 0
    for found in _BREAKS.finditer(line):
        parts += [line[at : found.start()], found[0]]
        at = found.end()
    return [*parts, line[at:]]


def _instant(year: int, month: int, day: int, minute: re.Match[str]) -> datetime:
    try:
        return datetime(year, month, day, int(minute[1]) % 24, int(minute[2]), tzinfo=HKT)
    except ValueError as error:
        raise WrongPage(f"the foot names an impossible instant: {error}") from None
