"""How people name an event: by its position, or by its id or the beginning of it."""

from collections.abc import Sequence

from milestones.domain.errors import LedgerError
from milestones.domain.events import Recorded

_SHORTEST_PREFIX = 8


def event_named(events: Sequence[Recorded], name: str) -> Recorded:
    """The event of this position or of an id that begins so. `events` are all there are. Raises LedgerError."""
    if name.isascii() and name.isdigit() and len(name) < 12 and 1 <= int(name) <= len(events):
        return events[int(name) - 1]
    prefix = name.lower()
    found = [e for e in events if str(e.event_id).startswith(prefix)] if len(prefix) >= _SHORTEST_PREFIX else []
    if len(found) == 1:
        return found[0]
    if found:
        raise LedgerError(f"{name} begins the ids of {len(found)} events; write more of it")
    raise LedgerError(f"no event {name[:80]!r}; `milestones events` lists positions, an id needs at least {_SHORTEST_PREFIX} characters")
