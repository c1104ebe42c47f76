"""Brings read models up to the ledger: each by itself, from its position to the head, its rows and its position in one transaction.

An event that a read model cannot take stops that one before it; it says so, keeps what it has, and the others go on. Nothing is skipped.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from milestones.domain.errors import Conflict, LedgerError
from milestones.domain.events import Recorded
from milestones.services.ports import Clock, Ledger, Progress, Standings
from milestones.services.standings import Category, Failure, Moved, Standing

_PAGE = 2_000
_ATTEMPTS = 3


Save = Callable[[Failure | None], Moved]
"""Writes prepared rows, and where the read model had to stop, if it had to."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A read model: `prepare(standing, upto, anew)` works out its rows up to a position without writing; `anew` takes nothing over."""

    name: str
    prepare: Callable[[Standing, int, bool], Save]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Where a read model stands now, and how it got there; `moved` is None where it could only be marked as stopped."""

    name: str
    position: int
    moved: Moved | None
    failure: Failure | None = None

    def line(self) -> str:
        """One line for logs and terminals."""
        if self.failure is None:
            return f"{self.name} at position {self.position}"
        return (
            f"{self.name} stopped at position {self.position}: event {self.failure.position} is {self.failure.category.value}: {self.failure.detail}"
        )


def bring_up(projection: Projection, *, ledger: Ledger, standings: Standings, clock: Clock, anew: bool = False) -> Brought:
    """From where it stands to the head, or wholly anew. Raises Conflict where others keep getting in between."""
    for _ in range(_ATTEMPTS):
        standing, upto, failure = standings.of(projection.name), ledger.head()[0], None
        try:
            save = projection.prepare(standing, upto, anew)
        except LedgerError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an event breaks, it stops this read model and no other
            upto, failure = _stop(projection, ledger, standing, upto, error, anew=anew)
            if upto < max(standing.position, 1):
                return _mark(failure, standing, standings, clock)
            save = projection.prepare(standing, upto, anew)
        try:
            moved = save(failure)
        except Conflict:
            raise
        except LedgerError as error:
            refused = Failure(category=Category.REFUSED, position=max(upto, 1), detail=_one_line(error))
            return _mark(refused, standing, standings, clock)
        if moved is not Moved.BEHIND:
            now = standings.of(projection.name)
            return Brought(name=now.name, position=now.position, moved=moved, failure=now.failure)
    raise Conflict(f"{projection.name} is being made anew by others all the time; try again")


def paged(ledger: Ledger, *, upto: int, progress: Progress, what: str) -> Iterator[Recorded]:
    """The events from the first up to a position, read a page at a time."""
    after = 0
    while after < upto:
        page = ledger.read(after=after, limit=min(_PAGE, upto - after))
        if not page:
            return
        yield from page
        after = page[-1].position
        progress(what, after, upto)


def _stop(projection: Projection, ledger: Ledger, standing: Standing, upto: int, error: Exception, *, anew: bool) -> tuple[int, Failure]:
    """The last position that the read model can take, and what it cannot; found by halving, so nobody needs to know how it reads."""
    good, bad = 0, max(upto, 1)
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            projection.prepare(standing, middle, anew)
        except LedgerError:
            raise
        except Exception as found:  # noqa: BLE001 - as in `bring_up`
            bad, error = middle, found
        else:
            good = middle
    return good, Failure(category=_category(ledger, bad), position=bad, detail=_one_line(error))


def _category(ledger: Ledger, position: int) -> Category:
    try:
        ledger.read(after=position - 1, limit=1)
    except (ValueError, TypeError):
        return Category.UNREADABLE
    return Category.POISON


def _mark(failure: Failure, standing: Standing, standings: Standings, clock: Clock) -> Brought:
    standings.fail(standing.name, failure, at=clock())
    return Brought(name=standing.name, position=standing.position, moved=None, failure=failure)


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
