"""`python -m milestones.airflow.embedded`: the whole of Airflow on this machine, as `make run` starts it.

Starts the api-server, scheduler, dag-processor and triggerer on 127.0.0.1 with SQLite under MILESTONES_HOME/airflow, and stops everything it
started on Ctrl-C or TERM. Every start reads every source. `--once` runs every DAG to the end, prints the scoreboard and stops; `--show` prints
it and stays.
"""

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic

from milestones.airflow import rounds, watch
from milestones.airflow.components import Component, dead, end_leftovers, remember, start, stop
from milestones.airflow.installation import MILESTONES, Installation, installation_from
from milestones.airflow.rest import Rest, RestError
from milestones.domain.errors import MilestonesError, SettingsError

START_SECONDS = 240.0
"""How long Airflow may take to be healthy; 20 to 30 seconds are usual on two cores."""


STOPPED = 130
"""The exit status of what was stopped before it was done, as shells have it for Ctrl-C."""

LOOK_SECONDS = 15.0
LATER_LOOK_SECONDS = 60.0


def main(arguments: list[str] | None = None, *, stopped: Event | None = None, aside: Sequence[str] = ()) -> int:
    """The exit status: 0 done or stopped by the user, 1 a DAG failed or a component died, 2 could not start, 130 stopped before it was up or done.

    `stopped`: what `stop_on_signals` gave, for those who begin before; `aside`: lines to say below the scoreboard.
    """
    parser = argparse.ArgumentParser(prog="milestones.airflow.embedded", description="Airflow with every DAG, on this machine.")
    parser.add_argument("--once", action="store_true", help="run everything to the end, print the scoreboard, stop")
    parser.add_argument("--show", action="store_true", help="print the scoreboard when the first round is done, and stay")
    parser.add_argument("--minutes", type=float, default=30.0, help="how long a round may take (default 30)")
    options = parser.parse_args(arguments)
    stopped = stopped or stop_on_signals()
    try:
        _require_settings()
        installation = installation_from(os.environ, any_port=options.once)
        with _alone(installation):
            return _run(installation, options, stopped, aside)
    except (MilestonesError, RestError, rounds.Unfit) as error:
        say(str(error))
        return 2 if isinstance(error, SettingsError) else 1


def stop_on_signals() -> Event:
    """From now on Ctrl-C, TERM and a closed terminal set the event that is returned, and nothing else."""
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def say(line: str) -> None:
    """One line to whoever started us, at once also through a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _require_settings() -> None:
    from milestones.bootstrap import load_settings  # takes a second, in which Ctrl-C is answered already

    load_settings()


def _run(installation: Installation, options: argparse.Namespace, stopped: Event, aside: Sequence[str]) -> int:
    since = datetime.now(UTC)
    end_leftovers(installation.sessions, say)
    installation.check_port()
    env = installation.environment()
    say("preparing Airflow's database and the ledger")
    components: list[Component] = []
    try:
        _prepare(installation, env, stopped)
        if not stopped.is_set():
            say("starting Airflow")
            for name, command in installation.commands().items():
                components.append(start(name, command, env=env, logs=installation.logs))
                remember(components, installation.sessions)
        rest = Rest(port=installation.port, user=installation.user, password=installation.password())
        if not _wait_until_healthy(rest, components, stopped):
            say("stopped before it was up")
            return STOPPED
        say(installation.welcome())
        told: dict[str, str] = {}
        if options.once or options.show:
            seen = _one_round(rest, components, stopped, since, options.minutes * 60)
            if stopped.is_set():
                say("stopped before the round was done")
                return STOPPED
            failed = rounds.failures(rest, seen)
            for line in failed:
                say(line)
            _scoreboard(env)
            for line in ("", *([] if options.once else [f"Airflow stays open for a look at {installation.entrance()}; Ctrl-C ends it."]), *aside):
                say(line)
            if options.once:
                return 1 if failed else 0
            told = {run.dag: run.state for run in seen if run.dag in rounds.INGEST}
        else:
            say("the sources are being read; a line tells when each has been, and when that turns:")
        _stay(rest, components, stopped, since, told)
        return 0
    finally:
        if components:
            say("stopping everything that was started")
        stop(components)
        installation.sessions.unlink(missing_ok=True)


def _prepare(installation: Installation, env: Mapping[str, str], stopped: Event) -> None:
    """Runs the preparation to its end, or until stopped. It leads a session of its own, so that Ctrl-C reaches only us."""
    part = start("prepare", installation.preparation(), env=env, logs=installation.logs)
    remember([part], installation.sessions)
    while dead([part]) is None and not stopped.wait(0.1):
        pass
    stop([part])
    if part.process.returncode and not stopped.is_set():
        raise SettingsError(part.tail(1) or "the preparation failed without a word")


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


def _one_round(rest: Rest, components: list[Component], stopped: Event, since: datetime, limit: float) -> list[rounds.Run]:
    """Waits for the round of this start, then for the report; its runs. Raises RestError where it takes longer than `limit` seconds."""
    until = monotonic() + limit
    seen: list[rounds.Run] = []
    say("every source is read, then published, projected and checked:")
    begun = False
    for dag in (None, "report"):
        if dag:
            rounds.trigger(rest, dag, since)
        while not stopped.wait(1):
            begun = begun or rounds.begin(rest, since)
            now = rounds.runs(rest, since)
            rounds.tell_changes(seen, now, say)
            seen = now
            if rounds.settled(rest, seen, since):
                break
            if monotonic() > until:
                waiting = ", ".join(sorted({r.dag for r in seen if r.state not in rounds.ENDED})) or "the first runs"
                raise RestError(f"not done after {limit / 60:.0f} minutes, waiting for {waiting}; --minutes allows more")
            _all_alive(components)
        if stopped.is_set():
            break
    return seen


def _stay(rest: Rest, components: list[Component], stopped: Event, since: datetime, told: dict[str, str]) -> None:
    """Until stopped: sees that every source is read once, and tells what becomes of it (see watch)."""
    begun, look = False, 0.0
    while not stopped.wait(1):
        _all_alive(components)
        if monotonic() < look:
            continue
        with suppress(RestError):  # busy; a dead one was found above
            begun = begun or rounds.begin(rest, since)
        told = watch.tell_sources(rest, told, since, say)
        look = monotonic() + (LOOK_SECONDS if len(told) < len(rounds.INGEST) else LATER_LOOK_SECONDS)


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
