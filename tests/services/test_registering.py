"""What applying a policy document changes, and that the ledger alone is enough to know it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from milestones.adapters.registry_files import load_vocabulary
from milestones.domain.dates import Precision
from milestones.domain.documents import Candidate, Decision
from milestones.domain.errors import Conflict, RegistryError
from milestones.domain.events import EventType, Kind, Origin, State
from milestones.domain.registry import registry_from
from milestones.services.applied import applied_to, rules_with, with_applied, without_applied
from milestones.services.opening import open_ledger
from milestones.services.policy_rows import read_form
from milestones.services.ports import Stored
from milestones.services.publish import append_passed
from milestones.services.registering import difference, matches, record
from milestones.services.signature import Signature
from milestones.services.since import compared
from milestones.services.subscriptions import Subscription
from tests.domain.build import UNREAD, is_working_day, registry
from tests.forms import HEAD_OF_BUDGET, MUSEUM, SCHEME, grid
from tests.services.fakes import NOON, FakeReadings, document
from tests.store.memory import MemoryLedger

SHIPPED = registry()
BY_HO = Signature(person="p-1", reason="a Budget", producer="tests", run_id="run")


def budget(*targets: Mapping[str, Any], **head: Any) -> Mapping[str, Any]:
    form = read_form(grid(*(targets or (SCHEME, MUSEUM)), head={**HEAD_OF_BUDGET, **head}), load_vocabulary())
    assert form.problems == ()
    return form.data


def applied(ledger: MemoryLedger, data: Mapping[str, Any]) -> int:
    change = difference(data, SHIPPED, applied_to(ledger))
    return len(record(ledger, change, signature=BY_HO, now=NOON).events)


def test_the_events_give_back_the_whole_definition() -> None:
    ledger, data = MemoryLedger(), budget()
    applied(ledger, data)

    known = with_applied(SHIPPED, applied_to(ledger))

    [expected] = registry_from([data]).documents
    assert known.documents == (SHIPPED.documents[0], expected)
    assert ledger.events[0].draft.data["person"] == "p-1"


def test_a_bare_id_is_enough_while_it_is_unique() -> None:
    ledger = MemoryLedger()
    applied(ledger, budget())
    applied(ledger, budget(SCHEME, key="BUDGET2025"))
    known = with_applied(SHIPPED, applied_to(ledger))

    assert known.find("02").key == "BUDGET2024/02"
    with pytest.raises(RegistryError, match=r"write one of BUDGET2024/01, BUDGET2025/01"):
        known.find("01")


def test_the_difference_names_what_is_new_other_the_same_and_left_out() -> None:
    ledger = MemoryLedger()
    assert applied(ledger, budget()) == 2
    again = difference(budget(), SHIPPED, applied_to(ledger))
    other = difference(budget({**SCHEME, "names_en": "Lantern Scheme"}), SHIPPED, applied_to(ledger))

    assert (again.changed, again.unchanged) == ((), ("BUDGET2024/01", "BUDGET2024/02"))
    assert [(c.key, fields) for c, fields in other.reworded] == [("BUDGET2024/01", ("subject",))]
    assert other.left_out == ("BUDGET2024/02",)


def test_another_title_of_the_document_holds_for_what_was_left_out_too() -> None:
    ledger = MemoryLedger()
    applied(ledger, budget())
    applied(ledger, budget(SCHEME, title_en="The Budget"))

    [document] = with_applied(registry_from([]), applied_to(ledger)).documents

    assert (document.title_en, [c.short for c in document.commitments]) == ("The Budget", ["01", "02"])
    assert [e.draft.type for e in ledger.events][-1] is EventType.COMMITMENT_REWORDED


def test_who_was_second_is_told_so() -> None:
    ledger = MemoryLedger()
    change = difference(budget(), SHIPPED, applied_to(ledger))
    read, before = ledger.read, ledger.read()
    applied(ledger, budget())

    ledger.read = lambda **_: before  # type: ignore[method-assign]  # what the slower one saw
    with pytest.raises(Conflict):
        record(ledger, change, signature=BY_HO, now=NOON)
    assert len(read()) == 2


@pytest.mark.parametrize(
    "broken", [None, {}, {"document": {}, "commitment": {}}, {"document": {"delivered_on": "once"}, "commitment": {"subject": []}}]
)
def test_a_definition_that_was_tampered_with_is_told_in_a_line(broken: Any) -> None:
    ledger = MemoryLedger()
    applied(ledger, budget(SCHEME))
    event = ledger.events[0]
    ledger.events[0] = replace(event, draft=replace(event.draft, data={**event.draft.data, "definition": broken}))

    with pytest.raises(RegistryError):
        with_applied(SHIPPED, applied_to(ledger))


def test_a_document_that_comes_with_the_product_is_refused() -> None:
    with pytest.raises(RegistryError, match="PA2024 comes with the product"):
        difference(budget(key="PA2024"), SHIPPED, {})


def test_what_was_applied_here_goes_before_what_is_shipped_later() -> None:
    ledger = MemoryLedger()
    applied(ledger, budget())
    later = registry_from([budget(title_en="As shipped")])

    assert [d.title_en for d in with_applied(later, applied_to(ledger)).documents] == ["A Budget for tests"]
    assert without_applied(later, applied_to(ledger)).documents == ()
    opened = open_ledger(ledger, without_applied(later, applied_to(ledger)), origin=Origin.LIVE, producer="tests", now=NOON)
    assert opened == 0


def test_other_names_are_other_rules_and_other_titles_are_not() -> None:
    ledger = MemoryLedger()
    assert rules_with("1", {}) == "1"
    applied(ledger, budget())
    first = rules_with("1", applied_to(ledger))
    applied(ledger, budget({**SCHEME, "title_en": "Another title"}))
    second = rules_with("1", applied_to(ledger))
    applied(ledger, budget({**SCHEME, "names_en": "Lantern Scheme"}))

    assert first == second != rules_with("1", applied_to(ledger))
    assert first.startswith("1+")


def candidate() -> Candidate:
    return Candidate(
        commitment="BUDGET2024/01",
        target="scheme",
        kind=Kind.APPLICATIONS_OPENED,
        state=State.HAPPENED,
        subject="scheme",
        occurred_on=date(2025, 3, 5),
        precision=Precision.DAY,
        quote="opened",
        locator="p[1]",
        rule="r",
        rule_version=1,
        confidence=99,
        decision=Decision.APPEND,
        reason="because",
    )


def stored(seen_at: Any) -> Stored:
    return Stored(digest=f"d{seen_at}", capture="c", document=document(f"https://example.test/{seen_at:%H%M}"), seen_at=seen_at)


@pytest.mark.parametrize(("later", "news"), [(timedelta(0), False), (timedelta(minutes=1), True)])
def test_what_kept_pages_told_before_is_recorded_and_no_news(later: timedelta, news: bool) -> None:
    ledger, readings = MemoryLedger(), FakeReadings()
    applied(ledger, budget())
    registered = applied_to(ledger)
    readings.add_reading(stored(NOON + later), rules="1", candidates=[("claim", candidate())], read_at=NOON, run_id="run")

    append_passed(readings, ledger, [1], applied=registered, producer="tests", clock=lambda: NOON, run_id="run")

    assert ledger.events[-1].draft.caused_by == (None if news else registered["BUDGET2024/01"].event_id)
    views = compared(ledger.events, UNREAD, is_working_day, subscription=Subscription(id="default", to=()), today=date(2025, 3, 6))
    assert len(views.now.knowledge.milestones) == 1
    assert len(views.since.knowledge.milestones) == (0 if news else 1)
    assert views.since.knowledge.position == 0


def test_every_kept_document_is_tried_and_nothing_recorded() -> None:
    readings = FakeReadings(waiting=[stored(NOON + timedelta(minutes=n)) for n in range(3)])
    shown: list[tuple[str, int, int]] = []

    found = list(matches(readings, lambda d: [replace(candidate(), quote=d.url)], lambda *told: shown.append(told)))

    assert [c.quote for _, c in found] == [s.document.url for s in readings.waiting]
    assert shown == [("documents tried", 3, 3)]
    assert readings.candidates == {}
