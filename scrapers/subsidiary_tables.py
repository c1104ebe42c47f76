"""The table of subsidiary legislation on LegCo's page of a year: columns known by their headings, one instrument a row.

Days are printed as `14.1.22` or `19.1.2022`, the legal notice as `(1/22)` below the Gazette day, the last day for amendments in brackets below
the day of tabling, with signs (`*`, `#`) that the page explains. Nothing is corrected: a day that cannot be is left out and stays as printed.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bs4 import Tag

from milestones.domain.errors import WrongPage
from scrapers.addresses import resolved
from scrapers.pages import clean, decoded, is_whole, lines, narrow, parsed

_PAGES = frozenset({"www.legco.gov.hk", "legco.gov.hk"})
_YEAR_EN = re.compile(r"Subsidiary legislation\s*\(\s*Year\s*(20\d\d)\s*\)", re.IGNORECASE)
_YEAR_ZH = re.compile(r"附屬法例\s*\(\s*(20\d\d)\s*年")
_COLUMNS = {
    "gazette": re.compile(r"gazette date|date of gazette|憲報", re.IGNORECASE),
    "title": re.compile(r"^subsidiary legislation|^附屬法例", re.IGNORECASE),
    "tabled": re.compile(r"tabling|tabled|提交立法會|省覽", re.IGNORECASE),
}
_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?![\d.])")
_NOTICE = re.compile(r"\(\s*(?:L\.?\s?N\.?\s*)?(\d{1,4})\s*/\s*(\d{4}|\d{2})\s*\)")
_AMEND_BY = re.compile(r"\(\s*(\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}))")
_LONGEST_CELL = 1_000
"""Characters; no title is nearly as long."""

_LONGEST_WAIT = timedelta(days=366)
"""Instruments are tabled at the next sitting; a later year is a misprint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One row; `tabled_on` and `amend_by` are None where they are not printed, or cannot be."""

    title: str
    number: int
    year: int
    gazetted_on: date
    tabled_on: date | None
    amend_by: date | None
    tabling_printed: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The instruments of a year's page; `rows` counts also those that could not be read."""

    year: int
    language: str
    rows: int
    instruments: tuple[Instrument, ...]


def read_table(body: bytes, headers: dict[str, str], url: str) -> Table:
    """The page's table. WrongPage where the page is cut, names no year, or has no table with the known columns."""
    text = decoded(body, headers)
    if not is_whole(text):
        raise WrongPage("the page does not end: it is cut")
    page = parsed(text)
    said = narrow(clean(page.get_text(" ")))
    english, chinese = _YEAR_EN.search(said), _YEAR_ZH.search(said)
    found = english or chinese
    if found is None:
        raise WrongPage("the page names no year of subsidiary legislation")
    language, year = "en" if english else "zh", int(found[1])
    rows = [row for table in page.find_all("table") if table.find("table") is None for row in _rows_of(table)]
    if not any(row is None for row in rows):
        raise WrongPage("no table has the columns of Gazette date, title and tabling")
    read = [_instrument(row, url) for row in rows if row is not None]
    return Table(year, language, len(read), tuple({(i.number, i.year): i for i in read if i}.values()))


def _rows_of(table: Tag) -> list[dict[str, Tag] | None]:
    """The rows by column, behind a None for the heading; empty where the table has other columns. A row without all of them has none."""
    columns: dict[str, int] = {}
    found: list[dict[str, Tag] | None] = []
    for row in table.find_all("tr"):
        cells = row.find_all(["td", "th"])
        if not columns:
            columns = _columns(cells)
            found += [None] if columns else []
        else:
            found.append({name: cells[at] for name, at in columns.items()} if len(cells) > max(columns.values()) else {})
    return found


def _columns(cells: list[Tag]) -> dict[str, int]:
    texts = [clean(cell.get_text(" ")) for cell in cells]
    at = {name: next((n for n, text in enumerate(texts) if pattern.search(text)), -1) for name, pattern in _COLUMNS.items()}
    return at if min(at.values()) >= 0 and len(set(at.values())) == len(at) else {}


def _instrument(row: dict[str, Tag], url: str) -> Instrument | None:
    if not row:
        return None
    gazette, tabling = (narrow(" ".join(map(clean, lines(row[name])))) for name in ("gazette", "tabled"))
    day, notice = _DAY.search(gazette), _NOTICE.search(gazette)
    gazetted_on = _day(day[0]) if day else None
    if gazetted_on is None or notice is None:
        return None
    anchors = row["title"].find_all("a", href=True)
    title = clean((anchors[0] if anchors and clean(anchors[0].get_text(" ")) else row["title"]).get_text(" "))
    bracket = _AMEND_BY.search(tabling)
    tabled = _DAY.search(tabling[: bracket.start()] if bracket else tabling)
    tabled_on = _day(tabled[0]) if tabled else None
    links = (resolved(url, str(a["href"]), _PAGES) for a in anchors) if url else ()
    return Instrument(
        title=title[:_LONGEST_CELL],
        number=int(notice[1]),
        year=_full(notice[2]),
        gazetted_on=gazetted_on,
        tabled_on=tabled_on if tabled_on and gazetted_on <= tabled_on <= gazetted_on + _LONGEST_WAIT else None,
        amend_by=_day(bracket[1]) if bracket else None,
        tabling_printed=clean(tabling)[:_LONGEST_CELL],
        links=tuple(dict.fromkeys(link for link in links if link)),
    )


def _day(printed: str) -> date | None:
    day, month, year = printed.split(".")
    try:
        return date(_full(year), int(month), int(day))
    except ValueError:
        return None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
