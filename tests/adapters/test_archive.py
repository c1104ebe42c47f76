import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from milestones.adapters import archive
from milestones.adapters.archive import FolderArchive, answer_of
from milestones.domain.errors import Damaged
from scrapers.warc import response_record

RECORD = b"some record"
DIGEST = hashlib.sha256(RECORD).hexdigest()


@pytest.fixture(params=["folder", "file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FolderArchive:
    return FolderArchive({"folder": str(tmp_path / "a"), "file": f"file://{tmp_path}/b", "memory": f"memory://{uuid4()}"}[request.param])


def test_what_is_put_is_got_under_its_digest(store: FolderArchive) -> None:
    assert DIGEST not in store
    assert store.put(RECORD) == store.put(RECORD) == DIGEST
    assert DIGEST in store
    assert store.get(DIGEST) == RECORD
    other = store.put(b"another")
    assert list(store) == sorted([DIGEST, other])


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "ab", "A" * 64, "0" * 63 + "\n"])
def test_only_digests_name_captures(name: str, store: FolderArchive) -> None:
    assert name not in store
    with pytest.raises(Damaged, match="no digest"):
        store.get(name)


def test_a_missing_capture_is_damage(store: FolderArchive) -> None:
    with pytest.raises(Damaged, match="missing"):
        store.get(DIGEST)


def test_an_altered_capture_is_seen_and_healed_by_the_next_put(tmp_path: Path) -> None:
    store = FolderArchive(str(tmp_path))
    store.put(RECORD)
    (kept,) = tmp_path.rglob("*.warc.gz")
    assert kept.relative_to(tmp_path).as_posix() == f"{DIGEST[:2]}/{DIGEST[2:]}.warc.gz"
    kept.write_bytes(b"forged")
    with pytest.raises(Damaged, match="altered"):
        store.get(DIGEST)
    store.put(RECORD)
    assert store.get(DIGEST) == RECORD


def test_a_put_that_dies_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(archive.os, "fsync", die)
    with pytest.raises(OSError, match="disk full"):
        FolderArchive(str(tmp_path)).put(RECORD)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_response_record_gives_back_the_whole_answer() -> None:
    at = datetime(2025, 3, 20, 4, 0, 1, 250000, tzinfo=UTC)
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Transfer-Encoding", "chunked")]
    record = response_record("https://www.info.gov.hk/x", status="200 OK", headers=headers, payload="新聞".encode(), retrieved_at=at)
    answer = answer_of(record)
    assert (answer.url, answer.status, answer.body, answer.retrieved_at, answer.record) == (
        "https://www.info.gov.hk/x",
        200,
        "新聞".encode(),
        at,
        record,
    )
    assert answer.headers == {"content-type": "text/html; charset=utf-8", "x-archive-orig-transfer-encoding": "chunked"}
    assert answer_of(record).body == answer.body


@pytest.mark.parametrize("record", [b"", b"no record", b"\x1f\x8bno gzip"])
def test_what_is_no_record_is_damage(record: bytes) -> None:
    with pytest.raises(Damaged):
        answer_of(record)


def test_two_records_in_one_capture_are_damage() -> None:
    at = datetime(2025, 3, 20, tzinfo=UTC)
    one = response_record("https://www.info.gov.hk/x", status="200 OK", headers=[], payload=b"x", retrieved_at=at)
    with pytest.raises(Damaged, match="2 responses"):
        answer_of(one + one)
