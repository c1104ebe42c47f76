"""The verdicts of a monitor: which are news, which wait for a person, and the decision."""

from dataclasses import dataclass

from milestones.adapters.calendar import is_working_day
from milestones.bootstrap.monitor import Monitor
from milestones.domain.dates import hk_day
from milestones.domain.events import Recorded
from milestones.services import verdicts
from milestones.services.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a monitor would say of targets, once somebody has confirmed it."""

    monitor: Monitor

    def all(self) -> list[Verdict]:
        """Those of today that are news."""
        monitor = self.monitor
        first = monitor.ledger.read(limit=1)
        today = hk_day(monitor.clock())
        return verdicts.verdicts(
            monitor.statuses(on=today)[1],
            on=today,
            opened_on=hk_day(first[0].recorded_at) if first else today,
            is_working_day=is_working_day,
            grace=monitor.settings.verdict_grace,
        )

    def waiting(self) -> list[Verdict]:
        """Those that nobody has decided on; none where nobody is asked."""
        return verdicts.waiting(self.all(), self.monitor.ledger.read()) if self.monitor.settings.confirm_verdicts else []

    def to_be_told(self) -> list[Verdict]:
        """Those that may be mailed."""
        if not self.monitor.settings.confirm_verdicts:
            return self.all()
        known = verdicts.decided(self.monitor.ledger.read())
        return [v for v in self.all() if known.get(v.key)]

    def decide(self, name: str, *, confirmed: bool, by: str, reason: str, run_id: str) -> Recorded:
        """Confirms the verdict of a name such as `DE-04/bill`, or declines it. Raises LedgerError."""
        found = verdicts.named(self.waiting(), name)
        signature = self.monitor.sign(by, reason, run_id=run_id)
        return verdicts.decide(found, self.monitor.ledger, confirmed=confirmed, signature=signature, now=self.monitor.clock())
