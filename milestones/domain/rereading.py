"""When a page that was read is read again: soon after its publication and then ever more rarely, for that is when texts are corrected."""

from datetime import datetime, timedelta

STEPS = (timedelta(hours=1), timedelta(days=1), timedelta(weeks=1), timedelta(days=30))
"""How long after its publication a page is read again."""

WHOLE_EVERY = 4
"""Every so many times a page is asked for whole, even where its server says that nothing changed: servers err about that."""


def due_at(published_at: datetime, asked_at: datetime) -> datetime | None:
    """When a page is to be read again that was last asked at `asked_at`; None when that was after the last step.

    Steps that passed meanwhile are made up for by one reading.
    """
    return next((published_at + step for step in STEPS if published_at + step > asked_at), None)


def is_asked_whole(unchanged: int) -> bool:
    """Whether a page is to be asked for whole that was so often found unchanged."""
    return unchanged % WHOLE_EVERY == WHOLE_EVERY - 1
