"""What is asked of a ledger by those who do not want to believe it: checkpoints, verification, proofs, traces, captures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from milestones.adapters.archive import answer_of
from milestones.adapters.signing import Signer, Verifier, judged, signer_of, verifiers_of, write_new_key
from milestones.adapters.warc_files import WarcFolder
from milestones.bootstrap.monitor import PRODUCER, Monitor, quiet
from milestones.domain.notes import Note
from milestones.domain.verification import Damage
from milestones.services import integrity
from milestones.services.exporting import export_captures
from milestones.services.naming import event_named
from milestones.services.ports import (
    Progress,
)
from milestones.services.rebuilding import Rehearsal, compare
from milestones.services.tracing import Trace, trace
from scrapers import read_saved


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence that a monitor's ledger can give."""

    monitor: Monitor

    def checkpoint(self) -> Note:
        """A checkpoint of all events, signed if there is a key; kept once for each size."""
        signer = self._signer()
        return integrity.make_checkpoint(self.monitor.checkpoints, signer, now=self.monitor.clock())

    def verify(self, *, outside: Sequence[Note] = (), progress: Progress = quiet) -> integrity.Inspection:
        """Everything that can be checked of this ledger, also against checkpoints held elsewhere."""
        return integrity.inspect_ledger(
            self.monitor.checkpoints,
            self.monitor.inspect,
            self._judge(),
            compare=self._compare_read_models,
            outside=outside,
            progress=progress,
        )

    def kept(self, limit: int) -> list[integrity.Kept]:
        """The newest checkpoints of this ledger, newest first, and what their signatures are worth here."""
        newest = self.monitor.checkpoints.all()[: -limit - 1 : -1]
        return integrity.judged_notes(newest, integrity.origin_of(self.monitor.checkpoints), self._judge()) if newest else []

    def prove(self, event: str) -> dict[str, Any]:
        """A proof that the event of this position or id is in the ledger."""
        named = event_named(self.monitor.ledger.read(), event)
        return integrity.proof_of(named, self.checkpoint(), self.monitor.checkpoints, self.monitor.captures)

    def trace(self, event: str) -> Trace:
        """The event of this position or id, followed down to the archived bytes."""
        named = event_named(self.monitor.ledger.read(), event)
        return trace(named, self.monitor.captures, self.monitor.archive, replay=answer_of, read=read_saved)

    def export_warc(self, folder: Path, *, progress: Progress = quiet) -> tuple[int, int]:
        """Writes all captures into WARC files of a folder; how many captures, and files. Raises Damaged where one is missing or altered."""
        with WarcFolder(folder, software=PRODUCER) as into:
            return export_captures(self.monitor.captures, self.monitor.archive, into.take, progress=progress), into.files

    def new_key(self, file: Path) -> Verifier:
        """Makes a signing key for this ledger; its public half."""
        return write_new_key(file, integrity.origin_of(self.monitor.checkpoints))

    def _compare_read_models(self, progress: Progress) -> tuple[list[Damage], list[str]]:
        """Against their rebuild, as of the day that they were made on."""
        stamps = self.monitor.read_tables.rows("read_commitment")
        made_at = datetime.fromisoformat(f"{stamps[0]['as_of_on']}T12:00+08:00") if stamps else self.monitor.clock()
        damages, notices = list[Damage](), list[str]()
        rehearsal = Rehearsal()
        for model in self.monitor.read_models(rehearsal, rehearsal, lambda: made_at, progress):
            rehearsal.tables.clear()
            wrong, untold = compare(model, rehearsal, self.monitor.standings.of(model.name), self.monitor.read_tables.rows)
            damages, notices = damages + wrong, notices + untold
        return damages, notices

    def _judge(self) -> integrity.Judge | None:
        verifiers = verifiers_of(self.monitor.settings.verifier_keys) if self.monitor.settings.verifier_keys else []
        if signer := self._signer():
            verifiers.append(signer.verifier)
        return partial(judged, verifiers=tuple(dict.fromkeys(verifiers))) if verifiers else None

    def _signer(self) -> Signer | None:
        given = self.monitor.settings.signing_key
        return signer_of(given, integrity.origin_of(self.monitor.checkpoints)) if given else None
