"""Spreadsheet files, .xlsx and .csv: reads the sheet with the promises, writes the empty form.

A file comes from outside: its size is capped before and after it is unpacked, and a formula is no value. Raises RegistryError, one line,
where it cannot be read.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from milestones.domain.errors import RegistryError
from milestones.services.policy_cells import Grid, Value
from milestones.services.policy_form import COLUMNS, HEAD, SHEET, Choices

LARGEST_FILE = 10_000_000
LARGEST_UNPACKED = 100_000_000
"""Bytes. A document of a thousand rows takes a twentieth of it."""

MOST_ROWS, MOST_COLUMNS = 5_000, 100

_TABLE = len(HEAD) + 2
"""The row of the headings: the lines about the document and an empty one stand above."""

_FILLED_ROWS = 1_000
"""As far down as the lists to choose from reach."""


class _Cell(Protocol):
    data_type: str
    value: Any


def read_grid(file: Path) -> Grid:
    """The sheet of a file by its ending. A cell holds text, number, day or nothing; a formula comes as its text, which begins with `=`."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise RegistryError(f"{file}: more than {LARGEST_FILE // 1_000_000} MB; a policy document takes far less")
        content = file.read_bytes()
    except OSError as error:
        raise RegistryError(f"{file} cannot be read: {error.strerror}") from None
    match file.suffix.lower():
        case ".xlsx":
            return _read_workbook(file, content)
        case ".csv":
            return Grid(file.name, _limited(file, _csv_rows(file, content)))
    raise RegistryError(f"{file}: the name must end in .xlsx or .csv")


def write_form(file: Path, choices: Choices) -> None:
    """An empty form with one row filled as an example; with explanations and lists to choose from where the file can hold them."""
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise RegistryError(f"{file}: the name must end in .xlsx or .csv")
    try:
        with file.open("xb") as out:
            out.write(_csv_form() if file.suffix.lower() == ".csv" else _workbook(choices))
    except FileExistsError:
        raise RegistryError(f"{file} is there already; choose another name") from None
    except OSError as error:
        raise RegistryError(f"{file} cannot be written: {error.strerror}") from None


def _read_workbook(file: Path, content: bytes) -> Grid:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        raise RegistryError(f"{file} is no workbook; save it again as .xlsx") from None
    if unpacked > LARGEST_UNPACKED:
        raise RegistryError(f"{file}: unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of parts that we do not read: extensions, pictures, styles
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            try:
                sheet = next((s for s in book.worksheets if s.title == SHEET), book.worksheets[0])
                sheet.reset_dimensions()  # what the file says of its size may be wrong
                rows = [[_value(c) for c in row] for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1)]
                name = sheet.title
            finally:
                book.close()
    except Exception as error:  # noqa: BLE001 - a broken workbook breaks the library in many ways; for its writer they are one
        raise RegistryError(f"{file} is no workbook that can be read ({type(error).__name__}); save it again as .xlsx") from None
    return Grid(name, _limited(file, rows))


def _value(cell: _Cell) -> Value:
    value = cell.value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat()
    if value is None or isinstance(value, (str, int, float, date)):
        return value
    return f"={value}" if cell.data_type == "f" else str(value)


def _csv_rows(file: Path, content: bytes) -> Iterator[list[Value]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegistryError(f"{file} is not in UTF-8; in Excel, save it as “CSV UTF-8”") from None
    first = text.partition("\n")[0]
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True):
            yield [cell or None for cell in row]
    except csv.Error as error:
        raise RegistryError(f"{file} is no CSV file that can be read: {error}") from None


def _limited(file: Path, rows: Iterable[list[Value]]) -> list[list[Value]]:
    kept: list[list[Value]] = []
    for row in rows:
        while row and row[-1] is None:
            row.pop()
        if len(kept) == MOST_ROWS or len(row) > MOST_COLUMNS:
            raise RegistryError(f"{file}: more than {MOST_ROWS} rows or {MOST_COLUMNS} columns")
        kept.append(row)
    return kept


def _form_rows() -> list[list[str]]:
    head = [[f.heading, "", f.explains] for f in HEAD]
    return [*head, [], [f.heading for f in COLUMNS], [f.example for f in COLUMNS]]


def _csv_form() -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_form_rows())
    return out.getvalue().encode("utf-8-sig")  # with the mark by which Excel knows UTF-8


def _workbook(choices: Choices) -> bytes:
    book = Workbook()
    promises = book.worksheets[0]
    promises.title = SHEET
    _fill(promises, _form_rows(), headings=_TABLE)
    for row in range(1, len(HEAD) + 1):
        promises.cell(row, 1).font = Font(bold=True)
    promises.freeze_panes = f"B{_TABLE + 1}"
    told = [["Column", "What to write", "Example", "Must be filled"]]
    _fill(book.create_sheet("Explanations"), told + [[f.heading, f.explains, f.example, "yes" if f.required else ""] for f in COLUMNS], headings=1)
    lists = book.create_sheet("Lists")
    longest = max(map(len, choices.values()))
    columns = [list(labels) for labels in choices.values()]
    _fill(lists, [list(choices), *([c[n] if n < len(c) else "" for c in columns] for n in range(longest))], headings=1)
    for number, (name, labels) in enumerate(choices.items(), 1):
        letter = get_column_letter(number)
        _offer(promises, name, f"Lists!${letter}$2:${letter}${len(labels) + 1}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Sequence[str]], *, headings: int) -> None:
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            written = sheet.cell(number, column, text or None)
            written.alignment = Alignment(wrap_text=number >= headings, vertical="top")
            if number == headings:
                written.font, written.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
    for column in range(1, max(map(len, rows)) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 28


def _offer(sheet: Worksheet, choices: str, cells: str) -> None:
    """A list to choose from in the columns that take one of these; where several may stand, anything else is let in as well."""
    for column, asked in enumerate(COLUMNS, 1):
        if asked.choices == choices:
            rule = DataValidation(type="list", formula1=cells, allow_blank=True, showErrorMessage=not asked.several)
            letter = get_column_letter(column)
            rule.add(f"{letter}{_TABLE + 1}:{letter}{_FILLED_ROWS}")
            sheet.add_data_validation(rule)
