"""The top of an agenda, whoever meets: the page's title, its language, the day of the meeting, and where the other language stands."""

import re
from dataclasses import dataclass
from datetime import date

from milestones.domain.errors import WrongPage
from scrapers.agenda_pages import Row
from scrapers.pages import narrow

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAY_EN = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_DAY_ZH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DAY_OF_FILE = re.compile(r"(\d{4})(\d\d)(\d\d)[a-z]?\.\w+$", re.IGNORECASE)
_TOP = 8
"""Rows that may hold the agenda's name and day; below, other meetings' days are mentioned."""
_SITS = re.compile(r"Legislative Council|Committee|Panel|立法會|委員會", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What the top says; `lines` are the title and the first rows."""

    lines: tuple[str, ...]
    language: str
    day: date


def head_of(title: str, rows: list[Row], url: str) -> Head:
    """WrongPage where the top names no agenda, or another day than the address does."""
    lines = (title, *(row.text for row in rows[:_TOP]))
    language = "zh" if any(re.search(r"議\s?程", line) for line in lines) else "en"
    if language == "en" and not any("agenda" in line.lower() for line in lines):
        raise WrongPage("neither Agenda nor 議程 stands at the top: this is no agenda")
    day = next((d for line in lines if (d := printed_day(line))), None)
    of_file = _DAY_OF_FILE.search(url)
    if day is None or (of_file and day.strftime("%Y%m%d") != "".join(of_file.groups())):
        raise WrongPage(f"the agenda is dated {day or 'nowhere'}, its address says {url.rpartition('/')[2] or 'nothing'}")
    return Head(lines, language, day)


def printed_day(line: str) -> date | None:
    """The first day that a line names with its year."""
    text = narrow(line)
    try:
        if found := _DAY_EN.search(text):
            return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
        if found := _DAY_ZH.search(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return None


def headline(title: str, rows: list[Row], day: date) -> str:
    """The page's title, or the lines above and with the date, without the agenda's number."""
    at = next(n for n, row in enumerate(rows) if printed_day(row.text) == day) if not title else 0
    begins = next((n for n in range(at, -1, -1) if _SITS.search(rows[n].text)), 0)  # above it stands what is no part of the agenda
    return title or " ".join(row.text for row in rows[begins : at + 1] if not re.match(r"^A \d\d/\d\d", row.text))[:200]


def session_folder(day: date) -> str:
    """The folder of a day's papers: named by session until 2021, by year since 2022."""
    session = day.year if day.month >= 10 else day.year - 1
    return f"{day.year}" if day.year >= 2022 else f"{session % 100:02d}-{(session + 1) % 100:02d}"


def twin_of(address: str) -> str | None:
    """The agenda in the other language: the folder of the language is all that differs."""
    for one, other in (("/english/", "/chinese/"), ("/chinese/", "/english/")):
        if one in address:
            return address.replace(one, other, 1)
    return None
