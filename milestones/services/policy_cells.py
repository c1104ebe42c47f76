"""A sheet of a spreadsheet, and its cells read as text, day, number or choice; what is wrong is collected, so that all of it can be told.

Cells come from outside: they are cut, cleaned of what cannot be seen, and refused where a spreadsheet would take them for a formula, since
they may be written into one again.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from milestones.services.policy_form import Choices, Field

Value = str | int | float | bool | date | None

LONGEST_CELL = 5_000
"""Characters; a list of many names is far shorter."""

_MOST_NAMED = 24
"""Choices that a message lists."""

_FORMULA = ("=", "+", "-", "@")
_SEPARATOR = re.compile(r"[;；\n]")


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it stands in its file: rows of cells, from the first."""

    name: str
    rows: Sequence[Sequence[Value]]

    def value(self, row: int, column: int) -> Value:
        """The cell of a row and column, both from 1; None outside the sheet."""
        cells = self.rows[row - 1] if row <= len(self.rows) else ()
        return cells[column - 1] if 0 < column <= len(cells) else None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where; rows and columns from 1."""

    sheet: str
    row: int
    column: int
    heading: str
    told: str

    def line(self) -> str:
        """`Promises, row 8, cell H8 (First day): must be ...`."""
        return f"{self.sheet}, row {self.row}, cell {letters(self.column)}{self.row} ({self.heading}): {self.told}"


@dataclass(frozen=True, slots=True)
class Cells:
    """What one row, or the lines above the table, say. A reader gives None where a cell is empty or wrong; what is wrong goes to `problems`."""

    grid: Grid
    places: Mapping[str, tuple[int, int]]
    fields: Mapping[str, Field]
    choices: Choices
    problems: list[Problem]

    def wrong(self, name: str, told: str) -> None:
        """Notes a problem of a field; where its column is missing, of the first cell of the row."""
        row, column = self.places.get(name) or (min((r for r, _ in self.places.values()), default=1), 1)
        self.problems.append(Problem(self.grid.name, row, column, self.fields[name].heading, told))

    def value(self, name: str) -> Value:
        """The cell as it stands, None where it is empty."""
        value = self.grid.value(*self.places[name]) if name in self.places else None
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, name: str) -> str | None:
        value = self.value(name)
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = unicodedata.normalize("NFC", str(value)).strip()
        if text.startswith(_FORMULA):
            self.wrong(name, "begins with =, +, - or @, which spreadsheets take for a formula; write plain text")
            return None
        if len(text) > LONGEST_CELL:
            self.wrong(name, f"has more than {LONGEST_CELL} characters")
            return None
        if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c != "\n" for c in text.replace("\r\n", "\n")):
            self.wrong(name, "holds characters that cannot be seen; type it anew")
            return None
        return text.replace("\r\n", "\n")

    def texts(self, name: str) -> list[str]:
        """The parts of a cell that lists several."""
        return [part.strip() for part in _SEPARATOR.split(self.text(name) or "") if part.strip()]

    def day(self, name: str) -> date | None:
        value = self.value(name)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat((self.text(name) or "").strip())
        except ValueError:
            self.wrong(name, f"must be a day such as 2026-12-31, not {str(value)[:40]!r}")
            return None

    def count(self, name: str) -> int | None:
        text = self.text(name)
        if text is None:
            return None
        digits = re.sub(r"[ ,]", "", text)
        if not (digits.isascii() and digits.isdigit()) or int(digits[:12]) == 0:
            self.wrong(name, f"must be a whole number from 1, not {text[:40]!r}")
            return None
        return int(digits[:12])

    def choice(self, name: str) -> str | None:
        text = self.text(name)
        return self._chosen(name, text) if text else None

    def chosen(self, name: str) -> list[str]:
        """The choices of a cell that lists several."""
        return [found for part in self.texts(name) if (found := self._chosen(name, part))]

    def _chosen(self, name: str, text: str) -> str | None:
        known = self.choices[self.fields[name].choices]
        meant = {word.casefold(): words[0] for label, words in known.items() for word in (label, *words)}.get(text.casefold())
        if meant is None:
            allowed = ", ".join(known) if len(known) <= _MOST_NAMED else "those on the sheet Lists of the form"
            self.wrong(name, f"{text[:40]!r} is none of {allowed}")
        return meant


def letters(column: int) -> str:
    """The name of a column counted from 1: A, B, ..., Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def plain(value: Value) -> str:
    """A heading or label as it is compared: small letters, single blanks."""
    return " ".join(str(value).split()).casefold() if value is not None else ""
