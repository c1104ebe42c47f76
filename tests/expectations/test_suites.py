"""Every expectation of every suite lets good rows pass and names the row that was made bad for it."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import expectations
from expectations.gate import gate
from milestones.services.ports import Finding
from scrapers import SOURCES
from tests.expectations.rows import GOOD, REGISTRY
from tests.expectations.spoiled import SPOILED, TWINS, WHOLE, spoiled_table

SUITES = sorted(path.stem for path in Path(expectations.__file__).parent.glob("*.json"))
AUDIT = gate(REGISTRY)


def name_of(expectation: dict[str, Any]) -> str:
    """An expectation by its columns and note, as findings tell it."""
    arguments = expectation["kwargs"]
    pair = [arguments[k] for k in ("column_A", "column_B") if k in arguments]
    columns = arguments.get("column") or ", ".join(arguments.get("column_list") or pair) or "table"
    return f"{columns}: {expectation['notes']}"


def defined(suite: str) -> list[str]:
    text = (Path(expectations.__file__).parent / f"{suite}.json").read_text("utf-8")
    return [name_of(e) for e in json.loads(text)["expectations"]]


def named(findings: list[Finding], expectation: str) -> Finding:
    column, _, note = expectation.partition(": ")
    return next(f for f in findings if f.detail.startswith(f"{column}: wanted {note};"))


@cache
def judged(suite: str) -> tuple[list[Finding], dict[str, list[list[str]]]]:
    """One run over all spoiled rows of a suite, since each run costs half a second."""
    rows, wanted = spoiled_table(suite)
    ids: dict[str, list[list[str]]] = {}
    for expectation, bad in wanted:
        ids.setdefault(expectation, []).append(bad)
    return AUDIT(suite, rows), ids


@pytest.mark.parametrize("suite", SUITES)
def test_good_rows_pass(suite: str) -> None:
    assert AUDIT(suite, GOOD[suite]) == []


@pytest.mark.parametrize("suite", SUITES)
def test_every_expectation_has_a_bad_row(suite: str) -> None:
    spoiled = {name for name, *_ in SPOILED[suite] + TWINS[suite]} | {name for of, name, _ in WHOLE if of == suite}
    assert spoiled == set(defined(suite))
    assert len(defined(suite)) == len(set(defined(suite)))


@pytest.mark.parametrize(
    ("suite", "expectation"), [(suite, name) for suite in SUITES for name in dict.fromkeys(n for n, *_ in SPOILED[suite] + TWINS[suite])]
)
def test_bad_row_is_named(suite: str, expectation: str) -> None:
    findings, wanted = judged(suite)
    found = named(findings, expectation).row_ids
    assert all(set(bad) <= set(found) for bad in wanted[expectation])


@pytest.mark.parametrize("suite", [s for s in SUITES if not s.startswith("read_")])
def test_good_rows_among_bad_ones_pass(suite: str) -> None:
    good = {str(row.get("id") or row["what"]) for row in GOOD[suite]}
    assert [f for f in judged(suite)[0] if good & set(f.row_ids)] == []


@pytest.mark.parametrize(("suite", "expectation", "rows"), WHOLE)
def test_bad_table_is_found(suite: str, expectation: str, rows: list[dict[str, Any]]) -> None:
    assert named(AUDIT(suite, rows), expectation)


def test_every_publisher_of_documents_may_stand_in_an_address() -> None:
    suite = json.loads((Path(expectations.__file__).parent / "staged_candidates.json").read_text("utf-8"))
    [pattern] = [e["kwargs"]["regex"] for e in suite["expectations"] if e["kwargs"].get("column") == "url" and "regex" in e["kwargs"]]
    for source in SOURCES.values():
        if not source.habits.counts_for:
            assert [host for host in source.hosts if not re.match(pattern, f"https://{host}/page")] == [], source.name
