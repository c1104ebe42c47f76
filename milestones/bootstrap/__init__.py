"""The only place where things are wired.

The command line and the DAGs open a Monitor and call one of its steps.
"""

from milestones.bootstrap.deciding import Deciding
from milestones.bootstrap.evidence import Evidence
from milestones.bootstrap.monitor import Monitor
from milestones.bootstrap.pages import PageReader, page_reader
from milestones.bootstrap.recording import Recording
from milestones.bootstrap.replaying import Replaying
from milestones.bootstrap.reporting import Reporting
from milestones.bootstrap.watching import Watching
from milestones.bootstrap.wiring import load_settings, open_as_found, open_existing, open_monitor

__all__ = [
    "Deciding",
    "Evidence",
    "Monitor",
    "PageReader",
    "Recording",
    "Replaying",
    "Reporting",
    "Watching",
    "load_settings",
    "open_as_found",
    "open_existing",
    "open_monitor",
    "page_reader",
]
