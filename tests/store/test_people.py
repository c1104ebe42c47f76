"""Names behind pseudonyms: kept outside the chain, found both ways, erased without a trace in ledger or file."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from milestones.domain.errors import Conflict, LedgerError
from milestones.domain.events import EventType
from milestones.store.ledger import SqlLedger
from milestones.store.people import SqlPeople
from milestones.store.verify import verify
from tests.store.examples import NOW, draft


@pytest.fixture
def people(engine: Engine) -> SqlPeople:
    return SqlPeople(engine)


def test_a_name_has_one_pseudonym_that_does_not_tell_it(people: SqlPeople) -> None:
    first = people.add("Chan Siu-ming")
    assert people.add("Chan Siu-ming") == first
    assert first.person_id.startswith("person:")
    assert people.add("陳小明").person_id != first.person_id
    assert people.find("Chan Siu-ming") == people.find(first.person_id) == first
    assert people.find("Nobody") is None


def test_the_same_name_on_another_ledger_has_another_pseudonym(people: SqlPeople, engine: Engine) -> None:
    elsewhere = people.add("Chan Siu-ming").person_id
    people.erase(elsewhere)
    SqlLedger(engine).append([draft()], now=NOW)
    assert people.add("Chan Siu-ming").person_id != elsewhere


def test_a_pseudonym_that_nobody_has_is_not_taken_for_a_name(people: SqlPeople) -> None:
    with pytest.raises(LedgerError, match="is no name but a pseudonym"):
        people.add("person:00000000-0000-0000-0000-000000000000")
    assert people.all() == []


def test_an_address_is_kept_until_another_is_given(people: SqlPeople) -> None:
    people.add("Chan Siu-ming", address="chan@example.org")
    assert people.add("Chan Siu-ming").address == "chan@example.org"
    assert people.add("Chan Siu-ming", address="siu-ming@example.org").address == "siu-ming@example.org"
    assert [p.address for p in people.all()] == ["siu-ming@example.org"]


def test_an_erased_person_is_gone_and_the_ledger_still_verifies(people: SqlPeople, engine: Engine) -> None:
    ledger = SqlLedger(engine)
    person = people.add("Chan Siu-ming", address="chan@example.org").person_id
    (event,) = ledger.append([draft()], now=NOW).events
    data = {"person": person, "reason": "the bill is another one"}
    ledger.append([draft(type=EventType.MILESTONE_RETRACTED, amends=event.event_id, data=data)], now=NOW + timedelta(days=1))
    head = ledger.head()

    people.erase(person)

    assert people.find("Chan Siu-ming") is None
    [erased] = people.all()
    assert (erased.person_id, erased.name, erased.address) == (person, None, None)
    assert people.add("Chan Siu-ming").person_id != person, "who comes back is somebody new"
    checked = verify(engine, archive=None, against=(), progress=lambda *_: None)
    assert (checked.damages, checked.size, ledger.head()) == ((), 2, head)
    assert ledger.read()[-1].draft.data["person"] == person


def test_an_erased_name_is_not_in_the_file_any_more(sqlite_url: str) -> None:
    from milestones.store.engine import open_engine

    engine = open_engine(sqlite_url)
    people = SqlPeople(engine)
    people.erase(people.add("Chan Siu-ming", address="chan@example.org").person_id)
    path = Path(str(make_url(sqlite_url).database))
    bytes_kept = b"".join(p.read_bytes() for p in path.parent.glob(f"{path.name}*"))
    engine.dispose()
    assert b"Siu-ming" not in bytes_kept
    assert b"chan@example.org" not in bytes_kept


def test_who_decides_on_what_has_changed_meanwhile_is_told(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    (event,) = ledger.append([draft()], now=NOW).events
    retraction = draft(type=EventType.MILESTONE_RETRACTED, amends=event.event_id, data={"person": "p-1", "reason": "r"})
    with pytest.raises(Conflict, match="something was recorded meanwhile"):
        ledger.decide([retraction], settles={}, expected={event.draft.stream: 0}, now=NOW, run_id="r")
    assert ledger.head()[0] == 1
    assert len(ledger.decide([retraction], settles={}, expected={event.draft.stream: 1}, now=NOW, run_id="r").events) == 1
