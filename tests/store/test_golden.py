"""The log of schema version 1 replays to the same statuses and the same hashes for ever.

tests/golden is not made anew when this fails: what was recorded once must be read rightly. A new schema version adds a log of its own.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from sqlalchemy import RowMapping

from milestones.domain.coverage import Coverage
from milestones.domain.dates import days_between
from milestones.domain.events import EventType, Recorded
from milestones.domain.ledger import GENESIS_HASH, chain_hash, content_digest, leaf_fields, leaf_hash
from milestones.domain.milestones import fold
from milestones.domain.registry import registry_from
from milestones.domain.status import LEGCO_AGENDAS, LEGCO_BILLS, PRESS_RELEASES, View, scoreboard
from milestones.domain.upcast import UPCASTERS, Chain, current
from milestones.services.ports import Ledger
from milestones.store.rows import event_of, event_row

GOLDEN = Path(__file__).parents[1] / "golden"
HEAD = "6bb7f6a2973670fdc34749152d66c5edd96442b9f946fb8b0adaef78690d8606"
READ = frozenset(days_between(date(2024, 10, 16), date(2025, 12, 31)))


def log() -> list[Recorded]:
    lines = (GOLDEN / "log-v1.jsonl").read_text(encoding="utf-8").splitlines()
    return [event_of(cast("RowMapping", json.loads(line))) for line in lines]


def test_every_event_type_is_in_the_log() -> None:
    assert {e.draft.type for e in log()} == set(EventType)


def test_the_chain_of_the_log_verifies_and_ends_where_it_always_did() -> None:
    before = GENESIS_HASH
    for position, event in enumerate(log(), start=1):
        assert (event.position, event.prev_hash, event.leaf_hash) == (position, before, leaf_hash(leaf_fields(event)))
        assert (event.content_digest, event.hash) == (content_digest(event.draft), chain_hash(before, event.leaf_hash))
        before = event.hash
    assert before == HEAD


def test_the_log_is_written_out_as_it_was_read() -> None:
    lines = [json.loads(line) for line in (GOLDEN / "log-v1.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [json.loads(json.dumps(event_row(e))) for e in log()] == lines


def test_the_log_means_what_it_always_meant() -> None:
    wanted = json.loads((GOLDEN / "statuses-v1.json").read_text(encoding="utf-8"))
    assert statuses() == wanted


def test_the_same_drafts_at_the_same_times_give_the_same_chain_on_every_ledger(ledger: Ledger) -> None:
    for recorded_at, events in groupby(log(), key=lambda e: e.recorded_at):
        ledger.append([e.draft for e in events], now=recorded_at)
    assert ledger.head() == (len(log()), HEAD)
    assert ledger.read() == log()


def test_an_event_of_an_earlier_version_is_read_as_todays_and_hashed_as_it_was() -> None:
    def renamed(fields: Mapping[str, Any]) -> Mapping[str, Any]:
        data = dict(fields["data"])
        return {**fields, "data": {"why": data.pop("reason"), **data}}

    def shouted(fields: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**fields, "data": {**fields["data"], "why": fields["data"]["why"].upper()}}

    event = next(e for e in log() if e.draft.type is EventType.MILESTONE_REPORTED)
    chain: Chain = {(EventType.MILESTONE_REPORTED, 1): renamed, (EventType.MILESTONE_REPORTED, 2): shouted}
    read = current(event, chain)
    assert (read.schema_version, read.draft.data) == (3, {"figures": [], "why": "FOR THE GOLDEN LOG"})
    assert (event.schema_version, "reason" in event.draft.data) == (1, True)
    assert replace(read, draft=event.draft, schema_version=1) == event
    assert current(read, chain) == read


def test_nothing_is_upcast_yet() -> None:
    assert UPCASTERS == {}
    assert [current(e) for e in log()] == log()


def statuses() -> dict[str, dict[str, dict[str, str]]]:
    """By instant of knowing and day: status, basis and day of every target."""
    registry = registry_from([tomllib.loads((GOLDEN / "registry-v1.toml").read_text(encoding="utf-8"))])
    coverage = Coverage(dict.fromkeys((PRESS_RELEASES, LEGCO_BILLS, LEGCO_AGENDAS), READ))
    found: dict[str, dict[str, dict[str, str]]] = {}
    for known_at in (datetime(2024, 11, 1, tzinfo=UTC) + timedelta(days=n) for n in (0, 20, 60, 85, 120, 200, 235, 300)):
        knowledge = fold(e for e in log() if e.recorded_at <= known_at)
        found[known_at.date().isoformat()] = {
            on.isoformat(): {
                f"{s.commitment.short} {t.target.slug}": " ".join(
                    str(part) for part in (t.status.value, t.basis and t.basis.value, t.occurred_on, t.precision and t.precision.value) if part
                )
                for s in scoreboard(registry, View(on=on, knowledge=knowledge, coverage=coverage, is_working_day=lambda day: day.weekday() < 5))
                for t in s.targets
            }
            for on in (date(2024, 11, 30), date(2024, 12, 20), date(2025, 2, 1), date(2025, 4, 21), date(2025, 6, 15), date(2026, 1, 1))
        }
    return found
