"""The monitor that the pages read from: opened once in a process, because migrating and reading the registry take longer than any page."""

import atexit
from contextlib import ExitStack
from functools import cache
from threading import Lock

from milestones.airflow.pages.frame import Footing
from milestones.bootstrap import Monitor, load_settings, open_existing
from milestones.settings import Settings

_opening = Lock()


def monitor() -> Monitor:
    """The monitor of this process's settings. Raises SettingsError, also where there is no ledger yet: looking makes none."""
    with _opening:
        return _opened(load_settings())


def footing(desk: Monitor) -> Footing:
    """What the read tables of the monitor rest on."""
    counted = desk.read_tables.rows("read_status_count")
    return Footing(
        origin=desk.origin,
        position=desk.read_tables.position(),
        as_of_on=counted[0]["as_of_on"] if counted else "",
        contact=desk.settings.contact,
    )


@cache
def _opened(settings: Settings) -> Monitor:
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(open_existing(settings))
