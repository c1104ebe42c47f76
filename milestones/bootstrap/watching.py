"""What is asked of a monitor by those who watch the sources: how each is doing, what alarms, and which incident nobody was told of yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from milestones.bootstrap.monitor import PRODUCER, Monitor
from milestones.domain.dates import hk_day
from milestones.domain.watching import Incident
from milestones.services import incident_mail, watching
from milestones.services.overhearing import RECENT_DAYS
from milestones.services.source_health import Health, days_read
from scrapers import SOURCES


@dataclass(frozen=True, slots=True)
class Watching:
    """The sources that a monitor reads, and how they are doing."""

    monitor: Monitor

    def look(self, *, run_id: str) -> list[Health]:
        """Asks what time alone can change, records incidents that begin or end, and tells how each source is doing."""
        for name in self.monitor.settings.sources:
            watching.by_the_hour(SOURCES[name], self.monitor.watch, run_id=run_id)
        return self.health()

    def health(self) -> list[Health]:
        """How each source of the settings is doing."""
        monitor = self.monitor
        now, coverage = monitor.clock(), monitor.captures.coverage()
        trouble = {t.source: t for t in monitor.in_trouble()}
        return [
            Health(
                facts=facts,
                days_read=days_read(facts, coverage, hk_day(now)),
                checks=tuple(monitor.watch.checks.newest(facts.source, 1)),
                counts=tuple(monitor.watch.checks.counts(facts.source, hk_day(now) - timedelta(days=RECENT_DAYS))),
                trouble=trouble.get(facts.source),
            )
            for facts in monitor.source_facts(now)
            if facts.source in monitor.settings.sources
        ]

    def untold(self) -> list[Incident]:
        """Incidents that the operators have had no mail about."""
        seen = self.monitor.watch.seen
        incidents = [incident for name in self.monitor.settings.sources if (incident := seen.incident(name)[0])]
        return incident_mail.untold(incidents, self.monitor.ledger) if incidents else []

    def untold_ends(self) -> list[Incident]:
        """Incidents of which the operators were told and which have ended, without a mail about that."""
        return incident_mail.untold_ends(self.monitor.ledger)

    def told(self, incidents: Sequence[Incident], news: incident_mail.News, *, recipients: int, went_to: str, run_id: str) -> None:
        """Records that the operators had a mail with this news about these."""
        drafts = [incident_mail.told_draft(i, news, recipients=recipients, went_to=went_to, producer=PRODUCER, run_id=run_id) for i in incidents]
        self.monitor.ledger.append(drafts, now=self.monitor.clock())
