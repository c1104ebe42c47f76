"""Adding a policy document to a monitor's ledger: what it changes, what it would find, and the whole of applying it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from milestones.adapters.registry_files import load_registry, load_vocabulary
from milestones.adapters.spreadsheets import read_grid, write_form
from milestones.bootstrap.monitor import Monitor, quiet
from milestones.bootstrap.wiring import knowing
from milestones.detection import detector
from milestones.domain.documents import Candidate, Document
from milestones.domain.registry import registry_from
from milestones.services import registering
from milestones.services.policy_form import choices
from milestones.services.policy_rows import Filled, read_form
from milestones.services.ports import Progress
from milestones.services.signature import Signature


def write_template(file: Path) -> None:
    """Writes an empty form. Raises RegistryError where it cannot, or where the file is there already."""
    write_form(file, choices(load_vocabulary()))


def filled(file: Path) -> Filled:
    """A form as it was filled in. Raises RegistryError where the file cannot be read."""
    return read_form(read_grid(file), load_vocabulary())


def refuse_shipped(data: Mapping[str, Any]) -> None:
    """Raises RegistryError for a policy document under the name of one that the product brings along."""
    registering.difference(data, load_registry(), {})


@dataclass(frozen=True, slots=True)
class Registering:
    """What can be done with a policy document `data` and a ledger."""

    monitor: Monitor
    data: Mapping[str, Any]

    def difference(self) -> registering.Difference:
        """What applying it would change. Raises RegistryError where it cannot be applied."""
        return registering.difference(self.data, load_registry(), self.monitor.applied)

    def matches(self, progress: Progress = quiet) -> Iterator[tuple[Document, Candidate]]:
        """What detection finds for it in the pages kept so far; records nothing."""
        return registering.matches(self.monitor.readings, detector(registry_from([self.data])).read, progress)

    def apply(self, change: registering.Difference, *, signature: Signature, say: Callable[[str], None], progress: Progress = quiet) -> None:
        """Records it and reads all kept pages with it, saying what was done.

        What waits to be published is published first, so that it is told as the news that it is; what is found in kept pages afterwards is
        not. Dying on the way loses nothing: applying it again reads on.
        """
        if change.changed:
            _publish(self.monitor, signature.run_id, progress)
            recorded = registering.record(self.monitor.ledger, change, signature=signature, now=self.monitor.clock())
            say(f"{len(recorded.events)} events recorded")
        for line in _publish(knowing(self.monitor), signature.run_id, progress, again=True):
            say(line)


def _publish(monitor: Monitor, run_id: str, progress: Progress, *, again: bool = False) -> list[str]:
    detected = monitor.detect(run_id=run_id, progress=progress, again=again)
    audit = monitor.audit(run_id=run_id)
    appended = monitor.append(audit.passed, run_id=run_id)
    return [detected.line(), audit.line(), appended.line(), f"read tables at position {monitor.project()}"]
