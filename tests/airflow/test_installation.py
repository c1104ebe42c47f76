"""The embedded Airflow's settings: one line where they are wrong, and nothing that leads its parts to another Airflow."""

import socket
import stat
from pathlib import Path

import pytest

from milestones.airflow.embedded import main
from milestones.airflow.installation import installation_from
from milestones.domain.errors import SettingsError


def of(folder: Path, **given: str):
    return installation_from({"MILESTONES_HOME": str(folder), **given})


@pytest.mark.parametrize("port", ["80", "http", "99999", "٨٠٨٠"])
def test_a_port_that_is_none_stops_the_start(tmp_path: Path, port: str) -> None:
    with pytest.raises(SettingsError, match="MILESTONES_PORT"):
        of(tmp_path, MILESTONES_PORT=port)


def test_a_port_in_use_stops_the_start_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
        monkeypatch.setenv("MILESTONES_PORT", str(other.getsockname()[1]))
        assert main([]) == 2
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 1
    assert "is in use" in told[0]
    assert not (tmp_path / "airflow/airflow.db").exists()


def test_the_parts_find_one_another_whatever_is_set(tmp_path: Path) -> None:
    env = of(
        tmp_path,
        MILESTONES_PORT="18999",
        AIRFLOW_HOME="/elsewhere",
        AIRFLOW__CORE__EXECUTION_API_SERVER_URL="http://elsewhere",
        AIRFLOW__CORE__PARALLELISM="2",
        AIRFLOW_CONN_SMTP_DEFAULT="smtp://mail",
    ).environment()
    assert env["AIRFLOW_HOME"] == str(tmp_path / "airflow")
    assert env["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:18999/execution/"
    assert env["AIRFLOW__CORE__PARALLELISM"] == "2"
    assert env["AIRFLOW_CONN_SMTP_DEFAULT"] == "smtp://mail"
    assert env["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"


def test_everything_listens_on_loopback_only(tmp_path: Path) -> None:
    commands = of(tmp_path).commands()
    assert set(commands) == {"api-server", "scheduler", "dag-processor", "triggerer"}
    assert "127.0.0.1" in commands["api-server"]
    assert all("--skip-serve-logs" in commands[name] for name in ("scheduler", "triggerer"))


def test_the_login_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    installation = of(tmp_path)
    installation.preparation()
    password = installation.password()
    installation.preparation()
    assert installation.password() == password
    assert len(password) >= 16
    assert stat.S_IMODE((tmp_path / "airflow/passwords.json").stat().st_mode) == 0o600
    assert password in installation.welcome()


def test_the_parts_sign_with_the_same_keys_at_every_start(tmp_path: Path) -> None:
    names = ("AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET")
    first, second = of(tmp_path).environment(), of(tmp_path).environment()
    assert [first[name] for name in names] == [second[name] for name in names]
    assert len({first[name] for name in names}) == 3
    assert stat.S_IMODE((tmp_path / "airflow/keys.json").stat().st_mode) == 0o600
