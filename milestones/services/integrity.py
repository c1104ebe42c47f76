"""Integrity as others can check it: checkpoints that are given away, all of a ledger verified against them, and proofs of single events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from milestones.domain.errors import Damaged, LedgerError
from milestones.domain.events import Recorded
from milestones.domain.ledger import leaf_fields
from milestones.domain.merkle import inclusion_proof, root
from milestones.domain.notes import Checkpoint, Note, Signature, notes_in, origin_of_log
from milestones.domain.verification import Damage, Verified
from milestones.services.ports import Captures, Checkpoints, HeldNote, Progress

Sign = Callable[[str], Signature]
"""Signs a text."""

Judge = Callable[[str, Sequence[Signature]], list[bool]]
"""For each signature of a known key whether it holds; those of unknown keys are left out."""

Inspect = Callable[[Sequence[tuple[int, str]], Progress], Verified]
"""Checks the store as a whole, also against (size, root) of checkpoints held elsewhere."""


Compare = Callable[[Progress], tuple[list[Damage], list[str]]]
"""Compares the read models with their rebuild: what differs, and what could not be told."""

_UNREADABLE = frozenset({"row", "leaf", "schema"})
"""Damages that nothing should be made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a ledger is, what is wrong with it, and what could not be told."""

    origin: str
    size: int
    root: str
    checkpoints: int
    damages: tuple[Damage, ...]
    notices: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            "origin": self.origin,
            "size": self.size,
            "root": self.root,
            "checkpoints": self.checkpoints,
            "clean": not self.damages,
            "damages": [{"check": d.check, "position": d.position, "detail": d.detail} for d in self.damages],
            "notices": list(self.notices),
        }


class Signed(StrEnum):
    """What the signatures of a checkpoint are worth to whoever knows these keys.

    `holds`: a known key made one, and none is wrong. `wrong`: a known key did not make the one in its name. `unknown`: none is of a known key.
    `unsigned`: there is none. `strange`: the note is not one of this checkpoint.
    """

    HOLDS = "holds"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"
    STRANGE = "strange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A checkpoint as it was made, what its signatures are worth, and who signs."""

    note: HeldNote
    signed: Signed
    signers: tuple[str, ...] = ()


def judged_notes(held: Iterable[HeldNote], origin: str, judge: Judge | None) -> list[Kept]:
    """Each checkpoint of the ledger of this name with what its signatures are worth; `judge` is None where no key is known."""
    return [_judged_note(h, _note_of(h, origin), judge) for h in held]


def _judged_note(held: HeldNote, note: Note | None, judge: Judge | None) -> Kept:
    if note is None:
        return Kept(note=held, signed=Signed.STRANGE)
    signers = tuple(f"{s.name}+{s.key_id}" for s in note.signatures)
    if not signers:
        return Kept(note=held, signed=Signed.UNSIGNED)
    verdicts = judge(note.checkpoint.text, note.signatures) if judge else []
    signed = Signed.UNKNOWN if not verdicts else Signed.HOLDS if all(verdicts) else Signed.WRONG
    return Kept(note=held, signed=signed, signers=signers)


def origin_of(checkpoints: Checkpoints) -> str:
    """The name that checkpoints of this ledger carry. Raises LedgerError while it is empty."""
    first = checkpoints.first_hash()
    if first is None:
        raise LedgerError("the ledger is empty; run `milestones init` first")
    return origin_of_log(first)


def make_checkpoint(checkpoints: Checkpoints, sign: Sign | None, *, now: datetime) -> Note:
    """A checkpoint of all events, kept once for each size. One that was kept unsigned is handed out signed as soon as there is a key."""
    leaves = checkpoints.leaves()
    checkpoint = Checkpoint(origin=origin_of(checkpoints), size=len(leaves), root=root(leaves))
    note = Note(checkpoint=checkpoint, signatures=(sign(checkpoint.text),) if sign else ())
    held = checkpoints.add(checkpoint.size, checkpoint.root, str(note), at=now)
    if sign:
        return note
    return next(iter(notes_in(held.note)), note)


def inspect_ledger(
    checkpoints: Checkpoints, inspect: Inspect, judge: Judge | None, *, compare: Compare, outside: Sequence[Note], progress: Progress
) -> Inspection:
    """Everything that can be checked; `outside` are checkpoints that were held elsewhere, `judge` is None where no key is known.

    The root at the size of each checkpoint is computed from one and the same row of leaves, so each is a prefix of the next, and no proof
    between them is left to ask for.
    """
    origin, held = origin_of(checkpoints), checkpoints.all()
    strangers = [n for n in outside if n.checkpoint.origin != origin]
    own = [n for n in outside if n.checkpoint.origin == origin]
    verified = inspect([(n.checkpoint.size, n.checkpoint.root) for n in own], progress)
    damages = [*verified.damages, *(_of_another(n, origin) for n in strangers)]
    kept = [(h, _note_of(h, origin)) for h in held]
    damages += [Damage("checkpoint", None, f"the note of {h.size} events says something else than its row") for h, note in kept if note is None]
    notes = [note for _, note in kept if note]
    if judge:
        damages += _signature_damages(notes, judge, "kept checkpoint") + _signature_damages(own, judge, "given checkpoint")
    unsigned = sum(not n.signatures for n in [*notes, *own])
    notices = [f"{unsigned} of {len(notes) + len(own)} checkpoints are not signed"] if unsigned else []
    if unsigned < len(notes) + len(own) and not judge:
        notices.append("signatures were not checked: no key is known here (MILESTONES_VERIFIER_KEYS)")
    if _UNREADABLE.isdisjoint(d.check for d in verified.damages):
        differing, untold = compare(progress)
        damages, notices = damages + differing, notices + untold
    else:
        notices.append("read tables were not compared: nothing should be made from what is damaged")
    if not outside:
        notices.append("no checkpoint from elsewhere was given; only one shows that the end was cut off, or all rewritten (--against FILE)")
    return Inspection(origin=origin, size=verified.size, root=verified.root, checkpoints=len(held), damages=tuple(damages), notices=tuple(notices))


def proof_of(event: Recorded, note: Note, checkpoints: Checkpoints, captures: Captures) -> dict[str, Any]:
    """All that somebody needs who wants to know, without our code, that an event is in the log that a checkpoint is of."""
    leaves = checkpoints.leaves(note.checkpoint.size)
    if root(leaves) != note.checkpoint.root or leaves[event.position - 1] != event.leaf_hash:
        raise Damaged("the ledger is not what its checkpoint is of; run `milestones verify`")
    stored = captures.kept(event.draft.document_digest) if event.draft.document_digest else None
    return {
        "leaf": leaf_fields(event),
        "index": event.position - 1,
        "proof": inclusion_proof(leaves, event.position - 1),
        "checkpoint": str(note),
        "document": stored and {"digest": stored.digest, "url": stored.document.url, "capture": stored.capture},
    }


def _note_of(held: HeldNote, origin: str) -> Note | None:
    """The note of a row, if it says what the row says."""
    notes = notes_in(held.note)
    wanted = Checkpoint(origin=origin, size=held.size, root=held.root)
    return notes[0] if len(notes) == 1 and notes[0].checkpoint == wanted else None


def _of_another(note: Note, origin: str) -> Damage:
    return Damage("against", None, f"the one of {note.checkpoint.size} events is of {note.checkpoint.origin}, this ledger is {origin}")


def _signature_damages(notes: Iterable[Note], judge: Judge, check: str) -> list[Damage]:
    damages = []
    for note in notes:
        verdicts = judge(note.checkpoint.text, note.signatures)
        what = f"the {check} of {note.checkpoint.size} events"
        if not all(verdicts):
            damages.append(Damage("signature", None, f"{what} carries a signature that its key did not make"))
        elif note.signatures and not verdicts:
            signers = ", ".join(f"{s.name}+{s.key_id}" for s in note.signatures)
            damages.append(Damage("signature", None, f"{what} is signed by no known key ({signers}); name it in MILESTONES_VERIFIER_KEYS"))
    return damages
