"""Ports that fail by seed: before the call, so that nothing was done, or after it, so that it was done and nobody was told."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from milestones.bootstrap import Monitor
from milestones.domain.errors import Conflict


class Injected(Conflict):
    """The fault, as a busy or vanished database is told by the store."""


class Faulty:
    """Any port, whose named methods fail now and then. The same seed and calls give the same faults, which are listed in `told`."""

    def __init__(self, port: Any, methods: dict[str, float], random: Random, told: list[str]) -> None:
        self._port, self._methods, self._random, self._told = port, methods, random, told

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._port, name)
        return self._failing(name, real) if name in self._methods else real

    def __contains__(self, item: object) -> bool:
        return item in self._port

    def _failing(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            chance = self._random.random() / self._methods[name]
            if chance < 0.5:
                self._fail(f"before {name}")
            result = real(*arguments, **named)
            if chance < 1:
                self._fail(f"after {name}")
            return result

        return call

    def _fail(self, where: str) -> None:
        self._told.append(where)
        raise Injected(where)


def faulty(monitor: Monitor, seed: int, told: list[str]) -> Monitor:
    """The monitor with every port that keeps something failing; rare for what is called often, so that a run gets somewhere."""
    random = Random(seed)
    often = {"add_fetch": 0.01, "add_capture": 0.01, "add_document": 0.01, "add_coverage": 0.01, "has_document": 0.005, "coverage": 0.02}
    return replace(
        monitor,
        ledger=Faulty(monitor.ledger, {"append": 0.3, "append_staged": 0.6, "retract_absent": 0.3, "read": 0.1, "head": 0.1}, random, told),
        captures=Faulty(monitor.captures, often, random, told),
        readings=Faulty(monitor.readings, {"add_reading": 0.05, "settle": 0.5, "staged": 0.2, "unread": 0.1}, random, told),
        archive=Faulty(monitor.archive, {"put": 0.01}, random, told),
        read_tables=Faulty(monitor.read_tables, {"replace": 0.5}, random, told),
        status_intervals=Faulty(monitor.status_intervals, {"grow": 0.5}, random, told),
    )
