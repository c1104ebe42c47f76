"""The ledger's page: how long it is, what its checkpoints are worth, and its events, newest first, by type and from any place on."""

from typing import Any

import pytest

from tests.airflow.pages import HOSTILE, Spoil, obeyed


@pytest.fixture
def kept(signed_in: Any, spoiled: Spoil, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The pages over a ledger with two checkpoints: one unsigned, then an event, then one signed with a key that is known here."""
    from milestones.adapters.signing import write_new_key
    from milestones.airflow.pages.desk import monitor
    from milestones.bootstrap import Evidence
    from milestones.services.integrity import origin_of
    from tests.domain.build import told

    spoiled({})
    desk = monitor()
    Evidence(desk).checkpoint()
    desk.ledger.append([told(quote=f"so {HOSTILE}", page=f"P{HOSTILE}")], now=desk.clock())
    write_new_key(tmp_path / "key", origin_of(desk.checkpoints))
    monkeypatch.setenv("MILESTONES_SIGNING_KEY", str(tmp_path / "key"))
    Evidence(monitor()).checkpoint()
    return signed_in


def test_size_checkpoints_and_their_signatures_are_told(kept: Any) -> None:
    page = kept.get("/behind/milestones/ledger").text
    assert "<b>64</b>events<br>" in page
    assert page.count("signed; the signature holds") == 1
    assert page.count("not signed") == 1
    assert "stands at" not in page
    assert "at position 63" in page or "at position 64" in page or "level with the ledger" in page
    assert not obeyed(page + kept.get("/behind/milestones/ledger?lang=zh").text)


def test_a_signature_whose_key_is_not_known_is_not_said_to_hold(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILESTONES_SIGNING_KEY")
    page = kept.get("/behind/milestones/ledger").text
    assert "the key is not known here" in page
    assert "the signature holds" not in page


def test_a_checkpoint_is_a_file_to_keep(kept: Any) -> None:
    answer = kept.get("/behind/milestones/ledger/checkpoint/63")
    assert answer.headers["content-disposition"] == 'attachment; filename="checkpoint-63.txt"'
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.splitlines()[1] == "63"
    for size in ("1", "064", "x", "9" * 40):
        assert kept.get(f"/behind/milestones/ledger/checkpoint/{size}").status_code == 404


def test_events_are_shown_newest_first_by_type_and_from_a_place_on(kept: Any) -> None:
    from milestones.airflow.pages.ledger import EVENTS

    def positions(query: str) -> list[int]:
        import re

        return [int(p) for p in re.findall(r'<tr id="p(\d+)">', kept.get(f"/behind/milestones/ledger{query}").text)]

    assert positions("") == list(range(64, 64 - EVENTS, -1))
    assert positions("?type=milestone.reported") == [64]
    assert positions("?type=ledger.opened") == [1]
    assert positions("?before=4") == [3, 2, 1]
    assert positions("?type=ruling.made") == []
    assert positions("?type=nothing&before=x") == positions("")
    assert f"before={64 - EVENTS + 1}" in kept.get("/behind/milestones/ledger").text


def test_a_note_that_says_something_else_than_its_row_is_no_checkpoint() -> None:
    from datetime import UTC, datetime

    from milestones.services.integrity import Signed, judged_notes
    from milestones.services.ports import HeldNote

    (found,) = judged_notes([HeldNote(size=3, root="a" * 64, note="nothing", made_at=datetime(2025, 1, 1, tzinfo=UTC))], "hk-milestones/x", None)
    assert found.signed is Signed.STRANGE
