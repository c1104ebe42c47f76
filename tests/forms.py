"""Filled forms for tests: a fictional Budget of two rows, and ways to spoil it."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from milestones.services.policy_cells import Grid
from milestones.services.policy_form import COLUMNS, HEAD, SHEET

HEADINGS = len(HEAD) + 2
HEAD_OF_BUDGET = {"key": "BUDGET2024", "title_en": "A Budget for tests", "title_zh": "測試用財政預算案", "delivered_on": "2024-11-27"}

SCHEME = {
    "number": "01",
    "section_en": "Green city",
    "section_zh": "綠色城市",
    "heading_en": "Street lighting",
    "heading_zh": "街道照明",
    "bullet": "1",
    "title_en": "Grants for harbour lanterns",
    "title_zh": "資助海港燈籠",
    "description_en": "Owners of piers get a grant for lanterns.",
    "description_zh": "資助碼頭業權人安裝燈籠。",
    "bureaux": "DEVB; EEB",
    "slug": "scheme",
    "target_title_en": "Harbour Lantern Scheme open",
    "target_title_zh": "海港燈籠計劃接受申請",
    "nature": "Outcome",
    "completes_1": "Applications opened",
    "completes_2": "scheme_launched",
    "deadline": "On or before",
    "printed": "by the end of the year",
    "first": "2024-11-27",
    "last": "2024-12-31",
    "derived": "From the delivery to the last day of the year.",
    "names_en": "Harbour Lantern Scheme; harbour lanterns",
    "names_zh": "海港燈籠計劃；海港燈籠",
}
MUSEUM = {
    "number": "02",
    "title_en": "A museum of lanterns",
    "title_zh": "燈籠博物館",
    "bureaux": "CSTB",
    "slug": "museum",
    "target_title_en": "Lantern Museum open to the public",
    "target_title_zh": "燈籠博物館開放",
    "nature": "outcome",
    "completes_1": "設施啟用",
    "deadline": "No date given",
    "names_en": "Lantern Museum",
    "names_zh": "燈籠博物館",
    "requires_en": "museum",
    "requires_zh": "博物館",
}


def rows(*targets: Mapping[str, Any], head: Mapping[str, Any] = HEAD_OF_BUDGET) -> list[list[Any]]:
    """The sheet as a form has it, with these rows."""
    lines = [[f.heading, head.get(f.name), f.explains] for f in HEAD]
    return [*lines, [], [f.heading for f in COLUMNS], *([t.get(f.name) for f in COLUMNS] for t in targets)]


def grid(*targets: Mapping[str, Any], head: Mapping[str, Any] = HEAD_OF_BUDGET) -> Grid:
    return Grid(SHEET, rows(*targets, head=head))


def write_csv(file: Path, *targets: Mapping[str, Any]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows(*targets))
    return file


def write_xlsx(file: Path, *targets: Mapping[str, Any]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for row in rows(*targets):
        sheet.append(row)
    book.save(file)
    return file
