"""What is started is ended, whatever it started itself and however we ended."""

import os
import sys
from pathlib import Path
from time import monotonic, sleep

from milestones.airflow.components import Component, dead, end_leftovers, members, remember, start, stop

# A component with a child in a process group of its own that ignores TERM, as a task of Airflow may.
STUBBORN = """
import signal, subprocess, sys, time
deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", deaf], process_group=0)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
time.sleep(600)
"""


def started(folder: Path, program: str = STUBBORN) -> Component:
    component = start("part", [sys.executable, "-c", program], env=os.environ, logs=folder)
    until = monotonic() + 20
    while "ready" not in component.log.read_text("utf-8") and monotonic() < until:
        sleep(0.02)
    return component


def test_children_in_groups_of_their_own_end_too(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("milestones.airflow.components.GRACE_SECONDS", 0.3)
    component = started(tmp_path)
    assert len(members([component.process.pid])) == 2
    stop([component])
    assert members([component.process.pid]) == []
    assert component.process.returncode is not None


def test_the_next_start_ends_what_a_killed_one_left(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("milestones.airflow.components.GRACE_SECONDS", 0.3)
    component = started(tmp_path)
    memory = tmp_path / "sessions.json"
    remember([component], memory)
    component.process.kill()
    component.process.wait()
    assert len(members([component.process.pid])) == 1, "the orphan"
    said: list[str] = []
    end_leftovers(memory, said.append)
    assert members([component.process.pid]) == []
    assert len(said) == 1
    assert not memory.exists()


def test_another_process_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    component = started(tmp_path)
    memory = tmp_path / "sessions.json"
    memory.write_text(f'{{"{component.process.pid}": 1.0}}', encoding="utf-8")
    try:
        end_leftovers(memory, lambda _: None)
        assert dead([component]) is None
    finally:
        stop([component])


def test_a_component_that_ends_is_told_with_its_last_words(tmp_path: Path) -> None:
    component = started(tmp_path, "print('ready'); print('it broke')")
    component.process.wait()
    assert dead([component]) is component
    assert component.tail(1) == "it broke"
