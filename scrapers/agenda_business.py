"""What a committee's agenda lists, as pairs of heading and entry.

The House Committee's agenda has had Roman headings with lettered parts (to 2022) and headings without numbers (2024); both come down to lines, and
the headings are known by their words. Business for a sitting of the Council stands under a heading that begins with its day.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from milestones.domain.errors import WrongPage
from scrapers.agenda_heads import printed_day
from scrapers.agenda_pages import Row

Entry = tuple[str, str]

_LABEL = re.compile(r"^(?:\(\w{1,4}\)|[IVX]{1,6}\s*[.．]|\d{1,3}\s*[.．])\s*")
_ROMAN = re.compile(r"^[IVX]{1,6}\s*[.．]")
_COMING = re.compile(
    r"business for the council meeting|立法會(?:會議席上|會議上|會議席|會議)?(?:上)?處理的(?:其他)?事項|立法會會議(?:的)?(?:其他)?事項", re.IGNORECASE
)
_OTHER_PARTS = re.compile(
    r"^(?:confirmation of|matters arising|business arising from|legal service division reports?|further reports? by the legal service"
    r"|reports? of (?:the )?bills committees?|reports? of (?:the )?subcommittees?|position on|any other business|the chief executive'?s"
    r"|advance information|通過|續議事項|立法會先前會議的續議事項|法律事務部|法案委員會及小組委員會|其他事項|行政長官|預先就)",
    re.IGNORECASE,
)
_READINGS = re.compile(r"^(?:(?:Government|Members?['’]s?)\s)?Bills?\s*[-–—－:：]+\s*(?P<stage>.*Reading.*)$", re.IGNORECASE)
_READINGS_ZH = re.compile(r"^(?:政府|議員)?法案\s*[-–—－─:：]+\s*(?P<stage>.*[首二三]讀.*)$")
_OTHER_BUSINESS = re.compile(
    r"^(?:questions?\b|laying of papers|tabling of papers|(?:government|members?['’]s?)\s+motions?\b|motions?\b|proposed resolutions?|statements?\b"
    r"|質詢|提交文件|政府議案|議員議案|議案|擬議決議案|聲明)",
    re.IGNORECASE,
)
_BILL = re.compile(r"^(?P<title>\S.{0,300}?\bBill(?: \d{4})?|《.{1,150}?草案》)(?=$|\s*[(（:：*#])")
_LEAST_PARTS = 2


def coming_business(rows: Iterable[Row]) -> list[Entry]:
    """The bills named for coming sittings. WrongPage where the page has not the parts that every House Committee agenda has."""
    entries: list[Entry] = []
    sitting: date | None = None
    stage, parts = "", 0
    for line in _lines(rows):
        text = _LABEL.sub("", line)
        if _COMING.search(text) and (day := printed_day(text)):
            sitting, stage, parts = day, "", parts + 1
        elif _OTHER_PARTS.match(text) or (_ROMAN.match(line) and not _COMING.search(text)):
            sitting, stage, parts = None, "", parts + 1
        elif found := _READINGS.match(text) or _READINGS_ZH.match(text):
            stage = found["stage"].strip()
        elif _OTHER_BUSINESS.match(text):
            stage = ""
        elif sitting and stage and (bill := _BILL.match(text)):
            entries.append((f"{sitting.isoformat()} / {stage}", bill["title"]))
    if parts < _LEAST_PARTS:
        raise WrongPage("the agenda has none of the House Committee's usual parts: it is cut, or laid out in a new way")
    return entries


def numbered_business(rows: Iterable[Row]) -> list[Entry]:
    """The numbered lines of another committee's agenda. WrongPage where none is numbered."""
    entries: list[Entry] = []
    numbered = False
    for line in _lines(rows):
        text, labelled = _LABEL.sub("", line), bool(_LABEL.match(line))
        if text and (labelled or numbered):
            entries.append(("Agenda", text[:500]))
        numbered = labelled and not text
    if not entries:
        raise WrongPage("the agenda has no numbered business: it is cut, or laid out in a new way")
    return entries


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    return (line for row in rows for cell in row.cells for line in cell)
