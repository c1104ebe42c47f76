"""What others can check of a ledger that was really read: verify, checkpoints, proofs, traces and exports, and attacks on each."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from milestones.adapters.archive import FolderArchive, answer_of
from milestones.adapters.signing import write_new_key
from milestones.bootstrap import Evidence, Monitor, open_as_found, open_monitor
from milestones.domain.errors import Damaged, LedgerError, SettingsError
from milestones.domain.notes import Checkpoint, Note, notes_in
from milestones.settings import Settings
from tests.bin.test_verify_proof import run
from tests.integration.test_pipeline import HELD, monitor_at, whole_run


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a ledger of two weeks; not to be changed."""
    with monitor_at(HELD, tmp_path_factory.mktemp("read")) as monitor:
        whole_run(monitor, "first")
        return monitor.settings


@pytest.fixture
def settings(read_once: Settings, tmp_path: Path) -> Settings:
    """A copy of it that a test may spoil."""
    shutil.copytree(read_once.home, tmp_path / "home")
    home = tmp_path / "home"
    return replace(read_once, home=home, database_url=f"sqlite:///{home}/ledger.sqlite", archive_url=(home / "archive").as_uri())


@pytest.fixture
def monitor(settings: Settings) -> Iterator[Monitor]:
    with open_monitor(settings) as monitor:
        yield monitor


@contextmanager
def forger(settings: Settings) -> Iterator[sqlite3.Connection]:
    """A connection that is not ours."""
    with closing(sqlite3.connect(settings.home / "ledger.sqlite", isolation_level=None)) as connection:
        yield connection


def checks(monitor: Monitor, *outside: Note) -> list[str]:
    return [d.check for d in Evidence(monitor).verify(outside=outside).damages]


def signing(settings: Settings, file: Path, *known: str) -> Settings:
    return replace(settings, signing_key=str(file), verifier_keys=",".join(known) or None)


# ---- verify and checkpoints ---------------------------------------------------------------------------------------------


def test_what_was_read_verifies_and_verifying_changes_nothing(settings: Settings) -> None:
    before = (settings.home / "ledger.sqlite").read_bytes()
    with open_as_found(settings) as found:
        inspection = Evidence(found).verify(outside=[])
    assert inspection.damages == ()
    assert inspection.size > 63
    assert [n.partition(";")[0] for n in inspection.notices] == ["no checkpoint from elsewhere was given"]
    assert (settings.home / "ledger.sqlite").read_bytes() == before


def test_where_there_is_no_ledger_none_is_made(settings: Settings, tmp_path: Path) -> None:
    absent = tmp_path / "nowhere" / "ledger.sqlite"
    with pytest.raises(SettingsError, match="there is no ledger"), open_as_found(replace(settings, database_url=f"sqlite:///{absent}")):
        pass
    assert not absent.parent.exists()


def test_a_checkpoint_is_kept_once_for_each_size(monitor: Monitor) -> None:
    note = Evidence(monitor).checkpoint()
    assert Evidence(monitor).checkpoint() == note
    (held,) = monitor.checkpoints.all()
    assert (held.size, held.root, held.note) == (note.checkpoint.size, note.checkpoint.root, str(note))
    assert Evidence(monitor).verify(outside=[note]).damages == ()


def test_a_later_log_is_verified_against_every_earlier_checkpoint(read_once: Settings, tmp_path: Path) -> None:
    with monitor_at(HELD, tmp_path) as monitor:
        early = Evidence(monitor).checkpoint()
        whole_run(monitor, "first")
        late = Evidence(monitor).checkpoint()
        assert early.checkpoint.size < late.checkpoint.size
        inspection = Evidence(monitor).verify(outside=[early, late])
        assert (inspection.damages, inspection.checkpoints) == ((), 2)


def test_another_root_another_size_and_another_ledger_are_told(monitor: Monitor) -> None:
    good = Evidence(monitor).checkpoint().checkpoint
    forged = Note(checkpoint=replace(good, root="ab" * 32))
    longer = Note(checkpoint=replace(good, size=good.size + 1))
    other = Note(checkpoint=Checkpoint(origin="hk-milestones/0000000000000000", size=good.size, root=good.root))
    assert [checks(monitor, note) for note in (forged, longer, other)] == [["against"]] * 3


def test_signatures_are_checked_and_old_keys_go_on_counting(settings: Settings, tmp_path: Path) -> None:
    with open_monitor(settings) as monitor:
        old, new = Evidence(monitor).new_key(tmp_path / "old"), Evidence(monitor).new_key(tmp_path / "new")
    with open_monitor(signing(settings, tmp_path / "old")) as monitor:
        note = Evidence(monitor).checkpoint()
        assert note.signatures[0].name == note.checkpoint.origin
        assert checks(monitor, note) == []
    with open_monitor(signing(settings, tmp_path / "new")) as monitor:
        assert checks(monitor) == ["signature"], "the key was changed and the old one is not known any more"
    with open_monitor(signing(settings, tmp_path / "new", old.line)) as monitor:
        assert checks(monitor, note) == []
    with open_monitor(replace(settings, verifier_keys=f"{old.line} {new.line}")) as monitor:
        assert checks(monitor, note) == []
        spoiled = replace(note.signatures[0], value=note.signatures[0].value[::-1])
        assert checks(monitor, replace(note, signatures=(spoiled,))) == ["signature"]
    with open_monitor(settings) as monitor:
        assert any("no key is known" in n for n in Evidence(monitor).verify(outside=[note]).notices)


def test_a_checkpoint_made_without_a_key_is_handed_out_signed_once_there_is_one(settings: Settings, tmp_path: Path) -> None:
    with open_monitor(settings) as monitor:
        unsigned = Evidence(monitor).checkpoint()
        write_new_key(tmp_path / "key", unsigned.checkpoint.origin)
    with open_monitor(signing(settings, tmp_path / "key")) as monitor:
        signed = Evidence(monitor).checkpoint()
        assert (signed.checkpoint, len(signed.signatures)) == (unsigned.checkpoint, 1)
        assert notes_in(monitor.checkpoints.all()[0].note) == [unsigned], "the row is as it was made"


def test_a_note_that_says_something_else_than_its_row_is_found(settings: Settings, monitor: Monitor) -> None:
    note = Evidence(monitor).checkpoint()
    with forger(settings) as forge:
        forge.execute("DROP TRIGGER checkpoint_refuses_update")
        forge.execute("UPDATE checkpoint SET note = ?", (str(replace(note, checkpoint=replace(note.checkpoint, root="ab" * 32))),))
    assert "checkpoint" in checks(monitor)


def test_no_checkpoint_is_made_over_another_past(settings: Settings, monitor: Monitor) -> None:
    Evidence(monitor).checkpoint()
    with forger(settings) as forge:
        forge.execute("DROP TRIGGER event_refuses_update")
        forge.execute("UPDATE event SET leaf_hash = ? WHERE position = 5", ("ab" * 32,))
    with pytest.raises(Damaged, match="another root"):
        Evidence(monitor).checkpoint()


def test_read_tables_that_were_written_into_are_found(settings: Settings, monitor: Monitor) -> None:
    for change, table in (
        ("UPDATE read_target SET status = 'met' WHERE target = 'bill'", "read_target"),
        ("DELETE FROM read_evidence WHERE rowid = (SELECT min(rowid) FROM read_evidence)", "read_evidence"),
        ("UPDATE read_target_interval SET status = 'met'", "read_target_interval"),
    ):
        with forger(settings) as forge:
            forge.execute(change)
        (damage,) = Evidence(monitor).verify().damages
        assert (damage.check, table in damage.detail) == ("projection", True)
        assert all(not b.failure for b in monitor.bring_up(anew=True))
        assert Evidence(monitor).verify().damages == ()


def test_what_is_not_projected_yet_is_no_damage(settings: Settings, monitor: Monitor) -> None:
    with forger(settings) as forge:
        forge.execute("DELETE FROM projection")
    inspection = Evidence(monitor).verify()
    assert inspection.damages == ()
    assert sum("never made" in n for n in inspection.notices) == 2


# ---- proofs -------------------------------------------------------------------------------------------------------------


def test_every_event_is_proved_to_a_stranger(settings: Settings, tmp_path: Path) -> None:
    with open_monitor(settings) as monitor:
        verifier = Evidence(monitor).new_key(tmp_path / "key")
    with open_monitor(signing(settings, tmp_path / "key")) as monitor:
        size = monitor.ledger.head()[0]
        file = tmp_path / "proof.json"
        for position in (1, 2, size // 2, size):
            file.write_text(json.dumps(Evidence(monitor).prove(str(position)), ensure_ascii=False), encoding="utf-8")
            ran = run(file, verifier.line)
            assert ran.returncode == 0, ran.stderr
        proof = Evidence(monitor).prove(str(monitor.ledger.read()[-1].event_id))
        assert proof["document"]["digest"] == proof["leaf"]["document_digest"]
        assert proof["document"]["capture"] in monitor.archive
        with pytest.raises(LedgerError, match="no event"):
            Evidence(monitor).prove(str(size + 1))


# ---- traces -------------------------------------------------------------------------------------------------------------


def test_every_event_leads_to_its_words_on_the_archived_page(monitor: Monitor) -> None:
    events = monitor.ledger.read()
    traces = [Evidence(monitor).trace(str(e.position)) for e in events]
    assert [t.faults for t in traces] == [()] * len(events)
    quoting = [t for t in traces if t.event.draft.quote]
    assert len(quoting) > 10
    for told in quoting:
        assert told.place
        assert told.url
        assert told.place.text[told.place.first : told.place.last] == told.event.draft.quote
        assert f"[[{told.event.draft.quote}]]" in "\n".join(told.lines())


def test_an_archived_page_that_is_missing_altered_or_says_something_else_is_told(settings: Settings, monitor: Monitor) -> None:
    event = next(e for e in reversed(monitor.ledger.read()) if e.draft.quote)
    stored = monitor.captures.kept(event.draft.document_digest or "")
    assert stored
    path = settings.home / "archive" / stored.capture[:2] / f"{stored.capture[2:]}.warc.gz"
    record = path.read_bytes()
    for spoiled, fault in ((record[:-9], "altered"), (b"", "altered"), (None, "missing")):
        path.unlink() if spoiled is None else path.write_bytes(spoiled)
        (told,) = Evidence(monitor).trace(str(event.position)).faults
        assert fault in told
    path.write_bytes(record)
    assert Evidence(monitor).trace(str(event.position)).faults == ()


# ---- export -------------------------------------------------------------------------------------------------------------


def test_captures_are_exported_as_they_are_and_the_same_again(settings: Settings, monitor: Monitor, tmp_path: Path) -> None:
    captures, files = Evidence(monitor).export_warc(tmp_path / "one")
    assert (captures, files) == (len(monitor.captures.retrieved()), 1)
    (file,) = (tmp_path / "one").iterdir()
    content = file.read_bytes()
    assert all(monitor.archive.get(digest) in content for digest, _ in monitor.captures.retrieved())
    Evidence(monitor).export_warc(tmp_path / "two")
    assert (tmp_path / "two" / file.name).read_bytes() == content


def test_an_export_with_a_hole_is_none(settings: Settings, monitor: Monitor, tmp_path: Path) -> None:
    digest, _ = monitor.captures.retrieved()[-1]
    (settings.home / "archive" / digest[:2] / f"{digest[2:]}.warc.gz").unlink()
    with pytest.raises(Damaged, match="missing"):
        Evidence(monitor).export_warc(tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_archive_alone_tells_what_was_read(settings: Settings, monitor: Monitor) -> None:
    """Captures answer again offline: address, instant, body."""
    archive = FolderArchive(settings.archive_url)
    urls = {answer_of(archive.get(d)).url for d, _ in monitor.captures.retrieved()}
    assert {e.draft.source for e in monitor.ledger.read() if (e.draft.rule or "").startswith("press/")} <= urls
    assert all(abs(answer_of(archive.get(d)).retrieved_at - at) < timedelta(seconds=1) for d, at in monitor.captures.retrieved())
