"""A page of the e-Gazette that lists one supplement of one issue: the day it came out, and its notices, each with number, subject and file.

Known are the English words of the date, and that a notice is a row with its number in the first cell and its subject in the second, linked
to its file. What else is on the page was never seen: a notice counts only where its file belongs to the supplement and issue asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

from bs4 import BeautifulSoup, Tag

from milestones.domain.errors import WrongPage
from scrapers.addresses import resolved
from scrapers.pages import clean, decoded, is_whole, narrow, parsed

HOST = "www.gld.gov.hk"
FOLDERS = {"en": "english", "zh": "tc_chi"}

_LIST = re.compile(r"/egazette/(english|tc_chi)/gazette/volume\.php")
_FILE = re.compile(r"/egazette/(?:english|tc_chi)/gazette/file\.php")
_PDF = re.compile(r"/egazette/pdf/(\d+)e?/[ec](?:gn|s(\d))(\d+)\.pdf", re.IGNORECASE)
_PUBLISHED = re.compile(r"Published on [A-Za-z]+,\s*(\d\d)/(\d\d)/(\d{4})")
_NUMERIC = re.compile(r"\b(\d\d)/(\d\d)/(\d{4})\b")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"\d{1,6}")
_WORDS = re.compile(r"[^\W\d_]{2}")
_MOSTLY = 0.9
"""The share of rows that must lead to a file: a row may be a remark; a new layout spoils them all."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """Which list is meant: language, year, number of the ordinary issue in it, and supplement (2 or 3). Volumes are counted from July 1997."""

    language: str
    year: int
    number: int
    kind: int

    @property
    def address(self) -> str:
        asked = {"year": self.year, "vol": self.volume, "no": self.number, "extra": 0, "type": self.kind}
        return f"https://{HOST}/egazette/{FOLDERS[self.language]}/gazette/volume.php?{urlencode(asked)}"

    @property
    def volume(self) -> int:
        return self.year - 1996


@dataclass(frozen=True, slots=True)
class Notice:
    """One row: the number printed before it, if any, its subject, the number of its file, and the file's address."""

    printed: str
    subject: str
    item: int
    file: str


def supplement_of(url: str) -> Supplement:
    """Which list an address is of. WrongPage where it is none of ours, such as the terms that the site may show first."""
    parts = urlsplit(url)
    if parts.hostname == HOST and parts.path.endswith("/disclaimer.php"):
        raise WrongPage("the site shows its terms first; accepting them is for people, and no session is opened by this program")
    path, asked = _LIST.fullmatch(parts.path), _asked(parts.query)
    if parts.hostname != HOST or not path or not {"year", "no", "type"} <= asked.keys():
        raise WrongPage("this is no list of a supplement of the Gazette")
    language = next(name for name, folder in FOLDERS.items() if folder == path[1])
    return Supplement(language, asked["year"], asked["no"], asked["type"])


def read_supplement(body: bytes, headers: dict[str, str], supplement: Supplement) -> tuple[date, list[Notice]]:
    """The day of the issue and its notices. WrongPage where the page is cut, has no day, or lists something else."""
    text = decoded(body, headers)
    if not is_whole(text):
        raise WrongPage("the page does not end: it is cut")
    page = parsed(text)
    rows = [(row, links) for row in page.find_all("tr") if not row.find("tr") and (links := list(_files(row, supplement)))]
    day = _printed_day(page, rows[0][0] if rows else None)
    listed = sum(len(row.find_all(["td", "th"])) > 1 and not row.find("tr") for row in page.find_all("tr"))
    if not listed:
        raise WrongPage("the page has no table of notices; how one without notices looks was never seen")
    if len(rows) < (listed - 1) * _MOSTLY:  # the first row is the heading
        raise WrongPage(f"only {len(rows)} of {listed - 1} rows lead to a file: the list is laid out in a new way")
    notices = {n.item: n for n in (_notice(row, links, supplement) for row, links in rows)}
    return day, list(notices.values())


def _files(part: Tag, supplement: Supplement) -> Iterator[str]:
    for anchor in part.find_all("a", href=True):
        address = resolved(supplement.address, str(anchor["href"]), frozenset({HOST}))
        if address and (_PDF.fullmatch(urlsplit(address).path) or _FILE.fullmatch(urlsplit(address).path)):
            yield address


def _notice(row: Tag, links: list[str], supplement: Supplement) -> Notice:
    """WrongPage unless the second cell has a link and words: neither numbers nor departments, its neighbours, have both."""
    cells = row.find_all(["td", "th"])
    printed, subject = (clean(cell.get_text(" ")) for cell in cells[:2]) if len(cells) > 1 else ("", "")
    if not _WORDS.search(subject) or not list(_files(cells[1], supplement)):
        raise WrongPage("a row leads to a file, but not by a subject in its second cell: the list is laid out in a new way")
    return Notice(printed=printed, subject=subject, item=_item(links[-1], supplement), file=links[-1])


def _item(file: str, supplement: Supplement) -> int:
    """The number of a file within its supplement. WrongPage where it belongs to another supplement or issue."""
    parts = urlsplit(file)
    if pdf := _PDF.fullmatch(parts.path):
        issues = {f"{supplement.year}{supplement.volume}{supplement.number}", f"{supplement.year}{supplement.volume}{supplement.number:02}"}
        item = pdf[3].removeprefix(pdf[1])
        ours = pdf[1] in issues and int(pdf[2] or 0) == supplement.kind and item != pdf[3]
    else:
        asked = _asked(parts.query)
        wanted = {"year": supplement.year, "vol": supplement.volume, "no": supplement.number, "extra": 0, "type": supplement.kind}
        ours, item = all(asked.get(name) == value for name, value in wanted.items()), str(asked.get("number", ""))
    if not ours or not _NUMBER.fullmatch(item):
        raise WrongPage(f"the list leads to {file[:150]}, which is no file of this supplement")
    return int(item)


def _asked(query: str) -> dict[str, int]:
    """The options of an address that are numbers."""
    return {name: int(values[0]) for name, values in parse_qs(query).items() if re.fullmatch(r"[0-9]{1,9}", values[0])}


def _printed_day(page: BeautifulSoup, first_row: Tag | None) -> date:
    """The day that the page says it was published on; else the only day that stands before the first notice."""
    said = narrow(clean(page.get_text(" ")))
    if published := _PUBLISHED.search(said):
        return _day(published[3], published[2], published[1])
    before = narrow(clean(" ".join(str(s) for s in reversed(first_row.find_all_previous(string=True))))) if first_row else said
    days = {_day(m[3], m[2], m[1]) for m in _NUMERIC.finditer(before)} | {_day(m[1], m[2], m[3]) for m in _CHINESE.finditer(before)}
    if len(days) != 1:
        raise WrongPage(f"the page names {len(days) or 'no'} days{' before its notices' if days else ''}: the day of the issue is unsure")
    return days.pop()


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise WrongPage(f"the page is dated {day}/{month}/{year}, which is no day") from None
