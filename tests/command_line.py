"""Fixtures for tests of the command line: a small world of two weeks, and `run`, which calls a command in it as a shell would."""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from milestones import cli
from tests.replica.replica import HKT, replica

FACSIMILES = Path(__file__).parent / "facsimiles"
NOW = datetime(2024, 12, 20, 20, tzinfo=HKT)


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings of a small world: two weeks of December 2024, one home for all tests of a module."""
    with replica(FACSIMILES, now=NOW) as address:
        yield {
            "MILESTONES_HOME": str(tmp_path_factory.mktemp("home")),
            "MILESTONES_MIRROR": address,
            "MILESTONES_NOW": NOW.isoformat(),
            "MILESTONES_SINCE": "2024-12-05",
            "MILESTONES_REQUEST_INTERVAL": "0",
        }


@pytest.fixture
def run(world: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with the settings of the world; its exit code and what it said."""
    for name, value in world.items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["milestones", *arguments])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call
