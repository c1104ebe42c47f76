"""At least so many seconds between two requests to one host, whoever asks: Airflow tasks and the command line share the next free slot.

One small file per host holds the time of that slot. It is locked only while it is read and moved on, never during the wait.
"""

import fcntl
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_LONGEST_QUEUE = 3600.0
"""A slot further ahead than this many seconds comes from a clock that was set back, not from a queue."""


class Pace(Protocol):
    """Waits until this host may be asked again."""

    def __call__(self, host: str, at_least: float = 0.0) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """`interval` seconds between requests to one host, over all processes that share `folder`; 0 means no pause at all."""

    folder: Path
    interval: float
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def __call__(self, host: str, at_least: float = 0.0) -> None:
        """Takes the next free slot and sleeps until it begins; `at_least` is a longer interval that the host itself asks for."""
        if not self.interval:
            return
        wait = self._take_slot(host, max(self.interval, at_least))
        if wait > 0:
            self.sleep(wait)

    def _take_slot(self, host: str, interval: float) -> float:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{re.sub(r'[^a-z0-9.-]', '_', host.lower())}.slot"
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            now = self.now()
            slot = _slot(file.read())
            begins = slot if now < slot <= now + _LONGEST_QUEUE else now
            file.seek(0)
            file.truncate()
            file.write(f"{begins + interval:.3f}")
        return begins - now


def _slot(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
