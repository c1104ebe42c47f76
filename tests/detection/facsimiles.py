"""Labelled documents as the scrapers would hand them over, with what they are expected to give.

Three sets: the facsimiles, on which the rules were written; `dev`, by other pens, whose faults may be looked at; `held`, on which nobody may tune.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from milestones.domain.documents import Document, Form
from scrapers.legco_agendas import LegcoAgendas
from scrapers.legco_bills import LegcoBills

FOLDER = Path(__file__).parent.parent / "facsimiles"
LABELLED = Path(__file__).parent.parent / "labelled"
SETS = {"facsimiles": FOLDER, "dev": LABELLED / "dev", "held": LABELLED / "held"}
AGENDAS = LegcoAgendas()
BILLS = LegcoBills()


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
    return AGENDAS.read_saved(row["url"], row["html"].encode())


def bills(folder: Path = FOLDER) -> list[Document]:
    """The bill records, as an answer of the Legislative Council's database would hold them."""
    found = rows("bills.jsonl", folder)
    answer = json.dumps({"odata.count": str(len(found)), "value": found}, ensure_ascii=False)
    return BILLS.read_records("https://app.legco.gov.hk/BillsDB/odata/Vbills", answer.encode())


def labelled(folder: Path = FOLDER) -> list[Labelled]:
    """Releases and agendas."""
    made = [(row, release(row)) for file in sorted(folder.glob("press*.jsonl")) for row in rows(file.name, folder)]
    made += [(row, agenda(row)) for file in sorted(folder.glob("agendas*.jsonl")) for row in rows(file.name, folder)]
    return [Labelled(row["id"], document, tuple(row["expected"]), bool(row.get("debatable"))) for row, document in made]
