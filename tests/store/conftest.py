"""The ledger of each kind in turn."""

from collections.abc import Iterator

import pytest

from milestones.services.ports import Ledger
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from tests.store.memory import MemoryLedger


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """An empty ledger of each kind in turn."""
    if request.param == "memory":
        yield MemoryLedger()
        return
    engine = open_engine(request.getfixturevalue(f"{request.param}_url"))
    yield SqlLedger(engine)
    engine.dispose()
