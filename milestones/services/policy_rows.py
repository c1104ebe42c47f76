"""Reads a filled form into a policy document as `domain.registry` takes it, and says all that is wrong with it, cell by cell.

A row that is empty, or whose number says `example`, is passed over. Rows of one number are the targets of one promise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from milestones.domain.commitments import DeadlineKind
from milestones.domain.errors import RegistryError
from milestones.domain.events import Kind
from milestones.domain.registry import check_phrases, deadline_from, registry_from
from milestones.domain.tables import Table
from milestones.domain.vocabulary import Vocabulary
from milestones.services.policy_cells import Cells, Grid, Problem, plain
from milestones.services.policy_form import COLUMNS, COMPLETIONS, EXAMPLE, HEAD, choices, told_always, usual_steps

_NUMBER = COLUMNS[0].heading
_PHRASES = ("names_en", "names_zh", "requires_en", "requires_zh", "excludes_en", "excludes_zh")
_SHARED = ("section_en", "section_zh", "heading_en", "heading_zh", "bullet", "title_en", "title_zh", "description_en", "description_zh", "bureaux")
_FILLED_DOWN = ("section_en", "section_zh", "heading_en", "heading_zh")
_COLUMNS = {f.name: f for f in COLUMNS}
_CALLED = {"id": "number", "deadline.kind": "deadline", "completes": "completes_1", "names": "names_en", "target": "slug", "requires": "requires_en"}
"""The columns of fields that the registry knows by another name."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as read. `data` is the policy document, empty where there are `problems`; `rows` says where each (number, target) stands."""

    data: Mapping[str, Any]
    problems: tuple[Problem, ...]
    rows: Mapping[tuple[str, str], int] = field(default_factory=dict)


def read_form(grid: Grid, vocabulary: Vocabulary) -> Filled:
    """The policy document of a sheet, or everything that is wrong with it, in the order of the rows."""
    headings = next((n for n, row in enumerate(grid.rows, 1) if any(plain(v) == plain(_NUMBER) for v in row)), None)
    if headings is None:
        told = "no such heading stands in the sheet; `milestones registry template` writes an empty form"
        return Filled({}, (Problem(grid.name, 1, 1, _NUMBER, told),))
    problems: list[Problem] = []
    lists = choices(vocabulary)
    head = _head(grid, headings, problems)
    places = _places(grid, headings, problems)
    rows = [
        Cells(grid, {name: (row, column) for name, column in places.items()}, _COLUMNS, lists, problems)
        for row in range(headings + 1, len(grid.rows) + 1)
    ]
    filled = [cells for cells in rows if any(cells.value(n) is not None for n in places) and plain(cells.value("number")) != EXAMPLE]
    if not filled:
        problems.append(Problem(grid.name, headings + 1, 1, _NUMBER, "there is no row to read; one whose number says example is passed over"))
    promises, where = _promises(filled, head.get("delivered_on"))
    data = {"document": head, "commitment": list(promises.values())}
    if not problems:
        _check_whole(data, where, problems)
    in_order = tuple(sorted(problems, key=lambda p: (p.row, p.column)))
    return Filled({} if problems else data, in_order, {key: cells.places["number"][0] for key, cells in where.items()})


def _head(grid: Grid, headings: int, problems: list[Problem]) -> dict[str, Any]:
    lines = {plain(grid.value(row, 1)): row for row in range(1, headings)}
    places = {f.name: (lines[plain(f.heading)], 2) for f in HEAD if plain(f.heading) in lines}
    cells = Cells(grid, places, {f.name: f for f in HEAD}, {}, problems)
    head: dict[str, Any] = {}
    for asked in HEAD:
        before = len(problems)
        head[asked.name] = cells.day(asked.name) if asked.name == "delivered_on" else cells.text(asked.name)
        if head[asked.name] is None and len(problems) == before:
            cells.wrong(asked.name, "must be filled" if asked.name in places else "this line is missing above the table")
    try:
        registry_from([{"document": {k: v for k, v in head.items() if v is not None}}])
    except RegistryError as error:
        name = error.field.removeprefix("document.")
        if head.get(name):
            cells.wrong(name, error.problem)
    return {name: value for name, value in head.items() if value is not None}


def _places(grid: Grid, headings: int, problems: list[Problem]) -> dict[str, int]:
    known = {plain(f.heading): f.name for f in COLUMNS}
    places: dict[str, int] = {}
    for column in range(1, len(grid.rows[headings - 1]) + 1):
        printed = grid.value(headings, column)
        name = known.get(plain(printed))
        if name and name not in places:
            places[name] = column
        elif plain(printed):
            told = "this heading stands twice" if name else "no such heading is known; write it as the form does"
            problems.append(Problem(grid.name, headings, column, str(printed)[:40], told))
    missing = [f for f in COLUMNS if f.required and f.name not in places]
    problems += [Problem(grid.name, headings, 1, f.heading, "this column is missing") for f in missing]
    return places


def _promises(rows: list[Cells], delivered_on: date | None) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, str], Cells]]:
    promises: dict[str, dict[str, Any]] = {}
    where: dict[tuple[str, str], Cells] = {}
    above: dict[str, Any] = {}
    for cells in rows:
        number = _number(cells)
        promise = promises.setdefault(number, {"id": number, "target": [], "subject": []})
        _share(cells, promise, above)
        slug = _required(cells, "slug")
        if (number, slug) in where:
            cells.wrong("slug", f"{slug} stands twice for {number}")
        where[number, slug] = cells
        target = _target(cells, slug, delivered_on)
        promise["target"].append(target)
        promise["subject"].append(_subject(cells, slug, frozenset(Kind(c["kind"]) for c in target["completes"])))
    return promises, where


def _number(cells: Cells) -> str:
    """`1` means `01`: spreadsheets take the naught away."""
    number = _required(cells, "number").upper()
    return number.zfill(2) if number.isdigit() else number


def _required(cells: Cells, name: str) -> str:
    before = len(cells.problems)
    text = cells.text(name)
    if text is None and len(cells.problems) == before:
        cells.wrong(name, "must be filled")
    return text or ""


def _share(cells: Cells, promise: dict[str, Any], above: dict[str, Any]) -> None:
    """What belongs to the promise as a whole: said in its first row, and, where it is said again, in the same words."""
    for name in _SHARED:
        before = len(cells.problems)
        told: Any = cells.chosen(name) if name == "bureaux" else cells.count(name) if name == "bullet" else cells.text(name)
        if not told and name in _FILLED_DOWN and name not in promise:
            told = above.get(name)
        if told and promise.setdefault(name, told) != told:
            cells.wrong(name, "says something else than an earlier row of the same number; leave it empty here")
        if not promise.get(name) and _COLUMNS[name].required and len(cells.problems) == before:
            cells.wrong(name, "must be filled")
        if name in _FILLED_DOWN and promise.get(name):
            above[name] = promise[name]


def _target(cells: Cells, slug: str, delivered_on: date | None) -> dict[str, Any]:
    deadline = _filled(
        kind=cells.choice("deadline"), printed=cells.text("printed"), first=cells.day("first"), last=cells.day("last"), derived=cells.text("derived")
    )
    _need(cells, "deadline", "nature")
    if deadline.get("kind") in (DeadlineKind.BY, DeadlineKind.FROM):
        _need(cells, "printed", "first", "last")
    if "kind" in deadline and delivered_on and not _told_of(cells, "first", "last"):
        days = {**deadline, "printed": "told above"}  # whether it is filled: what is wrong with the days is to be told as well
        _ask(cells, partial(deadline_from, Table("", days), delivered_on))
    target = {
        "slug": slug,
        "title_en": _required(cells, "target_title_en"),
        "title_zh": _required(cells, "target_title_zh"),
        "nature": cells.choice("nature") or "",
        "deadline": deadline,
        "completes": [{"kind": k, "subject": slug} for k in dict.fromkeys(map(cells.choice, COMPLETIONS)) if k],
    }
    if joined := cells.choice("joined"):
        target["joined"] = joined
    if any(cells.value(name) is not None for name in ("value", "unit", "basis")):
        _need(cells, "value", "unit", "basis")
        target["quantity"] = _filled(value=cells.count("value"), unit=cells.text("unit"), basis=cells.choice("basis"))
    return target


def _need(cells: Cells, *names: str) -> None:
    for name in names:
        if cells.value(name) is None:
            cells.wrong(name, "must be filled")


def _subject(cells: Cells, slug: str, completes: frozenset[Kind]) -> dict[str, Any]:
    steps = frozenset(map(Kind, cells.chosen("steps")))
    phrases = {name: cells.texts(name) for name in _PHRASES}
    for name in _PHRASES:
        _ask(cells, partial(check_phrases, Table("", phrases), name))
    if bool(phrases["requires_en"]) is not bool(phrases["requires_zh"]):
        cells.wrong("requires_en", "must stand in both languages or in none")
    kinds = told_always(steps, completes) if steps else usual_steps(completes)
    return {"slug": slug, "target": slug, "kinds": sorted(kinds), **{name: told for name, told in phrases.items() if told}}


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _told_of(cells: Cells, *names: str) -> bool:
    """Whether one of these cells was refused already: what is wrong with it need not be told in other words again."""
    told = {(p.row, p.column) for p in cells.problems}
    return any(cells.places.get(name) in told for name in names)


def _ask(cells: Cells, check: Callable[[], object]) -> None:
    """Runs a check of the registry and tells what it says of the cell that it is about."""
    try:
        check()
    except RegistryError as error:
        cells.wrong(_column(error), error.problem)


def _column(error: RegistryError) -> str:
    name = _CALLED.get(error.field, error.field.rpartition(".")[2])
    return name if name in _COLUMNS else "number"


def _check_whole(data: Mapping[str, Any], where: Mapping[tuple[str, str], Cells], problems: list[Problem]) -> None:
    """What holds between the parts: checked by the registry, each promise alone first, so that each tells its own."""
    for promise in data["commitment"]:
        for target, subject in zip(promise["target"], promise["subject"], strict=True):
            alone = {**data, "commitment": [{**promise, "target": [target], "subject": [subject]}]}
            _ask(where[promise["id"], target["slug"]], partial(registry_from, [alone]))
        if not problems:
            _ask_together(promise, data, where)


def _ask_together(promise: Mapping[str, Any], data: Mapping[str, Any], where: Mapping[tuple[str, str], Cells]) -> None:
    """What holds between the targets of one promise, told of the row that comes behind."""
    for upto in range(1, len(promise["target"]) + 1):
        part = {**promise, "target": promise["target"][:upto], "subject": promise["subject"][:upto]}
        cells = where[promise["id"], promise["target"][upto - 1]["slug"]]
        before = len(cells.problems)
        _ask(cells, partial(registry_from, [{**data, "commitment": [part]}]))
        if len(cells.problems) > before:
            return
