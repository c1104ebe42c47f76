"""What is asked of a monitor by those who decide: what a decision would change, and the decision itself.

What waits is named as `milestones review list` names it: the number of a candidate, `@` and the position of an event, or the target of a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from milestones.adapters.calendar import is_working_day
from milestones.bootstrap.monitor import FEEDS, Monitor
from milestones.bootstrap.verdicts import Verdicts
from milestones.domain.coverage import Coverage
from milestones.domain.errors import LedgerError
from milestones.domain.events import Draft, Recorded
from milestones.domain.status import sources_needed
from milestones.services import corrections, review
from milestones.services.foresight import Foresight, foreseen

MOST = 3_000
"""Events of one target up to which a decision is foreseen: as many as can be folded while somebody waits for a page."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """The decisions of a monitor's users."""

    monitor: Monitor

    def foresee(self, draft: Draft) -> Foresight | None:
        """What recording a draft would change now. None where it bears on no target, or where more is told of the target than can be folded."""
        monitor = self.monitor
        commitment = monitor.registry.by_key.get(draft.commitment or "")
        target = next((t for t in commitment.targets if t.slug == draft.target), None) if commitment else None
        events = monitor.case_reads.told_of(commitment.key, target.slug, MOST) if commitment and target else None
        if target is None or events is None:
            return None
        needed = sources_needed(target)
        rows = [row for source in needed for row in monitor.case_reads.coverage_of(source)]
        return foreseen(
            draft,
            events,
            monitor.registry,
            now=monitor.clock(),
            coverage=Coverage.of(rows, {source: FEEDS[source] for source in needed}),
            is_working_day=is_working_day,
        )

    def accept(self, name: str, *, by: str, reason: str, run_id: str) -> Sequence[Recorded]:
        """Agrees: a candidate is a milestone, an event that its document no longer tells is retracted, a verdict may be mailed.

        Raises LedgerError, or Conflict.
        """
        if "/" in name:
            return [Verdicts(self.monitor).decide(name, confirmed=True, by=by, reason=reason, run_id=run_id)]
        candidate, position = numbered(name)
        monitor, now = self.monitor, self.monitor.clock()
        if candidate:
            signature = monitor.sign(by, reason, run_id=run_id)
            return review.accept(monitor.readings, monitor.ledger, candidate, signature=signature, now=now).events
        stands = corrections.standing(monitor.ledger.read(), str(review.unsaid(monitor.ledger, position).position))
        signature = monitor.sign(by, reason, run_id=run_id)
        return [corrections.retract(monitor.ledger, stands, code=corrections.Code.WITHDRAWN_BY_SOURCE, signature=signature, now=now)]

    def reject(self, name: str, *, by: str, reason: str, run_id: str) -> Sequence[Recorded]:
        """Disagrees: a candidate is no milestone, an event stands though its document changed, a verdict is not mailed. Raises as `accept` does."""
        if "/" in name:
            return [Verdicts(self.monitor).decide(name, confirmed=False, by=by, reason=reason, run_id=run_id)]
        candidate, position = numbered(name)
        monitor, now = self.monitor, self.monitor.clock()
        signature = monitor.sign(by, reason, run_id=run_id)
        if candidate:
            return review.reject(monitor.readings, monitor.ledger, candidate, signature=signature, now=now).events
        return [review.keep(monitor.ledger, monitor.captures, position, signature=signature, now=now)]


def numbered(name: str) -> tuple[int, int]:
    """A name of the queue as the number of a candidate or the position of an event; the other is 0. Raises LedgerError."""
    digits = name.removeprefix("@")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
        raise LedgerError(f"{name[:80]!r} is no number of `milestones review list`")
    return (0, int(digits)) if name.startswith("@") else (int(digits), 0)
