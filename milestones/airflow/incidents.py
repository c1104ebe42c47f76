"""Tells the operators of a source that is degraded: once for each incident, though the check that finds it is red every hour."""

import logging
from typing import Any

from milestones.airflow.post import CONNECTION, tell_operators
from milestones.domain.errors import MilestonesError

log = logging.getLogger(__name__)


def tell_of_incidents(context: Any) -> None:
    """On failure of the check: the usual mail where an incident is new, or where the check itself could not run; otherwise a line in the log."""
    from milestones.bootstrap import Watching, open_monitor

    try:
        with open_monitor() as monitor:
            watching = Watching(monitor)
            incidents = watching.untold()
            if not incidents and not _broke(context):
                log.info("The operators have been told of every incident; no mail is sent.")
            elif told := tell_operators(context):
                watching.told(incidents, recipients=told, went_to=CONNECTION, run_id=context["run_id"])
    except MilestonesError as error:
        log.warning("whom the operators were told of could not be looked up: %s", error)
        tell_operators(context)


def _broke(context: Any) -> bool:
    """Whether the check failed by itself, not by what it found."""
    from milestones.airflow.tasks import FOUND

    return FOUND not in str(context.get("exception"))
