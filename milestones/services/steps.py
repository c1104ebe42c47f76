"""What a person may say of a milestone: a subject that the registry knows, and a day that can be one."""

from datetime import date

from milestones.domain.commitments import Commitment
from milestones.domain.dates import Precision, interval_of
from milestones.domain.errors import LedgerError, RegistryError
from milestones.domain.events import CONTEXT, Kind, State


def subject_of(commitment: Commitment, target: str, kind: Kind, named: str | None = None) -> str:
    """The subject that is meant: the one named, else the one that the registry has for this target and kind. Raises RegistryError."""
    slugs = [t.slug for t in commitment.targets]
    if target not in (*slugs, CONTEXT):
        raise RegistryError(f"{commitment.key} has no target {target}; there are: {', '.join([*slugs, CONTEXT])}")
    if named is not None:
        known = [s.slug for s in commitment.subjects]
        if named not in known:
            raise RegistryError(f"{commitment.key} has no subject {named}; there are: {', '.join(known)}")
        return named
    completing = {c.subject for t in commitment.targets if t.slug == target for c in t.completes if c.kind is kind}
    told = {s.slug for s in commitment.subjects if s.target == target and kind in s.kinds}
    about = {s.slug for s in commitment.subjects if s.target == target}
    for found in (completing, told, about):
        if len(found) == 1:
            return found.pop()
    subjects = sorted(about) or [s.slug for s in commitment.subjects]
    raise RegistryError(f"name what the {kind.value} of {commitment.key}/{target} is about with --subject: {', '.join(subjects)}")


def check_day(state: State, day: date | None, precision: Precision, *, promised_on: date, today: date) -> None:
    """Raises LedgerError for a day that cannot be that of such a step."""
    if day is None:
        if state is State.SCHEDULED or precision is not Precision.UNKNOWN:
            raise LedgerError("a step needs a day; write --occurred-on YYYY-MM-DD")
        return
    if state is State.SCHEDULED and precision is not Precision.DAY:
        raise LedgerError("what is scheduled has a definite day; a vaguer plan is no milestone")
    if precision is Precision.UNKNOWN:
        raise LedgerError("a day has a precision: day, month, quarter, half or year")
    if state is State.HAPPENED and interval_of(day, precision).first > today:
        raise LedgerError(f"{day} has not come yet; what lies ahead is --state scheduled")
    if interval_of(day, precision).last < promised_on:
        raise LedgerError(f"{day} lies before the promise of {promised_on}; what stood before it belongs into the registry's baseline")
