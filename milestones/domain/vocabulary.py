"""The one place of words that people read: a label in English and Chinese for every status, kind, state, basis, bureau and the like.

Read from `vocabulary.toml`. Every value of an enum must have its label and nothing else may stand there; a bureau is known by its acronym.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from milestones.domain.commitments import DeadlineKind, Nature
from milestones.domain.dates import Precision
from milestones.domain.events import EventType, Kind, State
from milestones.domain.findings import Disagreement
from milestones.domain.status import Basis, Status
from milestones.domain.tables import Table

K = TypeVar("K", bound=str)


@dataclass(frozen=True, slots=True)
class Label:
    """One word or phrase in both languages."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        """The label in `en` or `zh`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Labels by the value they stand for. `bureaux` is keyed by acronym, `units` by the unit of a quantity."""

    statuses: Mapping[Status, Label]
    bases: Mapping[Basis, Label]
    kinds: Mapping[Kind, Label]
    states: Mapping[State, Label]
    natures: Mapping[Nature, Label]
    deadlines: Mapping[DeadlineKind, Label]
    precisions: Mapping[Precision, Label]
    event_types: Mapping[EventType, Label]
    bureaux: Mapping[str, Label]
    units: Mapping[str, Label]
    disagreements: Mapping[Disagreement, Label]


def vocabulary_from(data: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary of a parsed data file. Raises RegistryError naming section and value."""
    whole = Table("vocabulary", data)
    whole.only("status", "basis", "kind", "state", "nature", "deadline", "precision", "event", "bureau", "unit", "finding")
    return Vocabulary(
        statuses=_labels(whole.table("status"), Status),
        bases=_labels(whole.table("basis"), Basis),
        kinds=_labels(whole.table("kind"), Kind),
        states=_labels(whole.table("state"), State),
        natures=_labels(whole.table("nature"), Nature),
        deadlines=_labels(whole.table("deadline"), DeadlineKind),
        precisions=_labels(whole.table("precision"), Precision),
        event_types=_labels(whole.table("event"), EventType),
        bureaux=_labels(whole.table("bureau"), whole.table("bureau").data),
        units=_labels(whole.table("unit"), whole.table("unit").data),
        disagreements=_labels(whole.table("finding"), Disagreement),
    )


def _labels(table: Table, keys: Iterable[K]) -> dict[K, Label]:
    names = list(keys)
    table.only(*names)
    return {name: _label(table.table(name)) for name in names}


def _label(table: Table) -> Label:
    table.only("en", "zh")
    return Label(table.text("en"), table.text("zh"))
