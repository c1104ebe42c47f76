"""The read models, as `services.projecting` brings them up: what each is made from, and where its rows go."""

from collections.abc import Callable, Sequence
from typing import Any

from milestones.domain.commitments import Registry
from milestones.domain.coverage import CoverageRow, SourceFacts
from milestones.domain.dates import hk_day
from milestones.domain.milestones import fold
from milestones.domain.status import View, scoreboard
from milestones.domain.vocabulary import Vocabulary
from milestones.projections.days import Rules
from milestones.projections.status_history import VERSION, StatusHistory, TargetKey, basis
from milestones.projections.tables import build
from milestones.services.ports import Clock, Ledger, Progress, TakesIntervals, TakesTables
from milestones.services.projecting import Projection, Save, paged
from milestones.services.standings import Moved, Standing

READ_TABLES, STATUS_HISTORY = "read-tables", "status-history"


def read_tables(
    into: TakesTables,
    *,
    ledger: Ledger,
    registry: Registry,
    vocabulary: Vocabulary,
    rules: Rules,
    coverage: Callable[[], Sequence[CoverageRow]],
    sources: Callable[[], Sequence[SourceFacts]],
    clock: Clock,
    progress: Progress,
) -> Projection:
    """The tables of the present day. They are made whole each time: the day and what was read change them, not only events."""

    def prepare(standing: Standing, upto: int, anew: bool) -> Save:
        now = clock()
        knowledge = fold(paged(ledger, upto=upto, progress=progress, what=f"{READ_TABLES}: events"))
        view = View(on=hk_day(now), knowledge=knowledge, coverage=rules.coverage, is_working_day=rules.is_working_day)
        tables = build(
            registry=registry,
            vocabulary=vocabulary,
            view=view,
            statuses=scoreboard(registry, view),
            coverage=coverage(),
            sources=sources(),
        )
        return lambda failure: into.replace(tables, position=upto, as_of=now, expected=standing, failure=failure, anew=anew)

    return Projection(READ_TABLES, prepare)


def status_history(into: TakesIntervals, *, ledger: Ledger, registry: Registry, rules: Rules, clock: Clock, progress: Progress) -> Projection:
    """Every day's status as known at every instant. Grows with the events; made anew where rules, registry or coverage changed."""

    def prepare(standing: Standing, upto: int, anew: bool) -> Save:
        now = clock()
        to = Standing(name=STATUS_HISTORY, version=VERSION, position=upto, digest=basis(registry, rules))
        follows = not anew and (standing.version, standing.digest) == (to.version, to.digest)
        if follows and standing.position >= upto:
            return lambda _failure: Moved.SAME if standing.position == upto else Moved.AHEAD
        after = standing.position if follows else 0
        events = paged(ledger, upto=upto, progress=progress, what=f"{STATUS_HISTORY}: events")
        growth = StatusHistory(registry, rules).grow(events, after=after)
        ended = [
            _key(target) | {"valid_from": segment.first.isoformat(), "known_to": known.position, "known_to_at": known.at}
            for target, segment, known in growth.ended
        ]
        rows = [interval.row() for interval in growth.intervals]
        return lambda failure: into.grow(again_from=growth.again_from, ended=ended, rows=rows, expected=standing, to=to, as_of=now, failure=failure)

    return Projection(STATUS_HISTORY, prepare)


def _key(target: TargetKey) -> dict[str, Any]:
    return {"commitment": target[0], "target": target[1]}
