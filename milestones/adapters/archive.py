"""Captures in a folder or any other place that fsspec knows, each under the digest of its own bytes, so that nothing can be swapped unseen.

A record is there whole or not at all: locally it is written beside its place, flushed and renamed; object stores put whole objects.
"""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from milestones.domain.errors import Damaged, SettingsError
from milestones.services.ports import Answer

_DIGEST = re.compile(r"[0-9a-f]{64}")


class FolderArchive:
    """Implements the port `Archive` over a path or fsspec URL."""

    __slots__ = ("_fs", "_root")

    def __init__(self, url: str) -> None:
        try:
            self._fs, self._root = fsspec.url_to_fs(url)
        except (ValueError, ImportError) as error:
            raise SettingsError(f"MILESTONES_ARCHIVE_URL: {error}") from None

    def put(self, record: bytes) -> str:
        """The digest of the record, which is kept from now on; a damaged copy of it is healed."""
        digest = hashlib.sha256(record).hexdigest()
        path = self._path(digest)
        if self._read(path) == record:
            return digest
        if isinstance(self._fs, LocalFileSystem):
            _write_durably(Path(path), record)
        else:
            self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            self._fs.pipe_file(path, record)
        return digest

    def get(self, digest: str) -> bytes:
        """The record. Damaged where it is missing or not the bytes that its digest names."""
        record = self._read(self._path(digest))
        if record is None:
            raise Damaged(f"capture {digest} is missing from the archive; restore it from a backup")
        if hashlib.sha256(record).hexdigest() != digest:
            raise Damaged(f"capture {digest} was altered in the archive; restore it from a backup")
        return record

    def __contains__(self, digest: object) -> bool:
        return isinstance(digest, str) and _DIGEST.fullmatch(digest) is not None and bool(self._fs.isfile(self._path(digest)))

    def __iter__(self) -> Iterator[str]:
        """Every digest kept, in order."""
        found = sorted(str(p).removeprefix(f"{self._root}/").replace("/", "") for p in self._fs.find(self._root))
        return (name[:64] for name in found if name.endswith(".warc.gz") and _DIGEST.fullmatch(name[:64]))

    def _path(self, digest: str) -> str:
        if not _DIGEST.fullmatch(digest):
            raise Damaged(f"{digest[:80]!r} is no digest of a capture")
        return f"{self._root}/{digest[:2]}/{digest[2:]}.warc.gz"

    def _read(self, path: str) -> bytes | None:
        try:
            return bytes(self._fs.cat_file(path))
        except FileNotFoundError:
            return None


def answer_of(record: bytes) -> Answer:
    """The answer that a capture holds, for a replay. Damaged where it is no single response record."""
    try:
        found = [
            Answer(
                url=r.rec_headers.get_header("WARC-Target-URI"),
                status=int(r.http_headers.get_statuscode()),
                headers={name.lower(): value for name, value in r.http_headers.headers},
                body=r.content_stream().read(),
                retrieved_at=datetime.fromisoformat(r.rec_headers.get_header("WARC-Date")).astimezone(UTC),
                record=record,
            )
            for r in ArchiveIterator(BytesIO(record))
            if r.rec_type == "response"
        ]
    except (ArchiveLoadFailed, AttributeError, TypeError, ValueError) as error:
        raise Damaged(f"a capture is no WARC response record ({type(error).__name__})") from error
    if len(found) != 1:
        raise Damaged(f"a capture holds {len(found)} responses, not one")
    return found[0]


def _write_durably(path: Path, record: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".put-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(record)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(beside).unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
