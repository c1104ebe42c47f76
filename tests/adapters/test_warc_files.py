"""WARC files that other readers take, in an order and with bytes that never change."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from milestones.adapters.warc_files import WarcFolder
from scrapers.warc import response_record

START = datetime(2025, 3, 20, 4, tzinfo=UTC)
RECORDS = [
    (response_record(f"https://example.test/{n}", status="200 OK", headers=[], payload=b"%d" % n * 500, retrieved_at=START + timedelta(hours=n)), n)
    for n in range(6)
]


def write(folder: Path, count: int = 6, limit: int = 10**9) -> list[Path]:
    with WarcFolder(folder, software="milestones test", limit=limit) as into:
        for record, n in RECORDS[:count]:
            into.take(record, START + timedelta(hours=n))
    return sorted(folder.iterdir())


def test_warcio_reads_and_checks_them(tmp_path: Path) -> None:
    (file,) = write(tmp_path)
    with file.open("rb") as stream:
        read = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read()) for r in ArchiveIterator(stream)]
    assert read[0] == ("warcinfo", None, b"software: milestones test\r\nformat: WARC File Format 1.1\r\n")
    assert read[1:] == [("response", f"https://example.test/{n}", b"%d" % n * 500) for n in range(6)]
    checked = subprocess.run([sys.executable, "-m", "warcio.cli", "check", "-v", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("digest pass") == 7


def test_no_file_grows_over_the_limit_and_each_begins_with_a_warcinfo(tmp_path: Path) -> None:
    files = write(tmp_path, limit=1_200)
    assert [f.name for f in files] == [f"milestones-{n:05d}.warc.gz" for n in range(1, len(files) + 1)]
    assert len(files) > 1
    for file in files:
        assert file.stat().st_size <= 1_200
        with file.open("rb") as stream:
            kinds = [r.rec_type for r in ArchiveIterator(stream)]
        assert kinds == ["warcinfo", *["response"] * (len(kinds) - 1)]


def test_a_record_larger_than_the_limit_has_a_file_of_its_own(tmp_path: Path) -> None:
    assert len(write(tmp_path, limit=10)) == 6


def test_the_same_captures_give_the_same_bytes_and_later_ones_change_no_file_but_the_last(tmp_path: Path) -> None:
    first, again, more = (write(tmp_path / name, count, limit=1_200) for name, count in (("a", 4), ("b", 4), ("c", 6)))
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in again]
    assert [f.read_bytes() for f in more][: len(first) - 1] == [f.read_bytes() for f in first][:-1]


def test_an_export_that_breaks_leaves_whole_files_only(tmp_path: Path) -> None:
    whole = [f.name for f in write(tmp_path / "whole", 4, limit=1_200)]

    def broken() -> None:
        with WarcFolder(tmp_path / "broken", software="milestones test", limit=1_200) as into:
            for record, n in RECORDS[:4]:
                into.take(record, START + timedelta(hours=n))
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        broken()
    assert sorted(f.name for f in (tmp_path / "broken").iterdir()) == whole[:-1]


def test_nothing_to_export_makes_no_file(tmp_path: Path) -> None:
    assert write(tmp_path, 0) == []
