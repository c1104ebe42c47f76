"""Golden pages: `pages/<source>/<name>.<ext>`, and beside each `<name>.expected.json` with what was asked, and what must be read.

`python -m tests.scrapers.golden` writes what is read of every page whose expectation is missing (for a new page write only `asked`), marked as
not checked; tests fail until a person has read it, set `checked` to true, and committed it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from milestones.domain.dates import Interval
from milestones.domain.documents import Document
from milestones.domain.errors import WrongPage
from milestones.services.ports import Answer, Link, Listed, Listing, Source
from milestones.store.rows import document_data
from scrapers.registry import SOURCES, read_saved
from tests.scrapers.saved import NOON, PAGES

SUFFIX = ".expected.json"


@dataclass(frozen=True, slots=True)
class Golden:
    """A page of a source. `asked` has `url`, `feed`, `as` (page, listing or saved) and `language` (en, zh or both); where needed
    `days`, `at`, `type`, `codec`."""

    source: str
    path: Path
    asked: dict[str, Any]
    checked: bool
    expected: Any

    @property
    def name(self) -> str:
        return f"{self.source}/{self.path.name}"

    @property
    def language(self) -> str:
        return str(self.asked["language"])

    @property
    def body(self) -> bytes:
        """The page as its publisher sends it: pages in Big5 are kept in UTF-8, for people."""
        return self.path.read_text("utf-8").encode(self.asked["codec"]) if "codec" in self.asked else self.path.read_bytes()

    @property
    def expectation(self) -> Path:
        return self.path.with_name(self.path.stem + SUFFIX)

    def answer(self, body: bytes) -> Answer:
        """The body as an answer to what was asked."""
        headers = {"content-type": self.asked.get("type", "text/html")}
        at = datetime.fromisoformat(self.asked["at"]) if "at" in self.asked else NOON
        return Answer(url=self.asked["url"], status=200, headers=headers, body=body, retrieved_at=at, record=b"")

    def read(self, source: Source, body: bytes) -> dict[str, Any]:
        """What the source reads in such a body, as JSON data; `refused` with the reason where it reads nothing."""
        try:
            return json.loads(json.dumps(self._read(source, self.answer(body))))  # type: ignore[no-any-return]
        except WrongPage as error:
            return {"refused": str(error)}

    def _read(self, source: Source, answer: Answer) -> dict[str, Any]:
        asked = self.asked
        if asked["as"] == "page":
            return {"documents": [_data(source.read_page(Link(url=asked["url"], feed=asked["feed"], day=None), answer))]}
        if asked["as"] == "saved":
            return {"documents": [_data(d) for d in read_saved(asked["url"], answer.body)]}
        days = Interval(*(date.fromisoformat(day) for day in asked["days"])) if "days" in asked else None
        return _listed(source.read_listing(Listing(url=asked["url"], feed=asked["feed"], days=days), answer))


def _listed(listed: Listed) -> dict[str, Any]:
    return {
        "links": [_named(link) for link in listed.links],
        "named": [_named(link) for link in listed.named],
        "documents": [_data(d) for d in listed.documents],
        "following": listed.following.url if listed.following else None,
        "total": listed.total,
    }


def _named(link: Link) -> dict[str, Any]:
    return {"url": link.url, "day": link.day.isoformat() if link.day else None, "headline": link.headline}


def _data(document: Document) -> dict[str, Any]:
    """What a document has; what it has not is left out, so that a new field of documents spoils no expectation."""
    return {name: value for name, value in document_data(document).items() if value}


def page_paths(source: str) -> list[Path]:
    """The files of a source's golden pages, by name."""
    return sorted(p for p in (PAGES / source).glob("*") if not p.name.endswith(SUFFIX))


def golden_page(path: Path) -> Golden:
    """The page with its expectation. FileNotFoundError says what to do where that is missing."""
    beside = path.with_name(path.stem + SUFFIX)
    if not beside.exists():
        raise FileNotFoundError(f"{path} has no {beside.name}: write it with `asked`, then run python -m tests.scrapers.golden")
    told = json.loads(beside.read_text("utf-8"))
    return Golden(path.parent.name, path, told["asked"], told.get("checked", False), told.get("expected"))


def write_missing(sources: Mapping[str, Source]) -> list[Path]:
    """Writes the expectations that are missing, not checked; the files written."""
    written = []
    for name, source in sources.items():
        for golden in (golden_page(path) for path in page_paths(name) if path.with_name(path.stem + SUFFIX).exists()):
            if golden.expected is None:
                told = {"asked": golden.asked, "checked": False, "expected": golden.read(source, golden.body)}
                golden.expectation.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
                written.append(golden.expectation)
    return written


def main() -> None:
    for path in write_missing(SOURCES):
        print(f"{path}: read it, set checked to true, commit it")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
