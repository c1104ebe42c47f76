"""Reading a monitor's archive again: what it would change, and the whole of changing it."""

from collections.abc import Callable
from dataclasses import dataclass

from expectations.gate import gate
from milestones.adapters.archive import answer_of
from milestones.bootstrap.monitor import Monitor, quiet
from milestones.detection import detector
from milestones.services import replaying
from milestones.services.ports import Progress
from milestones.services.replayed import Survey
from scrapers.rereading import read_again


@dataclass(frozen=True, slots=True)
class Replaying:
    """What can be done with the archive of a monitor and the parsers and rules of today."""

    monitor: Monitor

    def survey(self, progress: Progress = quiet) -> Survey:
        """What reading everything again would change; records nothing."""
        return replaying.survey(self._desk(progress))

    def publish_waiting(self, *, run_id: str, progress: Progress = quiet) -> None:
        """Publishes what waits to be published, so that it is told as the news that it is."""
        self._publish(run_id, progress, again=False)

    def record(self, found: Survey, *, run_id: str, say: Callable[[str], None], progress: Progress = quiet) -> None:
        """Records what a survey found, saying what was done. Dying on the way loses nothing: another replay goes on from there."""
        replaying.read_anew(self._desk(progress), found, run_id=run_id)
        for line in self._publish(run_id, progress, again=True):
            say(line)

    def _publish(self, run_id: str, progress: Progress, *, again: bool) -> list[str]:
        monitor = self.monitor
        detected = monitor.detect(run_id=run_id, progress=progress, again=again)
        audit = monitor.audit(run_id=run_id)
        appended = monitor.append(audit.passed, run_id=run_id)
        return [detected.line(), audit.line(), appended.line(), f"read tables at position {monitor.project()}"]

    def _desk(self, progress: Progress) -> replaying.Desk:
        monitor = self.monitor
        return replaying.Desk(
            readings=monitor.readings,
            captures=monitor.captures,
            ledger=monitor.ledger,
            archive=monitor.archive,
            replay=answer_of,
            parse=read_again,
            detect=detector(monitor.registry).read,
            audit=gate(monitor.registry),
            rules=monitor.rules,
            sound=monitor.sound_sources(),
            clock=monitor.clock,
            progress=progress,
        )
