"""docs/events.md names every event type once, and says in which schema version they are."""

import re
from pathlib import Path

from milestones.domain.events import EventType
from milestones.domain.ledger import SCHEMA_VERSION
from milestones.domain.upcast import UPCASTERS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")


def test_every_type_has_its_row_in_the_order_of_the_code() -> None:
    assert re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", DOCUMENT, re.MULTILINE) == [t.value for t in EventType]


def test_the_schema_version_is_the_one_that_is_written() -> None:
    assert f"All types are at schema version {SCHEMA_VERSION}." in DOCUMENT
    assert UPCASTERS == {}, "say in docs/events.md which types have another version"
