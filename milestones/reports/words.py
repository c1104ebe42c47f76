"""How days, numbers and scraped words are written in an English report.

Scraped text is hostile: `plain` takes out what could reorder or hide the words around it, `official` lets no address pass that is
not a web page. Escaping is the template's.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from milestones.domain.dates import Interval, Precision
from milestones.domain.documents import Figure
from milestones.domain.vocabulary import Label

LONGEST = 600
"""Characters of one scraped text; the ledger's quotes have at most 300, and the longest address met has some 250."""

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_QUARTERS = ("first", "second", "third", "fourth")


def visible(text: str) -> str:
    """One line without control characters, direction marks or zero-width characters."""
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)


def plain(text: str) -> str:
    """`visible` with its spaces folded, cut at 600."""
    line = " ".join(visible(text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def official(url: str) -> str:
    """The address, if it is that of a web page and nothing else; otherwise empty."""
    if len(url) > LONGEST or any(c.isspace() or not c.isprintable() or c in '"<>\\`' for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else ""


def day(value: date | None) -> str:
    """`3 December 2025`; says so where there is none."""
    return f"{value.day} {value:%B %Y}" if value else "day not stated"


def stated(value: date | None, precision: Precision) -> str:
    """A day as exactly as it was stated: `third quarter of 2025`."""
    if value is None:
        return "day not stated"
    match precision:
        case Precision.YEAR:
            return f"{value.year}"
        case Precision.HALF:
            return f"{'first' if value.month <= 6 else 'second'} half of {value.year}"
        case Precision.QUARTER:
            return f"{_QUARTERS[(value.month - 1) // 3]} quarter of {value.year}"
        case Precision.MONTH:
            return f"{value:%B %Y}"
        case _:
            return day(value)


def period(value: Interval) -> str:
    """`17 to 24 November 2025`, with as much of the first day as differs from the last."""
    first, last = value.first, value.last
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    return f"{first.day} {first:%B} to {day(last)}" if first.year == last.year else f"{day(first)} to {day(last)}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 document`, `2 documents`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def figure(value: Figure, units: Mapping[str, Label]) -> str:
    """`8,500 students (cumulative)`; a value that is no number, or a unit without a label, stays as it is stated."""
    whole, dot, rest = value.value.partition(".")
    number = f"{int(whole):,}{dot}{rest}" if whole.isascii() and whole.isdigit() else value.value
    unit = units[value.unit].en if value.unit in units else value.unit
    return f"{number} {unit} ({value.basis})"
