"""Whether the read models are what their rebuild would be: each is made anew without being written, and compared row by row."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from milestones.domain.dates import utc_text
from milestones.domain.ledger import canonical
from milestones.domain.verification import Damage
from milestones.services.projecting import Projection
from milestones.services.standings import Moved, Standing

Row = Mapping[str, Any]

INTERVALS = "read_target_interval"


@dataclass(slots=True)
class Rehearsal:
    """Takes the rows of a read model, as `ReadTables` or `StatusIntervals` does, and writes nothing. `digest` is what its position would carry."""

    tables: dict[str, Sequence[Row]] = field(default_factory=dict)
    digest: str = ""

    def replace(self, tables: Mapping[str, Sequence[Row]], **_: object) -> Moved:
        """As `ReadTables.replace`."""
        self.tables |= tables
        self.digest = hashlib.sha256(canonical({name: [_plain(row) for row in rows] for name, rows in tables.items()})).hexdigest()
        return Moved.ADVANCED

    def grow(self, *, rows: Sequence[Row], to: Standing, **_: object) -> Moved:
        """As `StatusIntervals.grow`, from the beginning."""
        self.tables[INTERVALS], self.digest = rows, to.digest
        return Moved.ADVANCED


def compare(model: Projection, rehearsal: Rehearsal, standing: Standing, rows: Callable[[str], Iterable[Row]]) -> tuple[list[Damage], list[str]]:
    """What of a read model differs from its rebuild at the position where it stands, and what could not be told.

    Rows follow from coverage, registry and rules as well. Where those have moved on since, the rebuild must be another one, and nothing is told.
    """
    if standing.failure:
        return [], [f"{model.name} stopped at position {standing.position}: event {standing.failure.position}: {standing.failure.detail}"]
    if standing.position == 0:
        return [], [f"{model.name} were never made; `milestones rebuild` makes them"]
    anew = True
    model.prepare(Standing(name=standing.name), standing.position, anew)(None)
    if rehearsal.digest != standing.digest:
        return [], [
            f"{model.name} follow from other coverage, registry or rules than stand now and were not compared; `milestones rebuild` renews them"
        ]
    damages = []
    for table, wanted in sorted(rehearsal.tables.items()):
        made, kept = _counted(wanted), _counted(rows(table))
        if strange := max((kept - made).total(), (made - kept).total()):
            damages.append(Damage("projection", None, f"{strange} rows of {table} are not those of its rebuild; `milestones rebuild` mends that"))
    return damages, []


def _counted(rows: Iterable[Row]) -> Counter[bytes]:
    # SQLite has no booleans and gives back 0 and 1.
    return Counter(canonical({name: int(value) if isinstance(value, bool) else value for name, value in _plain(row).items()}) for row in rows)


def _plain(row: Row) -> dict[str, Any]:
    """A row as either database gives it back."""
    return {name: _as_kept(value) for name, value in row.items()}


def _as_kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, (Mapping, list, tuple)):
        return canonical(value).decode()
    return value
