"""How fresh each source is: a line a source, from the read tables and the newest checks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from milestones.domain.dates import instant_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """One source. `state` is `well`, `unusual`, `degraded` or `never`; days not read are those of all its lists together."""

    source: str
    state: str
    last_read_at: datetime | None
    newest_at: datetime | None
    days_not_read: int
    backlog: int


def freshness(rows: Iterable[Mapping[str, Any]], order: Sequence[str], *, degraded: Iterable[str], unusual: Iterable[str]) -> list[Freshness]:
    """From the rows of `read_source`, in the order of the sources; `degraded` have an incident, at `unusual` ones something is not as it was."""
    feeds: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        feeds.setdefault(row["source"], []).append(row)
    incidents, strange = frozenset(degraded), frozenset(unusual)
    return [
        Freshness(
            source=name,
            state="degraded" if name in incidents else "unusual" if name in strange else "well" if _read_at(feeds[name]) else "never",
            last_read_at=_read_at(feeds[name]),
            newest_at=_instant(feeds[name][0]["newest_document_at"]),
            days_not_read=sum(row["gap_days"] for row in feeds[name]),
            backlog=feeds[name][0]["backlog"],
        )
        for name in order
        if name in feeds
    ]


def _read_at(rows: Iterable[Mapping[str, Any]]) -> datetime | None:
    return max((at for row in rows if (at := _instant(row["last_good_read_at"]))), default=None)


def _instant(text: str | None) -> datetime | None:
    return instant_of(text) if text else None
