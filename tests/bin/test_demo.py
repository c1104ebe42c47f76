"""What the demo says at its end."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


def test_the_demo_says_how_to_look_around_and_start_over(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = spec_from_file_location("demo", TOP / "bin/demo.py")
    assert spec
    assert spec.loader
    demo = module_from_spec(spec)
    spec.loader.exec_module(demo)
    monkeypatch.chdir(TOP)
    look, over = demo.aside(str(TOP / "var/demo"), ours=True)
    assert re.fullmatch(r"look around: MILESTONES_HOME=var/demo \S+/milestones status", look)
    assert over == "start over:  rm -rf var/demo"
    assert demo.aside("/somewhere/else", ours=False) == [look.replace("var/demo", "/somewhere/else")], "a folder that was given may hold more"
