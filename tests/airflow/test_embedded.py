"""How a start ends before it is up."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from milestones.airflow.embedded import main
from milestones.airflow.installation import free_port

EMBEDDED = [sys.executable, "-m", "milestones.airflow.embedded"]


def environment(home: Path) -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("MILESTONES_", "AIRFLOW"))}
    return {**given, "MILESTONES_HOME": str(home), "MILESTONES_PORT": str(free_port())}


def living(home: Path) -> list[str]:
    """The processes that work over a home, by their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("MILESTONES_HOME") == str(home) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


def test_ctrl_c_while_preparing_is_one_line_and_leaves_nobody(tmp_path: Path) -> None:
    started = subprocess.Popen(
        EMBEDDED, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    assert started.stdout
    assert started.stdout.readline().startswith("preparing")
    assert len(living(tmp_path)) >= 1
    os.killpg(started.pid, signal.SIGINT)  # as a terminal does
    said, _ = started.communicate(timeout=30)
    assert said == "stopped before it was up\n"
    assert started.returncode == 130
    assert living(tmp_path) == []


@pytest.mark.parametrize(("name", "value"), [("SINCE", "tomorrow"), ("SOURCES", "nothing"), ("NOW", "2026-06-30T23:00:00+08:00")])
def test_a_bad_setting_is_refused_before_anything_is_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MILESTONES_MIRROR", raising=False)
    monkeypatch.setenv(f"MILESTONES_{name}", value)
    assert main([]) == 2
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 1
    assert f"MILESTONES_{name}" in told[0]
    assert not (tmp_path / "home").exists()


def test_the_start_imports_no_airflow_so_that_it_can_be_stopped_at_once() -> None:
    program = "import sys, milestones.airflow.embedded; print('airflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
