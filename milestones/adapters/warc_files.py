"""WARC files of many records, as web archives exchange them: each begins with a warcinfo record and ends before it grows too large.

Records are copied as they are. The same captures give the same bytes, and later ones change no file but the last.
"""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from milestones.domain.dates import utc_text

LIMIT = 1_000_000_000
"""Bytes of one file, as the WARC standard recommends."""


class WarcFolder:
    """Takes records one by one and writes them into numbered files of a folder, each under its name only when it is whole."""

    __slots__ = ("_file", "_folder", "_limit", "_number", "_software")

    def __init__(self, folder: Path, *, software: str, limit: int = LIMIT) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._software, self._limit = folder, software, limit
        self._file: BinaryIO | None = None
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close(whole=error is None)

    @property
    def files(self) -> int:
        """How many files there are so far."""
        return self._number

    def take(self, record: bytes, retrieved_at: datetime) -> None:
        """Writes the next record."""
        if self._file and self._file.tell() + len(record) > self._limit:
            self._close(whole=True)
        if self._file is None:
            self._number += 1
            self._file = self._beside().open("wb")
            self._file.write(self._warcinfo(retrieved_at))
        self._file.write(record)

    def _warcinfo(self, at: datetime) -> bytes:
        """Dated as the first record that follows, so that nothing here depends on when the export was made."""
        out, name, moment = BytesIO(), self._path().name, utc_text(at)
        text = f"software: {self._software}\r\nformat: WARC File Format 1.1\r\n".encode()
        headers = StatusAndHeaders(
            "",
            [
                ("WARC-Type", "warcinfo"),
                ("WARC-Record-ID", f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{name} {moment} {self._software}')}>"),
                ("WARC-Filename", name),
                ("WARC-Date", moment),
            ],
            protocol="WARC/1.1",
        )
        writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
        writer.write_record(writer.create_warc_record("", "warcinfo", warc_headers=headers, payload=BytesIO(text), length=len(text)))
        return out.getvalue()

    def _path(self) -> Path:
        return self._folder / f"milestones-{self._number:05d}.warc.gz"

    def _beside(self) -> Path:
        return self._path().with_suffix(".part")

    def _close(self, *, whole: bool) -> None:
        if self._file is None:
            return
        self._file.close()
        self._file = None
        if whole:
            self._beside().replace(self._path())
        else:
            self._beside().unlink()
