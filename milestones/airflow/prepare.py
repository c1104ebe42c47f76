"""`python -m milestones.airflow.prepare`: what an Airflow needs before its components start; safe to repeat.

Brings Airflow's metadata database and the ledger up to date, makes the pools, and writes the login given as AIRFLOW_ADMIN_PASSWORD where the
simple auth manager looks for it. Nothing else runs meanwhile: on SQLite a write through the API can stall behind a starting task.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from milestones.airflow.assets import POOLS

MILESTONES = str(Path(sys.executable).with_name("milestones"))
"""The command line of this very environment."""


def main() -> int:
    """The exit status: 0 when all is prepared."""
    ledger = subprocess.Popen([MILESTONES, "init"])  # noqa: S603  # our own command line
    airflow("db", "migrate")
    for name, hosts in POOLS.items():
        try:
            airflow("pools", "get", name)
        except SystemExit:  # there is none; one that is there keeps the size its users gave it
            airflow("pools", "set", name, "1", f"Requests to {hosts}")
    if password := os.environ.get("AIRFLOW_ADMIN_PASSWORD"):
        keep_secret(Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]), {"admin": password})
    return ledger.wait()


def airflow(*arguments: str) -> None:
    """An `airflow` command in this process: each new one would take five seconds to import it. Raises SystemExit where the command fails."""
    from airflow.cli.cli_parser import get_parser

    parsed = get_parser().parse_args(arguments)
    parsed.func(parsed)


def keep_secret(path: Path, values: dict[str, str]) -> None:
    """Writes secrets as JSON, readable by their owner only."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump(values, file)


if __name__ == "__main__":
    sys.exit(main())
