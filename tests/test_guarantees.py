"""The documents that name tests name tests that are there, and each guarantee names some."""

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
GUARANTEES = TOP / "docs" / "guarantees.md"
DOCUMENTS = (GUARANTEES, TOP / "docs" / "operations.md")

_NAMED = re.compile(r"`((?:tests/)?(?:\w+/)*test_\w+(?:\.py)?(?:::test_\w+)?)`")


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")}


TESTS = {file: functions(file) for file in (TOP / "tests").rglob("test_*.py")}


def is_there(name: str) -> bool:
    path, _, function = name.rpartition("::") if "::" in name else (name, "", "") if ".py" in name else ("", "", name)
    files = [f for f in TESTS if f.as_posix().endswith(f"/{path}")] if path else list(TESTS)
    return any(not function or function in TESTS[f] for f in files)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_every_test_that_a_document_names_is_there(document: Path) -> None:
    named = _NAMED.findall(document.read_text("utf-8"))
    assert named
    assert [n for n in named if not is_there(n)] == []


def test_a_name_that_is_not_there_would_be_found() -> None:
    assert is_there("test_running_again_records_nothing")
    assert not any(map(is_there, ("test_of_nothing", "tests/test_nothing.py", "tests/test_cli.py::test_of_nothing")))


def test_each_guarantee_names_its_tests() -> None:
    rows = re.findall(r"^\| (G\d) \|.*\| ([^|]*) \|$", GUARANTEES.read_text("utf-8"), re.MULTILINE)
    assert [name for name, _ in rows] == [f"G{n}" for n in range(1, 10)]
    assert all(_NAMED.search(proofs) for _, proofs in rows)
