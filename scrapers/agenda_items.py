"""What a Council agenda lists: bills under their stage, subsidiary legislation with its legal notice number.

Headings changed over the years (`Bills` to `Government Bills`, `Committee Stage` to `consideration by committee of the whole Council`,
tabled papers to an appendix), so they are known by their words, without regard to case, plural and punctuation, and kept as printed.
"""

import re
from collections.abc import Iterable

from milestones.domain.documents import Item
from scrapers.agenda_pages import Row
from scrapers.pages import narrow

_SECTION = re.compile(r"^[IVX](?: ?[IVX])*[A-C]?\s*[.．]\s*(?P<title>\S.{0,150})$")
_APPENDIX = re.compile(r"^(?:Appendix|Annex|附錄|附件)\s*\w{0,4}$", re.IGNORECASE)
_STAGE = re.compile(
    r"first reading|second reading|third reading|committee stage|consideration by (?:a )?committee of the whole council"
    r"|debates? to be adjourned|debates? to resume|首讀|二讀|三讀|全體委員會審議(?:階段)?|恢復二讀辯論|辯論中止待續|中止待續|恢復辯論|辯論恢復|辯論"
)
_BETWEEN = re.compile(r"(?:[\s,;:.()/–—-]|and|及|和|與|、)*")
_LEGISLATION = re.compile(r"^(?P<name>Subsidiary Legislation(?:\s*/\s*Instruments?)?|附屬法例(?:\s*[/／]\s*文書)?)", re.IGNORECASE)
_NUMBER_HEAD = re.compile(r"\s*(?:L\.?\s?N\.?\s*No\.?|Legal Notice No\.?|法律公告編號)\s*", re.IGNORECASE)
_OTHER = re.compile(r"^(?:Other Papers?|其他文件)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d{1,4}\s*/\s*\d{4}|\d{1,4} of \d{4}|\d{4}年第\d{1,4}號)$")
_ORDINAL = re.compile(r"^\d{1,3}\s*[.．]\s*")
_MOVER = re.compile(r"\bto move\b|動議")
"""Rows below a bill name who moves amendments to it."""

_TITLE_LINES = 8
_WORD_GAP = re.compile(r"(?<=[\u4e00-\u9fff)）]) (?=[\u4e00-\u9fff])")
"""Word breaks Chinese titles at the edge of a cell and leaves a blank there."""

_BILL = re.compile(r"^(?P<title>\S.*?\bBill(?: \d{4})?|《.*?草案》)(?=$|\s*[(（:：])")


def agenda_items(rows: Iterable[Row]) -> tuple[list[str], list[str], list[Item]]:
    """The headings of sections, those under which entries belong, and the items listed, in order; the same entry under the same heading once."""
    sections, headings, items = [], list[str](), dict[Item, None]()
    part, legislation = "", False
    for row in rows:
        text = row.text
        if title := _section(row):
            sections.append(title)
            part, legislation = "", False
        elif _is_stage(text):
            part, legislation = text, False
            headings.append(" / ".join([*sections[-1:], part]))
        elif heading := _legislation(text):
            part, legislation = heading, True
            headings.append(" / ".join([*sections[-1:], part]))
        elif _OTHER.match(text):
            part, legislation = "", False
        elif part and (listed := _instrument(row) if legislation else _bill(row)):
            items[Item(heading=" / ".join([*sections[-1:], part]), text=listed)] = None
    return sections, headings, list(items)


def _section(row: Row) -> str | None:
    if len(row.cells) != 1 and not row.table:
        return None
    found = _SECTION.match(row.text)
    return found["title"] if found else row.text if _APPENDIX.match(row.text) else None


def _is_stage(text: str) -> bool:
    """Whether a line is made of the names of stages and nothing else."""
    if len(text) > 250:
        return False
    rest, stages = _STAGE.subn("", narrow(text).casefold())
    return stages > 0 and bool(_BETWEEN.fullmatch(rest))


def _legislation(text: str) -> str | None:
    """The heading over subsidiary legislation, without the name of the column of numbers."""
    found = _LEGISLATION.match(text)
    rest = _NUMBER_HEAD.sub("", text[found.end() :]) if found else "-"
    return found["name"] if found and not rest.strip() else None


def _instrument(row: Row) -> str | None:
    """`Title (L.N. 103/2014)`, the number as printed."""
    words = _WORD_GAP.sub("", _ORDINAL.sub("", row.text))
    number = _NUMBER.search(words)
    title = words[: number.start()].strip() if number else words
    if not title or not (number or _ORDINAL.match(row.text)):
        return None
    if not number:
        return title
    return f"{title}（法律公告 {number[0]}）" if title.startswith("《") else f"{title} (L.N. {number[0]})"


def _bill(row: Row) -> str | None:
    """The title of a bill listed. A line outside a table needs a number or an official, else it speaks of a bill and lists none."""
    if _MOVER.search(row.text):
        return None
    if not row.table and not _ORDINAL.match(row.text) and not re.search(r"[:：]", row.text):
        return None
    for cell in row.cells:
        title = ""
        for line in cell[:_TITLE_LINES]:
            title = _WORD_GAP.sub("", _ORDINAL.sub("", f"{title} {line}".strip()))
            if found := _BILL.match(title):
                return found["title"]
    return None
