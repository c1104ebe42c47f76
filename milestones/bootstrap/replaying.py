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

SLICE = 5_000
"""Documents whose candidates are published together."""


@dataclass(frozen=True, slots=True)
class Replaying:
    """What can be done with the archive of a monitor and the parsers and rules of today."""

    monitor: Monitor

    def survey(self, progress: Progress = quiet) -> Survey:
        """What reading everything again would change; records nothing."""
        return replaying.survey(self._desk(progress))

    def publish_waiting(self, *, run_id: str, say: Callable[[str], None], progress: Progress = quiet) -> None:
        """Publishes what waits to be published, so that it is told as the news that it is, saying what was done."""
        self._publish(run_id, progress, say, again=False)

    def record(self, found: Survey, *, run_id: str, say: Callable[[str], None], progress: Progress = quiet) -> None:
        """Records what a survey found, saying what was done. Dying on the way loses nothing: another replay goes on from there."""
        replaying.read_anew(self._desk(progress), found, run_id=run_id)
        self._publish(run_id, progress, say, again=True)

    def _publish(self, run_id: str, progress: Progress, say: Callable[[str], None], *, again: bool) -> None:
        """In slices, so that memory does not grow with the archive."""
        monitor, read = self.monitor, SLICE
        while read >= SLICE:
            detected = monitor.detect(run_id=run_id, progress=progress, again=again, most=SLICE)
            audit = monitor.audit(run_id=run_id)
            appended = monitor.append(audit.passed, run_id=run_id)
            read = detected.documents
            for line in (detected.line(), audit.line(), appended.line()):
                say(line)
        say(f"read tables at position {monitor.project()}")

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
