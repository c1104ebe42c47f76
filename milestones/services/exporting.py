"""Hands out what is kept, in forms that outlive us."""

from collections.abc import Callable
from datetime import datetime

from milestones.services.ports import Archive, Captures, Progress

TakeRecord = Callable[[bytes, datetime], None]
"""Takes the next WARC record, and when it was retrieved."""


def export_captures(captures: Captures, archive: Archive, take: TakeRecord, *, progress: Progress) -> int:
    """Every capture once, in the order of retrieval; how many. Raises Damaged where one is missing or altered."""
    kept = captures.retrieved()
    for done, (digest, retrieved_at) in enumerate(kept, start=1):
        take(archive.get(digest), retrieved_at)
        progress("captures", done, len(kept))
    return len(kept)
