"""Reads events of earlier schema versions as today's: pure functions, one for each (type, version), each to the next version.

Stored bytes never change, and what is hashed is what is stored; only `fold` looks at events through here. Prefer adding an optional key to
`data`, which needs no function; what means something else gets a type of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from milestones.domain.events import Draft, EventType, Recorded

Upcaster = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""The fields of a draft, by name, as of one schema version; as of the next."""

Chain = Mapping[tuple[EventType, int], Upcaster]

UPCASTERS: Chain = {}
"""By the type and version that each reads. Empty while every schema is at its first version."""

_FIELDS = tuple(f.name for f in fields(Draft))


def current(event: Recorded, chain: Chain = UPCASTERS) -> Recorded:
    """The event as today's schema says it. What its bytes were hashed to stays as recorded."""
    while upcaster := chain.get((event.draft.type, event.schema_version)):
        draft = Draft(**upcaster({name: getattr(event.draft, name) for name in _FIELDS}))
        event = replace(event, draft=draft, schema_version=event.schema_version + 1)
    return event
