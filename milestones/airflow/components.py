"""Processes that are started together and end together.

Each component leads a session of its own, so Ctrl-C in the terminal reaches only us, and whatever it starts (Airflow puts every task in a
process group of its own) can be found again by its session, even after its parent is gone. A file remembers the sessions, so that what a
killed run left behind is ended by the next one.
"""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil  # type: ignore[import-untyped]  # comes with Airflow; its stubs are not in the lock

Say = Callable[[str], None]

GRACE_SECONDS = 10.0
"""What a component gets between TERM and KILL; a task that is cut short is run again by the next start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A running child. Its process id is also the id of its session and of its process group."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def tail(self, lines: int = 15) -> str:
        """The end of what it wrote."""
        text = self.log.read_text("utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])


def start(name: str, command: Sequence[str], *, env: Mapping[str, str], logs: Path) -> Component:
    """Starts a component; what it writes goes to `logs`/<name>.log, afresh."""
    logs.mkdir(parents=True, exist_ok=True)
    path = logs / f"{name}.log"
    with path.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # our own command lines, no shell
            command, env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, umask=0o077
        )
    return Component(name=name, process=process, log=path)


def dead(components: Sequence[Component]) -> Component | None:
    """The first component that has ended, if one has."""
    return next((c for c in components if c.process.poll() is not None), None)


def stop(components: Sequence[Component]) -> None:
    """Ends the components and everything they started; returns when all are gone."""
    end_sessions([c.process.pid for c in components])
    for component in components:
        component.process.wait()


def end_sessions(sessions: Sequence[int]) -> None:
    """TERM to the leaders' groups, some time to end, KILL to whoever is left in their sessions."""
    for session in sessions:
        with suppress(ProcessLookupError):
            os.killpg(session, signal.SIGTERM)
    until = monotonic() + GRACE_SECONDS
    while members(sessions) and monotonic() < until:
        sleep(0.1)
    while left := members(sessions):
        for process in left:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        sleep(0.05)


def members(sessions: Sequence[int]) -> list[int]:
    """The living processes of these sessions; a zombie is as good as gone."""
    found = []
    for pid in psutil.pids():
        with suppress(ProcessLookupError, PermissionError, psutil.NoSuchProcess):
            if os.getsid(pid) in sessions and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
    return found


def remember(components: Sequence[Component], path: Path) -> None:
    """Writes the sessions down, with the start of each leader: process ids are used again."""
    path.write_text(json.dumps({c.process.pid: psutil.Process(c.process.pid).create_time() for c in components}), encoding="utf-8")


def end_leftovers(path: Path, say: Say) -> None:
    """Ends what a run that was killed has left behind, as far as `path` remembers it."""
    if not path.exists():
        return
    left = [int(pid) for pid, born in json.loads(path.read_text("utf-8")).items() if _still_ours(int(pid), born)]
    if left:
        say(f"ending {len(left)} components that an earlier run left behind")
        end_sessions(left)
    path.unlink()


def _still_ours(session: int, born: float) -> bool:
    if not members([session]):
        return False
    try:
        return bool(abs(psutil.Process(session).create_time() - born) < 1)
    except psutil.NoSuchProcess:
        return True  # the leader is dead, and the kernel gives its number to nobody while the session has members
