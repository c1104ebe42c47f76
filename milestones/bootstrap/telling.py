"""What a monitor tells beside its digests: the brief of one commitment."""

from dataclasses import dataclass

from milestones.adapters.calendar import is_working_day
from milestones.bootstrap.evidence import Evidence
from milestones.bootstrap.monitor import FEEDS, Monitor
from milestones.domain.coverage import Coverage
from milestones.domain.dates import hk_day
from milestones.domain.milestones import Knowledge
from milestones.domain.status import View
from milestones.reports import brief as brief_page
from milestones.services import brief


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of a monitor's ledger."""

    monitor: Monitor

    def brief(self, commitment: str, language: str) -> brief_page.Page:
        """The brief of one commitment, in `en` or `zh`. Raises RegistryError for one that is not there."""
        monitor, now = self.monitor, self.monitor.clock()
        found = monitor.registry.find(commitment)
        knowledge, statuses = monitor.statuses(on=hk_day(now))
        told = brief.brief(
            next(s for s in statuses if s.commitment.key == found.key),
            monitor.registry.policy_document(found.key),
            self._view(knowledge),
            made_at=now,
            origin=monitor.origin,
            in_trouble={t.source: t.line() for t in monitor.in_trouble(statuses)},
            last_sittings=monitor.last_sittings(knowledge, statuses, hk_day(now)),
            checkpoint=Evidence(monitor).checkpoint(),
        )
        return brief_page.render(told, monitor.vocabulary, language)

    def _view(self, knowledge: Knowledge) -> View:
        coverage = Coverage.of(self.monitor.captures.coverage(), FEEDS)
        return View(on=hk_day(self.monitor.clock()), knowledge=knowledge, coverage=coverage, is_working_day=is_working_day)
