"""Tells the operators of sources that are degraded: once when an incident begins and once when it ends, though the check is red every hour."""

import logging
from typing import TYPE_CHECKING, Any

from milestones.airflow.notices import tell_of_failure, tell_of_recovery, what_to_do, where_to_look
from milestones.airflow.post import CONNECTION, mail_operators
from milestones.domain.dates import HKT
from milestones.domain.errors import MilestonesError
from milestones.services.incident_mail import News

if TYPE_CHECKING:
    from milestones.bootstrap import Watching

log = logging.getLogger(__name__)


def tell_of_incidents(context: Any) -> None:
    """When the check has failed: mails of the incidents that nobody was told of, and one where the check itself could not run."""
    _tell_news(context)
    if _broke(context):
        tell_of_failure(context)


def tell_of_sound_sources(context: Any) -> None:
    """When the check has passed: mails of the incidents that ended, and that the check runs again."""
    _tell_news(context)
    tell_of_recovery(context)


def _tell_news(context: Any) -> None:
    from milestones.bootstrap import Watching, open_monitor

    try:
        with open_monitor() as monitor:
            watching = Watching(monitor)
            _tell_begun(watching, context)
            _tell_ended(watching, context)
    except MilestonesError as error:
        log.warning("Whether there is news of sources to tell could not be looked up: %s", error)


def _tell_begun(watching: "Watching", context: Any) -> None:
    begun = watching.untold()
    if not begun:
        return
    trouble = {t.source: t.line() for t in watching.monitor.in_trouble()}
    lines = [f"{i.source}: {trouble.get(i.source, i.reason)}" for i in begun]
    told = mail_operators(f"{', '.join(i.source for i in begun)} degraded", [*lines, f"What to do: {what_to_do(context)}", where_to_look(context)])
    if told:
        watching.told(begun, News.BEGUN, recipients=told, went_to=CONNECTION, run_id=context["run_id"])


def _tell_ended(watching: "Watching", context: Any) -> None:
    ended = watching.untold_ends()
    if not ended:
        return
    lines = [
        f"{end.source}: reads well again. It had been degraded since {end.since.astimezone(HKT):%Y-%m-%d %H:%M} HKT: {end.reason}" for end in ended
    ]
    told = mail_operators(f"{', '.join(end.source for end in ended)} recovered", [*lines, where_to_look(context)])
    if told:
        watching.told(ended, News.ENDED, recipients=told, went_to=CONNECTION, run_id=context["run_id"])


def _broke(context: Any) -> bool:
    """Whether the check failed by itself, not by what it found."""
    from milestones.airflow.tasks import FOUND

    return FOUND not in str(context.get("exception"))
