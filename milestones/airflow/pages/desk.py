"""The monitor that the pages read from: opened once in a process, because migrating and reading the registry take longer than any page."""

import atexit
from contextlib import ExitStack
from functools import cache

from milestones.bootstrap import Monitor, load_settings, open_monitor
from milestones.settings import Settings


def monitor() -> Monitor:
    """The monitor of this process's settings. Raises SettingsError."""
    return _opened(load_settings())


@cache
def _opened(settings: Settings) -> Monitor:
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(open_monitor(settings))
