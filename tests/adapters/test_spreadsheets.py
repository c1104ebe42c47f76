"""Spreadsheets as people and strangers hand them in."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from milestones.adapters import spreadsheets
from milestones.adapters.registry_files import load_vocabulary
from milestones.adapters.spreadsheets import read_grid, write_form
from milestones.domain.errors import RegistryError
from milestones.services.policy_form import COLUMNS, SHEET, choices
from milestones.services.policy_rows import read_form
from tests.forms import HEADINGS, MUSEUM, SCHEME, rows, write_csv, write_xlsx

VOCABULARY = load_vocabulary()


def workbook(file: Path, *values: object, title: str = SHEET) -> Path:
    book = Workbook()
    book.worksheets[0].title = title
    book.worksheets[0].append(list(values))
    book.save(file)
    return file


def test_both_sorts_of_file_hold_the_same_document(tmp_path: Path) -> None:
    from_csv = read_form(read_grid(write_csv(tmp_path / "a.csv", SCHEME, MUSEUM)), VOCABULARY)
    from_xlsx = read_form(read_grid(write_xlsx(tmp_path / "a.xlsx", SCHEME, MUSEUM)), VOCABULARY)

    assert from_csv.problems == from_xlsx.problems == ()
    assert from_csv.data == from_xlsx.data


def test_cells_keep_their_sort(tmp_path: Path) -> None:
    [row] = read_grid(workbook(tmp_path / "a.xlsx", "text", 7, date(2026, 2, 25), None, "=1+1")).rows

    assert list(row) == ["text", 7, date(2026, 2, 25), None, "=1+1"]


def test_a_formula_is_refused_where_it_stands(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "a.xlsx", {**SCHEME, "title_en": '=HYPERLINK("https://example.org","x")'})

    [problem] = read_form(read_grid(file), VOCABULARY).problems

    assert (problem.row, problem.heading) == (HEADINGS + 1, "Promise")
    assert "take for a formula" in problem.told


@pytest.mark.parametrize("mark", [";", "\t", ","])
@pytest.mark.parametrize("begins", ["", "\ufeff"])
def test_csv_files_as_spreadsheets_of_all_countries_write_them(tmp_path: Path, mark: str, begins: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows(SCHEME))
    (tmp_path / "a.csv").write_text(begins + out.getvalue(), encoding="utf-8", newline="")

    assert read_form(read_grid(tmp_path / "a.csv"), VOCABULARY).problems == ()


def test_the_empty_form_can_be_filled_and_read(tmp_path: Path) -> None:
    write_form(tmp_path / "form.csv", choices(VOCABULARY))
    with (tmp_path / "form.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    for line, value in zip(lines, ("BUDGET2026", "A Budget", "財政預算案", "2026-02-25"), strict=False):
        line[1] = value
    lines[HEADINGS][0] = "01"  # the example, taken at its word
    with (tmp_path / "filled.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)

    assert read_form(read_grid(tmp_path / "filled.csv"), VOCABULARY).problems == ()


def test_another_sheet_is_read_where_there_is_but_one(tmp_path: Path) -> None:
    assert read_grid(workbook(tmp_path / "a.xlsx", "x", title="Tabelle1")).name == "Tabelle1"


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"PK no workbook")
    (tmp_path / "big5.csv").write_bytes("預算".encode("big5"))
    (tmp_path / "torn.csv").write_text('a,"b\n', encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
    (tmp_path / "a.ods").write_bytes(b"")
    for name, message in [
        ("no.xlsx", "is no workbook"),
        ("odd.xlsx", "is no workbook that can be read"),
        ("big5.csv", "is not in UTF-8"),
        ("torn.csv", "is no CSV file that can be read"),
        ("a.ods", "must end in .xlsx or .csv"),
        ("missing.csv", "cannot be read: No such file"),
    ]:
        with pytest.raises(RegistryError, match=message) as refused:
            read_grid(tmp_path / name)
        assert "\n" not in str(refused.value)


def test_sizes_are_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    monkeypatch.setattr(spreadsheets, "LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(RegistryError, match="unpacks to more than 1 MB"):
        read_grid(tmp_path / "bomb.xlsx")

    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    for file in (write_csv(tmp_path / "a.csv", SCHEME), write_xlsx(tmp_path / "a.xlsx", SCHEME)):
        with pytest.raises(RegistryError, match="more than 3 rows"):
            read_grid(file)

    monkeypatch.setattr(spreadsheets, "LARGEST_FILE", 10)
    with pytest.raises(RegistryError, match="takes far less"):
        read_grid(tmp_path / "a.csv")


def test_a_form_is_not_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "form.csv").write_text("mine", encoding="utf-8")

    with pytest.raises(RegistryError, match="is there already"):
        write_form(tmp_path / "form.csv", choices(VOCABULARY))
    with pytest.raises(RegistryError, match="cannot be written"):
        write_form(tmp_path / "no" / "form.csv", choices(VOCABULARY))
    assert (tmp_path / "form.csv").read_text("utf-8") == "mine"


def test_every_list_to_choose_from_is_asked_for(tmp_path: Path) -> None:
    assert {f.choices for f in COLUMNS if f.choices} == set(choices(VOCABULARY))
