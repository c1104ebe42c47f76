"""The embedded Airflow as an installation: where it lives, how it is set, what is started, and what its user is told.

Imports no Airflow: whoever starts it must be able to answer Ctrl-C at once, not after the seconds that such an import takes.
"""

import json
import os
import secrets
import socket
import sys
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from milestones.domain.errors import SettingsError

REPOSITORY = Path(__file__).resolve().parents[2]

MILESTONES = str(Path(sys.executable).with_name("milestones"))
"""The command line of this very environment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """An Airflow of one's own under `home`/airflow, on `port` of 127.0.0.1; `any_port`: one that was free just now."""

    home: Path
    port: int
    given: Mapping[str, str]
    user: str = "admin"
    any_port: bool = False

    @property
    def airflow_home(self) -> Path:
        """Metadata database, generated configuration, logs."""
        return self.home / "airflow"

    @property
    def logs(self) -> Path:
        """What the components write; the logs of tasks lie beside them."""
        return self.airflow_home / "logs" / "components"

    @property
    def sessions(self) -> Path:
        """Remembers what was started (see components)."""
        return self.airflow_home / "sessions.json"

    @property
    def address(self) -> str:
        """Where the browser goes."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """The environment of every component. What the user has set for Airflow is kept where it does not decide how the parts find one another."""
        ours = {
            "MILESTONES_HOME": str(self.home),
            "AIRFLOW_HOME": str(self.airflow_home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{self.address}/execution/",
            "AIRFLOW__API__BASE_URL": self.address,
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{self.airflow_home / 'airflow.db'}",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{self.user}:admin",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(self._passwords),
            **self._keys(),
        }
        usual = {
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Hong_Kong",  # of times without a zone; which one the UI shows is each browser's choice
            "AIRFLOW__CORE__PARALLELISM": "4",  # LocalExecutor forks this many workers at once; 32 of them take a gigabyte more
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
            "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
            "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "60",  # after a kill, tasks are taken up again in a minute and not in five
            "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "30",  # the api-server's first answers take longer than 5 s on a busy machine
            "AIRFLOW__LOGGING__NAMESPACE_LEVELS": "great_expectations=WARNING alembic=WARNING",  # they would bury our lines under hundreds
            "GX_ANALYTICS_ENABLED": "false",
        }
        return {**usual, **self.given, **ours}

    def preparation(self) -> list[str]:
        """The command that runs to the end before anything starts; may be repeated."""
        if not self._passwords.exists():
            keep_secret(self._passwords, {self.user: secrets.token_urlsafe(12)})
        return [sys.executable, "-m", "milestones.airflow.prepare"]

    def commands(self) -> dict[str, list[str]]:
        """Name and command line of each component. Their log servers stay off: they would listen on every interface, and all logs are local files."""
        airflow = [sys.executable, "-m", "airflow"]
        return {
            "api-server": [*airflow, "api-server", "--host", "127.0.0.1", "--port", str(self.port)],
            "scheduler": [*airflow, "scheduler", "--skip-serve-logs"],
            "dag-processor": [*airflow, "dag-processor"],
            "triggerer": [*airflow, "triggerer", "--skip-serve-logs"],
        }

    def check_port(self) -> None:
        """Raises SettingsError if another program has the port: its answers would be taken for ours."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                raise SettingsError(f"port {self.port} is in use: stop what uses it, or set MILESTONES_PORT to another one") from None

    def password(self) -> str:
        """The login's password, made on the first start."""
        return str(json.loads(self._passwords.read_text("utf-8"))[self.user])

    def entrance(self) -> str:
        """Address and login."""
        return f"{self.address}   login {self.user}, password {self.password()}"

    def welcome(self) -> str:
        """What the user needs to know once everything is up."""
        mirror = self.given.get("MILESTONES_MIRROR")
        reads = f"the mirror {mirror}" + (" (facsimiles)" if "MILESTONES_NOW" in self.given else "") if mirror else "the live sites"
        since = self.given.get("MILESTONES_SINCE")
        past = "" if since else "\n  the past   only the last seven days are read; `milestones ingest --since 2024-10-16` fills the rest, politely"
        passing = "\n             (a free port, for this run only; MILESTONES_PORT fixes one)" if self.any_port else ""
        return (
            f"\nMilestone Monitor is up\n"
            f"  Airflow    {self.entrance()}{passing}\n"
            f"  reads      {reads}{f' since {since}' if since else ''}\n"
            f"  reports    {self.home / 'outbox'}, until the connection smtp_default names a mail server\n"
            f"  status     {MILESTONES} status   (with MILESTONES_HOME={self.home}){past}\n"
            f"  stop       Ctrl-C\n"
        )

    def _keys(self) -> dict[str, str]:
        """What the parts sign and encrypt with, made once. Left to themselves, parts that start together each make their own."""
        path = self.airflow_home / "keys.json"
        if not path.exists():
            keep_secret(
                path,
                {
                    "AIRFLOW__CORE__FERNET_KEY": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
                    "AIRFLOW__API__SECRET_KEY": secrets.token_hex(32),
                    "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
                },
            )
        keys: dict[str, str] = json.loads(path.read_text("utf-8"))
        return keys

    @property
    def _passwords(self) -> Path:
        return self.airflow_home / "passwords.json"


def installation_from(environ: Mapping[str, str], *, any_port: bool = False) -> Installation:
    """From MILESTONES_HOME (default ./var) and MILESTONES_PORT (default 8080, with `any_port` a free one); makes the folder. Raises SettingsError."""
    home = Path(environ.get("MILESTONES_HOME") or "var").resolve()
    given = environ.get("MILESTONES_PORT")
    port = given or (str(free_port()) if any_port else "8080")
    if not port.isascii() or not port.isdigit() or not 1024 <= int(port) <= 65535:
        raise SettingsError(f"MILESTONES_PORT must be a port from 1024 to 65535, not {port!r}")
    try:
        (home / "airflow").mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(f"MILESTONES_HOME {home} cannot be made: {error.strerror}") from None
    return Installation(home=home, port=int(port), given=dict(environ), any_port=any_port and not given)


def free_port() -> int:
    """A port nobody listens on, for runs that no browser looks at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def keep_secret(path: Path, values: dict[str, str]) -> None:
    """Writes secrets as JSON, readable by their owner only."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump(values, file)
