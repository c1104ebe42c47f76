"""What a filled form is read as, and how it is told what is wrong with it: every fault, with row and cell."""

from datetime import date
from typing import Any

import pytest

from milestones.adapters.registry_files import load_vocabulary
from milestones.domain.commitments import Joined, Nature
from milestones.domain.events import Kind
from milestones.domain.registry import registry_from
from milestones.services.policy_cells import Grid, letters
from milestones.services.policy_form import COLUMNS, SHEET
from milestones.services.policy_rows import Filled, read_form
from tests.forms import HEAD_OF_BUDGET, HEADINGS, MUSEUM, SCHEME, grid, rows

VOCABULARY = load_vocabulary()
FIRST = HEADINGS + 1


def read(*targets: Any, head: Any = HEAD_OF_BUDGET) -> Filled:
    return read_form(grid(*targets, head=head), VOCABULARY)


def cell(name: str, row: int = FIRST) -> str:
    column = next(n for n, f in enumerate(COLUMNS, 1) if f.name == name)
    return f"{SHEET}, row {row}, cell {letters(column)}{row} ({COLUMNS[column - 1].heading}): "


def told(*targets: Any, head: Any = HEAD_OF_BUDGET) -> list[str]:
    return [p.line() for p in read(*targets, head=head).problems]


def test_a_filled_form_is_a_policy_document() -> None:
    form = read(SCHEME, MUSEUM)
    document = registry_from([form.data]).documents[0]
    scheme, museum = document.commitments

    assert form.problems == ()
    assert (document.key, document.delivered_on) == ("BUDGET2024", date(2024, 11, 27))
    assert (scheme.key, scheme.bureaux, scheme.bullet) == ("BUDGET2024/01", ("DEVB", "EEB"), 1)
    assert scheme.targets[0].deadline.interval is not None
    assert [c.kind for c in scheme.targets[0].completes] == [Kind.APPLICATIONS_OPENED, Kind.SCHEME_LAUNCHED]
    assert scheme.subjects[0].names_en == ("Harbour Lantern Scheme", "harbour lanterns")
    assert scheme.subjects[0].names_zh == ("海港燈籠計劃", "海港燈籠")
    assert (museum.targets[0].nature, museum.targets[0].joined) == (Nature.OUTCOME, Joined.ANY)
    assert (museum.section_en, museum.heading_zh) == ("Green city", "街道照明")  # as in the row above
    assert form.rows == {("01", "scheme"): FIRST, ("02", "museum"): FIRST + 1}


def test_rows_of_one_number_are_targets_of_one_promise() -> None:
    second = {"number": 1, "slug": "second", **{n: SCHEME[n] for n in ("target_title_en", "target_title_zh", "nature", "completes_1")}}
    second |= {"deadline": "none", "names_en": "Pier Lantern Fund", "names_zh": "碼頭燈籠基金"}

    [promise] = registry_from([read(SCHEME, second).data]).documents[0].commitments

    assert [t.slug for t in promise.targets] == ["scheme", "second"]


def test_steps_are_those_that_are_named_or_those_that_usually_go_with_it() -> None:
    def kinds(**more: str) -> frozenset[Kind]:
        return registry_from([read({**SCHEME, **more}).data]).documents[0].commitments[0].subjects[0].kinds

    assert kinds(steps="Trial started; 公布政策或計劃") == {
        *(Kind.TRIAL_STARTED, Kind.POLICY_PUBLISHED, Kind.APPLICATIONS_OPENED, Kind.SCHEME_LAUNCHED),
        *(Kind.PROGRESS_REPORTED, Kind.DELAYED, Kind.CANCELLED),
    }
    assert Kind.BILL_PASSED not in kinds()
    assert Kind.FUNDING_AWARDED in kinds()
    assert Kind.BILL_PASSED in kinds(completes_1="bill_first_reading")
    assert Kind.FACILITY_OPENED not in kinds(completes_1="bill_first_reading", completes_2="")


def test_days_and_numbers_may_be_such_in_the_spreadsheet() -> None:
    form = read({**SCHEME, "number": 1.0, "first": date(2024, 11, 27), "value": 300.0, "unit": "lanterns", "basis": "level"})

    assert form.problems == ()
    assert form.data["commitment"][0]["id"] == "01"
    assert form.data["commitment"][0]["target"][0]["quantity"] == {"value": 300, "unit": "lanterns", "basis": "level"}


def test_the_example_and_empty_rows_are_passed_over() -> None:
    example = {f.name: f.example for f in COLUMNS}

    assert read(example, {}, SCHEME).problems == ()
    assert told(example) == [f"{SHEET}, row {FIRST}, cell A{FIRST} (Number): there is no row to read; one whose number says example is passed over"]


@pytest.mark.parametrize(
    ("changes", "name", "message"),
    [
        ({"first": "soon"}, "first", "must be a day such as 2026-12-31, not 'soon'"),
        ({"last": "2024-11-26"}, "last", "must not be before first"),
        ({"first": "2024-11-26"}, "first", "must not be before the policy document was delivered on 2024-11-27"),
        ({"first": None}, "first", "must be filled"),
        ({"printed": None}, "printed", "must be filled"),
        ({"deadline": "later"}, "deadline", "'later' is none of On or before, Starting from, No date given"),
        ({"deadline": None}, "deadline", "must be filled"),
        ({"completes_1": "Bill eaten"}, "completes_1", "'Bill eaten' is none of those on the sheet Lists of the form"),
        ({"completes_1": None, "completes_2": None}, "completes_1", "an outcome needs what completes it"),
        ({"nature": None}, "nature", "must be filled"),
        ({"bureaux": "DEVB; NASA"}, "bureaux", "'NASA' is none of CEDB, CMAB, CSB, CSO, CSTB"),
        ({"bureaux": None}, "bureaux", "must be filled"),
        ({"bullet": "first"}, "bullet", "must be a whole number from 1, not 'first'"),
        ({"value": "0", "unit": "x", "basis": "level"}, "value", "must be a whole number from 1"),
        ({"value": "5", "unit": "lanterns"}, "basis", "must be filled"),
        ({"basis": "level", "unit": "lanterns"}, "value", "must be filled"),
        ({"deadline": "none"}, "first", "a deadline of kind none has no days"),
        ({"names_en": "AI; Harbour Lantern Scheme"}, "names_en", "'AI' is shorter than 3 characters"),
        ({"names_zh": None}, "names_zh", "must hold at least one name"),
        ({"names_en": "Lantern; lantern"}, "names_en", "lantern stands twice"),
        ({"requires_en": "harbour"}, "requires_en", "must stand in both languages or in none"),
        ({"excludes_en": "harbour lanterns"}, "excludes_en", "harbour lanterns is also one of its names"),
        ({"slug": "The Scheme"}, "slug", "The Scheme is not of the form trials-started"),
        ({"slug": "context"}, "slug", "context is kept for what bears on no target"),
        ({"number": "one"}, "number", "ONE is not of the form DE-04"),
        ({"description_zh": None}, "description_en", "must stand in both languages or in none"),
        ({"section_en": None}, "section_en", "must be filled"),
        ({"title_en": "=HYPERLINK(1)"}, "title_en", "begins with =, +, - or @, which spreadsheets take for a formula; write plain text"),
        ({"title_en": "@SUM"}, "title_en", "begins with =, +, - or @"),
        ({"title_zh": "燈\u202e籠"}, "title_zh", "holds characters that cannot be seen; type it anew"),
        ({"description_en": "x" * 5001}, "description_en", "has more than 5000 characters"),
    ],
)
def test_what_is_wrong_is_told_with_row_and_cell(changes: dict[str, Any], name: str, message: str) -> None:
    problems = told({**SCHEME, **changes}, MUSEUM if "section_en" not in changes else {**MUSEUM, "section_en": "Green city"})

    assert [p for p in problems if p.startswith(cell(name) + message)], problems
    assert len(problems) == 1


def test_everything_that_is_wrong_is_told_at_once() -> None:
    spoiled = {**SCHEME, "first": "soon", "printed": None, "names_en": "AI", "bureaux": "NASA", "value": "many"}

    assert len(told(spoiled, {**MUSEUM, "nature": "?", "names_zh": "燈"}, head={**HEAD_OF_BUDGET, "key": "the budget"})) == 10


def test_twins_are_told_at_the_second() -> None:
    again = {**SCHEME, "title_en": "Another title"}

    assert told(SCHEME, again) == [
        cell("title_en", FIRST + 1) + "says something else than an earlier row of the same number; leave it empty here",
        cell("slug", FIRST + 1) + "scheme stands twice for 01",
    ]


def test_a_name_shared_by_two_targets_is_refused() -> None:
    again = {**SCHEME, "slug": "second"}

    assert [p.partition("): ")[2] for p in told(SCHEME, again)] == ["Harbour Lantern Scheme also names subject scheme"]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ({"key": None}, "row 1, cell B1 (Short name): must be filled"),
        ({"key": "budget"}, "row 1, cell B1 (Short name): budget is not of the form PA2024"),
        ({"delivered_on": "last spring"}, "row 4, cell B4 (Delivered on): must be a day such as 2026-12-31, not 'last spring'"),
    ],
)
def test_the_lines_above_the_table_are_checked(head: dict[str, Any], message: str) -> None:
    assert told(SCHEME, head={**HEAD_OF_BUDGET, **head}) == [f"{SHEET}, {message}"]


def test_columns_may_stand_in_any_order_and_strange_ones_are_told() -> None:
    turned = [list(reversed(row)) if n > HEADINGS - 1 else row for n, row in enumerate(rows(SCHEME), 1)]
    assert read_form(Grid(SHEET, turned), VOCABULARY).problems == ()

    strange = rows(SCHEME)
    strange[HEADINGS - 1][1] = "Sectoin"
    assert [p.told for p in read_form(Grid(SHEET, strange), VOCABULARY).problems][:2] == [
        "this column is missing",
        "no such heading is known; write it as the form does",
    ]


def test_a_sheet_without_table_is_told() -> None:
    [problem] = read_form(Grid("Sheet1", [["hello"]]), VOCABULARY).problems

    assert "milestones registry template" in problem.told
