"""Pages for the parsers' tests: written for this project in the real sites' markup, none of them a copy."""

from datetime import UTC, datetime
from pathlib import Path

from milestones.services.ports import Answer

PAGES = Path(__file__).parent / "pages"
NOON = datetime(2025, 3, 20, 4, 0, tzinfo=UTC)


def page(name: str, *, codec: str = "utf-8") -> bytes:
    return (PAGES / name).read_text("utf-8").encode(codec)


def answer(body: bytes, url: str = "https://www.info.gov.hk/", content_type: str = "text/html") -> Answer:
    return Answer(url=url, status=200, headers={"content-type": content_type}, body=body, retrieved_at=NOON, record=b"")
