"""`python -m milestones.airflow.prepare`: what a deployment needs once before its components start; safe to repeat.

Brings Airflow's metadata database and the ledger up to date, makes the pools, and writes the login given as AIRFLOW_ADMIN_PASSWORD where the
simple auth manager looks for it. The embedded start does the same in its own, quicker way.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from milestones.airflow.assets import POOLS

AIRFLOW = [sys.executable, "-m", "airflow"]


def main() -> int:
    """The exit status: 0 when all is prepared."""
    run(*AIRFLOW, "db", "migrate")
    for name, hosts in POOLS.items():
        if subprocess.run([*AIRFLOW, "pools", "get", name], capture_output=True, check=False).returncode:  # noqa: S603  # our own command line
            run(*AIRFLOW, "pools", "set", name, "1", f"Requests to {hosts}")
    run(str(Path(sys.executable).with_name("milestones")), "init")
    if password := os.environ.get("AIRFLOW_ADMIN_PASSWORD"):
        keep_login(Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]), "admin", password)
    return 0


def keep_login(path: Path, user: str, password: str) -> None:
    """Writes the login for Airflow's simple auth manager, readable by its owner only."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump({user: password}, file)


def run(*command: str) -> None:
    """Runs a step; a failing one ends the preparation with its status."""
    done = subprocess.run(command, check=False)  # noqa: S603  # our own command lines
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
