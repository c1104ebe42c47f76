"""Days in English, on folded sentences."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from milestones.detection.calendar_words import Found, made, near, weekday
from milestones.domain.dates import Precision, add_months

_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTHS = "|".join((*_NAMES, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept?", "oct", "nov", "dec"))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = "|".join(_WEEKDAYS)
_RELATIVE = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "with immediate effect": 0,
    "tomorrow": 1,
    "yesterday": -1,
}
_YEARS = {"next": 1, "last": -1, "this": 0}
_OTHER_YEAR = r"(?:the|that)\s(?:same|following|next|previous|preceding)\syear|that\syear|(?:a|one)\syear\s(?:earlier|before|later|after)"
_TAIL = rf"(?:,?\s(?P<year>(?:19|20)\d\d)|\s(?:of\s)?(?P<which>next|last|this)\syear|,?\s(?:(?:of|in)\s)?(?P<told>{_OTHER_YEAR}))?"

_MONTH_DAY = re.compile(
    rf"""
    (?:(?:{"|".join(_RELATIVE)}|(?:(?:next|last|this|coming|on)\s)?(?:{_WEEKDAY})|yesterday\s(?:morning|afternoon|evening))\s*\(\s*)?
    \b(?P<month>{_MONTHS})\.?\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|,\d{{3}}){_TAIL}\b
    (?:,\s[a-z.\s]{{2,30}}\stime)?(?:\s*\))?
    """,
    re.VERBOSE,
)
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTHS})\b{_TAIL}")
_OF_MONTH = re.compile(r"\bthe (?P<nth>first|\d{1,2}(?:st|nd|rd|th)) (?:day )?of (?P<which>last|this|next) month\b")
_WORD = re.compile(rf"(?<!ago )\b(?P<word>{'|'.join(_RELATIVE)}|(?:next|last|this|coming|on) (?:{_WEEKDAY}))\b(?!'s)")
_MONTH_AGO = re.compile(r"\b(?P<which>earlier this|late last|early last|last|this) month\b")
_MONTH = re.compile(rf"\b(?:in|since|of|early|late|mid-) ?(?P<month>{_MONTHS})\b{_TAIL}(?!\s?\d)")
_QUARTER = re.compile(rf"\b(?P<nth>first|second|third|fourth) quarter(?: of)?{_TAIL}")

CUE = re.compile(
    r"\d|to(?:day|night|morrow)|yesterday|day\b|noon|morning|evening|month|quarter|immediate|year|week|recent|previous|following"
    r"|(?:of|in|since|early|late) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|in the past"
)
"""Without one of these there is no day, and nothing more to look for: most sentences end here."""

VAGUE = re.compile(
    r"\b(?:(?:\w+ )?(?:years?|months?|weeks?|days?) ago|last year|earlier this year|recently|in recent (?:years|months)|(?:in|since) (?:19|20)\d\d"
    r"|over the (?:past|last) \w+|previously|in the past"
    r"|(?:the )?(?:following|next|previous) (?:day|week|month|year)|(?:a|one) (?:day|week|month|year) later)\b"
)

_LIMIT = re.compile(
    r"\b(?:as of|as at|by|before|until|till|to|than|deadline (?:is|of|on)|close[sd]? on|clos(?:e|es|ing) (?:date )?(?:for \w+ )?(?:is|on)"
    r"|end(?:s|ing)? on|ends(?: this)?|(?:will|to|shall) end|expir\w+ (?:on|in)|up to|or before|prior to|through)\s(?:the end of )?$"
)
_REPLACED = re.compile(r"\b(?:(?:instead of|rather than|not)\s(?:on\s)?|originally (?:scheduled|planned|set|due)\b[^.,;]*)$")
_ISSUED = re.compile(r"\bpress releases?\b[^.;]{0,110}\b(?:issued|published|released)(?: at [\d.: apm]+)?(?: (?:earlier|on))*\s$")


_REFERS = re.compile(rf"(?:{_OTHER_YEAR})\W*$")
_EARLIER = re.compile(r"previous|preceding|earlier|before")


def years_from(text: str, start: int, end: int) -> int | None:
    """By how many years the day at start to end is told from the one named before it ("in May the same year": 0); None where it is not."""
    refers = _REFERS.search(text, start, end)
    if not refers:
        return None
    return 0 if re.search("same|that year", refers[0]) else -1 if _EARLIER.search(refers[0]) else 1


def is_limit(text: str, start: int, _end: int) -> bool:
    """Whether the day at `start` only closes something."""
    return bool(_LIMIT.search(text[max(0, start - 60) : start]))


def is_replaced(text: str, start: int, _end: int) -> bool:
    """Whether the day at `start` no longer holds, or is that of an earlier release which is being corrected."""
    return bool(_REPLACED.search(text[max(0, start - 60) : start]) or _ISSUED.search(text[max(0, start - 160) : start]))


def in_title(_text: str, _start: int) -> bool:
    """English titles end with their year, which no pattern here takes for a day."""
    return False


def days(text: str, release: date) -> Iterator[Found]:
    """Every day, month and quarter named; spans may overlap."""
    for pattern in (_MONTH_DAY, _DAY_MONTH):
        for m in pattern.finditer(text):
            day = _dated(m, int(m["day"]), release)
            if day:
                yield m.start(), m.end(), day, Precision.DAY
    for m in _OF_MONTH.finditer(text):
        first = add_months(release, _YEARS[m["which"]])
        day = made(first.year, first.month, 1 if m["nth"] == "first" else int(m["nth"][:-2]))
        if day:
            yield m.start(), m.end(), day, Precision.DAY
    for m in _WORD.finditer(text):
        yield m.start(), m.end(), _relative(m["word"], release), Precision.DAY
    yield from _months(text, release)


def _months(text: str, release: date) -> Iterator[Found]:
    for m in _MONTH_AGO.finditer(text):
        yield m.start(), m.end(), add_months(release, -1 if "last" in m["which"] else 0), Precision.MONTH
    for m in _MONTH.finditer(text):
        day = _dated(m, 1, release)
        if day:
            yield m.start(), m.end(), day, Precision.MONTH
    for m in _QUARTER.finditer(text):
        year = int(m["year"] or 0) or release.year + _YEARS.get(m["which"], 0)
        month = ("first", "second", "third", "fourth").index(m["nth"]) * 3 + 1
        yield m.start(), m.end(), date(year, month, 1), Precision.QUARTER


def _dated(m: re.Match[str], day: int, release: date) -> date | None:
    month = next(n for n, name in enumerate(_NAMES, 1) if name.startswith(m["month"][:3]))
    if m["year"]:
        return made(int(m["year"]), month, day)
    return made(release.year + _YEARS[m["which"]], month, day) if m["which"] else near(month, day, release)


def _relative(word: str, release: date) -> date:
    if word in _RELATIVE:
        return release + timedelta(days=_RELATIVE[word])
    which, _, name = word.partition(" ")
    index = _WEEKDAYS.index(name)
    if which == "last":
        return release - timedelta(days=(release.weekday() - index) % 7 or 7)
    return weekday(index, release, 1 if which == "next" else None)
