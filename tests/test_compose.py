"""docker-compose.yml says what it should, and every command in it is one that this version of Airflow takes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

TOP = Path(__file__).resolve().parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((TOP / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
AIRFLOW = {"api-server", "scheduler", "dag-processor", "triggerer", "worker"}


def test_every_part_of_a_deployment_is_there() -> None:
    assert set(SERVICES) == AIRFLOW | {"postgres", "redis", "mail", "airflow-init"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"airflow-init"}))
def test_services_are_watched_and_start_again(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in ("CMD", "CMD-SHELL")
    assert {"interval", "timeout", "retries"} <= set(check)
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(AIRFLOW))
def test_components_wait_for_databases_and_the_preparation(name: str) -> None:
    waits = {other: how["condition"] for other, how in SERVICES[name]["depends_on"].items()}
    assert waits == {"postgres": "service_healthy", "redis": "service_healthy", "airflow-init": "service_completed_successfully"}


def test_nothing_that_must_last_lies_in_a_container() -> None:
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", []) if not volume.startswith(".")}
    assert mounted == set(COMPOSE["volumes"]) == {"postgres-data", "airflow-logs", "milestones-home", "mail-data"}


def test_only_loopback_is_published() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_secrets_come_from_the_environment_and_are_asked_for() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD$|SECRET|FERNET|CONN$|BACKEND|BROKER|DATABASE_URL", variable):
                assert re.search(r"\$\{[A-Z_]+:\?[^}]+\}", value), f"{name}: {variable}"


def test_the_ledger_has_a_login_of_its_own() -> None:
    env = SERVICES["worker"]["environment"]
    assert "postgresql://milestones:" in env["MILESTONES_DATABASE_URL"]
    assert "://airflow:" in env["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    script = (TOP / "bin/make-databases.sh").read_text("utf-8")
    assert "CREATE DATABASE milestones OWNER milestones" in script
    assert "./bin/make-databases.sh:/docker-entrypoint-initdb.d/make-databases.sh:ro" in SERVICES["postgres"]["volumes"]


def test_the_image_runs_as_nobody_special_and_from_the_lock() -> None:
    lines = (TOP / "Dockerfile").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")][-1] == "USER airflow"
    assert any("--require-hashes" in line for line in lines)
    allowed = {line[1:] for line in (TOP / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert all((TOP / name).exists() for name in allowed)
    assert not allowed & {"var", ".git", ".venv", ".env"}


@pytest.mark.airflow
def test_airflow_takes_every_command_line(tmp_path: Path) -> None:
    lines = [service["command"][1:] for service in SERVICES.values() if service.get("command", [""])[0] == "airflow"]
    lines += [
        check.split()[1:] for s in SERVICES.values() if (check := s["healthcheck"]["test"][1] if "healthcheck" in s else "").startswith("airflow ")
    ]
    assert len(lines) == 7
    program = "import sys, json; from airflow.cli.cli_parser import get_parser; [get_parser().parse_args(line) for line in json.loads(sys.argv[1])]"
    env = {**os.environ, "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor", "AIRFLOW_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program, json.dumps(lines)], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.airflow
def test_the_worker_finds_its_celery(tmp_path: Path) -> None:
    # Celery 5.7 took away what the provider 3.26 imports: the command line parses, and the worker dies.
    env = {**os.environ, "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor", "AIRFLOW_HOME": str(tmp_path)}
    program = "import airflow.providers.celery.executors.celery_executor_utils"
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr.strip().splitlines()[-1]
