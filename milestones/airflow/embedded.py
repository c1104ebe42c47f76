"""`python -m milestones.airflow.embedded`: the whole of Airflow on this machine, as `make run` starts it.

Starts the api-server, scheduler, dag-processor and triggerer on 127.0.0.1 with SQLite under MILESTONES_HOME/airflow, and stops everything it
started on Ctrl-C or TERM. `--once` runs every DAG to the end, prints the scoreboard and stops; `--show` prints it and stays.
"""

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from milestones.airflow import rounds
from milestones.airflow.components import Component, dead, end_leftovers, remember, start, stop
from milestones.airflow.installation import Installation, free_port, installation_from
from milestones.airflow.prepare import MILESTONES
from milestones.airflow.rest import Rest, RestError
from milestones.domain.errors import MilestonesError, SettingsError

START_SECONDS = 240.0
"""How long Airflow may take to be healthy; 20 to 30 seconds are usual on two cores."""


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0 done or stopped by the user, 1 a DAG failed or a component died, 2 could not start."""
    parser = argparse.ArgumentParser(prog="milestones.airflow.embedded", description="Airflow with every DAG, on this machine.")
    parser.add_argument("--once", action="store_true", help="run everything to the end, print the scoreboard, stop")
    parser.add_argument("--show", action="store_true", help="print the scoreboard when the first round is done, and stay")
    parser.add_argument("--minutes", type=float, default=30.0, help="how long a round may take (default 30)")
    options = parser.parse_args(arguments)
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopped.set())
    try:
        environ = {**os.environ, "MILESTONES_PORT": str(free_port())} if options.once and "MILESTONES_PORT" not in os.environ else os.environ
        installation = installation_from(environ)
        with _alone(installation):
            return _run(installation, options, stopped)
    except (MilestonesError, RestError, rounds.Unfit) as error:
        say(str(error))
        return 2 if isinstance(error, SettingsError) else 1


def say(line: str) -> None:
    """One line to whoever started us, at once also through a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _run(installation: Installation, options: argparse.Namespace, stopped: Event) -> int:
    end_leftovers(installation.sessions, say)
    installation.check_port()
    env = installation.environment()
    say("preparing Airflow's database and the ledger")
    _prepare(installation, env)
    components: list[Component] = []
    try:
        say("starting Airflow")
        for name, command in installation.commands().items():
            components.append(start(name, command, env=env, logs=installation.logs))
            remember(components, installation.sessions)
        rest = Rest(port=installation.port, user=installation.user, password=installation.password())
        if not _wait_until_healthy(rest, components, stopped):
            return 0
        say(installation.welcome())
        if options.once or options.show:
            code = _one_round(rest, components, stopped, options.minutes * 60)
            if not stopped.is_set():
                _scoreboard(env)
            if options.once or stopped.is_set():
                return code
            say("Airflow stays open for a look; Ctrl-C ends it.")
        while not stopped.wait(1):
            _all_alive(components)
        return 0
    finally:
        say("stopping everything that was started")
        stop(components)
        installation.sessions.unlink(missing_ok=True)


def _prepare(installation: Installation, env: Mapping[str, str]) -> None:
    done = subprocess.run(installation.preparation(), env=dict(env), capture_output=True, text=True, check=False, umask=0o077)  # noqa: S603  # ours
    if done.returncode:
        raise SettingsError((done.stderr.strip() or done.stdout.strip() or "the preparation failed without a word").splitlines()[-1])


def _wait_until_healthy(rest: Rest, components: list[Component], stopped: Event) -> bool:
    """Waits for every component to call itself healthy, telling each; False when stopped meanwhile."""
    told: set[str] = set()
    until = monotonic() + START_SECONDS
    while not stopped.is_set():
        health = rest.healthy()
        for name in sorted(n for n, good in health.items() if good and n not in told):
            told.add(name)
            say(f"  {name} is up")
        if health and all(health.values()):
            return True
        if monotonic() > until:
            late = ", ".join(n for n, good in health.items() if not good) or "the api-server"
            raise RestError(f"Airflow was not healthy after {START_SECONDS:.0f} s, waiting for {late}; see the logs in {components[0].log.parent}")
        _all_alive(components)
        stopped.wait(0.5)
    return False


def _one_round(rest: Rest, components: list[Component], stopped: Event, limit: float) -> int:
    """Waits for the first round, then for the report; 1 with the end of the log of what failed, else 0."""
    until = monotonic() + limit
    seen: list[rounds.Run] = []
    say("every source is read, then published, projected and checked:")
    for dag in (None, "report"):
        if dag:
            rounds.trigger(rest, dag)
        while not stopped.wait(1):
            now = rounds.runs(rest)
            rounds.tell_changes(seen, now, say)
            seen = now
            if rounds.settled(rest, seen):
                break
            if monotonic() > until:
                waiting = ", ".join(sorted({r.dag for r in seen if r.state not in rounds.ENDED})) or "the first runs"
                raise RestError(f"not done after {limit / 60:.0f} minutes, waiting for {waiting}; --minutes allows more")
            _all_alive(components)
    failed = [] if stopped.is_set() else rounds.failures(rest, seen)
    for told in failed:
        say(told)
    return 1 if failed else 0


def _scoreboard(env: Mapping[str, str]) -> None:
    say("")
    columns = str(shutil.get_terminal_size((140, 24)).columns)  # in the log of a CI run 80 would cut every title
    subprocess.run([MILESTONES, "status"], env={**env, "COLUMNS": columns}, check=False)  # noqa: S603  # our own command line


def _all_alive(components: list[Component]) -> None:
    if gone := dead(components):
        raise RestError(f"{gone.name} ended by itself with status {gone.process.returncode}; the end of {gone.log}:\n{gone.tail()}")


@contextmanager
def _alone(installation: Installation) -> Iterator[None]:
    """Holds the home for this process; a second start over the same home is refused, not mixed in."""
    with Path(installation.airflow_home / "running.lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(
                f"Milestone Monitor runs already over {installation.home}; stop it, or set MILESTONES_HOME to another folder"
            ) from None
        yield


if __name__ == "__main__":
    sys.exit(main())
