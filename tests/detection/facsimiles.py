"""The facsimile documents as the scrapers would hand them over, with what they are expected to give."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from milestones.domain.documents import Document, Form, Item

FOLDER = Path(__file__).parent.parent / "facsimiles"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its label: the events as `press.jsonl` writes them, and whether it is debatable."""

    name: str
    document: Document
    expected: tuple[dict[str, Any], ...]
    debatable: bool = False


def rows(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines() if line.strip()]


def release(row: dict[str, Any]) -> Document:
    return Document(
        document_id=row["url"],
        url=row["url"],
        source="press-releases",
        form=Form.PRESS_RELEASE,
        language=row["lang"],
        headline=row["headline"],
        paragraphs=tuple(row["paragraphs"]),
        published_at=datetime.fromisoformat(row["published_at"]),
        on_behalf_of=row["on_behalf_of"],
    )


def agenda(row: dict[str, Any]) -> Document:
    """Every table row and link text under the headings above it; the scraper's own parser is tested elsewhere."""
    page, path, items = BeautifulSoup(row["html"], "html.parser"), ["", ""], []
    for node in page.find_all(["h2", "h3", "u", "strong", "span", "td", "a", "th"]):
        text = " ".join(node.get_text(" ").split())
        if node.name in ("h2", "h3") or re.match(r"[IVX]+\.", text):
            path = [text, ""]
        elif node.name in ("u", "th") or "underline" in " ".join(node.get("class") or []):
            path[1] = text
        elif node.name == "td" and len(text) > 4 and not node.find(["u"]) and not node.select(".pydocx-underline"):
            items.append(Item(heading=" / ".join(p for p in path if p), text=text))
    day = date.fromisoformat(row["meeting_date"])
    return Document(
        document_id=row["url"],
        url=row["url"],
        source="legco-agendas",
        form=Form.COUNCIL_AGENDA,
        language=row["lang"],
        headline=row["id"],
        paragraphs=(),
        items=tuple(items),
        day=day,
    )


def bill(row: dict[str, Any]) -> Document:
    fields = [f for f in row if re.fullmatch(r"(?:bill_gazette|ordinance_gazette|(?:first|second|third)_reading)_date(?:_?\d+)?", f)]
    return Document(
        document_id=f"bill:{row['internal_key'].strip()}",
        url=f"bill:{row['internal_key'].strip()}",
        source="legco-bills",
        form=Form.BILL_RECORD,
        language="en",
        headline=row["bill_title_eng"],
        paragraphs=(row["bill_title_chi"],),
        items=tuple(Item(heading=f, text=row[f][:10]) for f in fields if row[f]),
    )


def labelled(folder: Path = FOLDER) -> list[Labelled]:
    """Releases and agendas."""
    made = [(row, release(row)) for row in rows("press.jsonl", folder)] + [(row, agenda(row)) for row in rows("agendas.jsonl", folder)]
    return [Labelled(row["id"], document, tuple(row["expected"]), bool(row.get("debatable"))) for row, document in made]
