"""When a source is degraded, and when it is well again."""

from datetime import UTC, datetime

from milestones.domain.incidents import Trouble, trouble, well
from milestones.domain.watching import Canary, Check, Pass

NOW = datetime(2025, 3, 5, 4, tzinfo=UTC)
GOOD = Pass(asked=3, readable=2, ended_at=NOW)
BLIND = Pass(asked=3, readable=0, ended_at=NOW, error="Unreachable: timed out")
IDLE = Pass(asked=0, readable=0, ended_at=NOW)


def check(passed: bool, canary: Canary = Canary.FROZEN) -> Check:
    return Check(source="press", canary=canary, passed=passed, detail=f"{canary.value} {passed}", checked_at=NOW)


def test_one_failure_is_no_trouble_and_two_in_a_row_are():
    assert trouble([BLIND, GOOD], []) is None
    assert trouble([BLIND], []) is None
    found = trouble([BLIND, BLIND], [])
    assert found is not None
    assert found.canary is Canary.FRESHNESS
    assert "timed out" in found.reason
    assert trouble([GOOD], [check(False)]) is None
    assert trouble([GOOD], [check(False), check(True)]) is None
    assert trouble([GOOD], [check(False), check(False, Canary.VOLUME)]) is None, "of two canaries one each"
    assert trouble([GOOD], [check(False), check(False)]) == Trouble(Canary.FROZEN, "frozen False")


def test_a_source_is_well_once_it_reads_and_nothing_fails():
    assert well([GOOD, BLIND], [check(True), check(False)])
    assert well([IDLE], [])
    assert well([], [])
    assert not well([BLIND, GOOD], [check(True)])
    assert not well([GOOD], [check(True), check(False, Canary.VOLUME), check(True, Canary.VOLUME)])
