"""`python -m milestones.airflow.prepare`: what an Airflow needs before its components start; safe to repeat.

Brings Airflow's metadata database and the ledger up to date, makes the pools, and writes the login given as AIRFLOW_ADMIN_PASSWORD where the
simple auth manager looks for it. Nothing else runs meanwhile: on SQLite a write through the API can stall behind a starting task.
"""

import os
import subprocess
import sys
from pathlib import Path

from milestones.airflow.assets import POOLS
from milestones.airflow.installation import MILESTONES, keep_secret


def main() -> int:
    """The exit status: 0 when all is prepared."""
    ledger = subprocess.Popen([MILESTONES, "init"], stderr=subprocess.PIPE, text=True)  # noqa: S603  # our own command line
    airflow("db", "migrate")
    for name, hosts in POOLS.items():
        try:
            airflow("pools", "get", name)
        except SystemExit:  # there is none; one that is there keeps the size its users gave it
            airflow("pools", "set", name, "1", f"Requests to {hosts}")
    if password := os.environ.get("AIRFLOW_ADMIN_PASSWORD"):
        keep_secret(Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]), {"admin": password})
    _, complaint = ledger.communicate()
    sys.stderr.write(complaint)  # last of all, where those who started us look for the cause
    return ledger.returncode


def airflow(*arguments: str) -> None:
    """An `airflow` command in this process: each new one would take five seconds to import it. Raises SystemExit where the command fails."""
    from airflow.cli.cli_parser import get_parser

    parsed = get_parser().parse_args(arguments)
    parsed.func(parsed)


if __name__ == "__main__":
    sys.exit(main())
