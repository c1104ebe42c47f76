"""LegCo's open data (OData version 3): how a query is put, and what an answer must show before it is believed.

The servers now and then answer "no rows" by mistake, count in text, and may return fewer rows than they count without saying that
more follow. So rows are fetched until they are as many as counted, and an empty answer needs other evidence.
Options and page sizes: https://www.legco.gov.hk/en/open-legco/open-data.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from milestones.domain.errors import WrongPage
from scrapers.json_answers import json_object

HOST = "app.legco.gov.hk"
_MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Rows:
    """One answer: its rows, the count that the server states, and the address of the rows still missing."""

    rows: tuple[Mapping[str, Any], ...]
    count: int
    following: str | None


def query(path: str, **options: str) -> str:
    """The address of a query; options are named without their dollar sign."""
    asked = {f"${name}": value for name, value in {**options, "inlinecount": "allpages", "format": "json"}.items()}
    return f"https://{HOST}/{path}?{urlencode(asked, quote_via=quote)}"


def from_day(day: date) -> str:
    """A day as an OData version 3 literal: its first moment in Hong Kong, for the databases keep clock time without a zone."""
    return f"datetime'{day.isoformat()}T00:00:00'"


def is_evidence(url: str) -> bool:
    """Whether a query asks for the newest few rows only, to show that the database has rows at all."""
    return "$top" in parse_qs(urlsplit(url).query)


def read_rows(body: bytes, url: str) -> Rows:
    """The answer to a query. WrongPage where it is no such answer, or where rows counted do not come."""
    answer = json_object(body)
    rows, count = answer.get("value"), str(answer.get("odata.count", ""))
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows) or not (count.isascii() and count.isdigit()):
        raise WrongPage("this is no OData answer with rows and a count")
    total, skipped = int(count[:9]), _skipped(url)
    done = skipped + len(rows)
    if is_evidence(url) or done >= total:
        return Rows(tuple(rows), total, None)
    if not rows:
        raise WrongPage(f"the server counts {total} rows but gives none after the first {skipped}")
    if total > _MOST_ROWS:
        raise WrongPage(f"the server counts {total} rows, more than the question can have")
    return Rows(tuple(rows), total, _after(url, done))


def text_of(row: Mapping[str, Any], name: str) -> str:
    """A field of text; missing text is `""` or null. WrongPage where the field is absent or no text: the schema has changed."""
    value = row.get(name, 0)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WrongPage(f"a row has no text in {name!r}: the schema has changed")
    return value


def day_of(row: Mapping[str, Any], name: str) -> date | None:
    """A field of time as its Hong Kong day, None where it is null."""
    value = text_of(row, name)
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        raise WrongPage(f"a row has {value[:40]!r} in {name!r}, which is no day") from None


def _skipped(url: str) -> int:
    values = parse_qs(urlsplit(url).query).get("$skip", ["0"])
    return int(values[0]) if values[0].isdigit() else 0


def _after(url: str, done: int) -> str:
    base, _, asked = url.partition("?")
    options = {k: v[0] for k, v in parse_qs(asked).items()} | {"$skip": str(done)}
    return f"{base}?{urlencode(options, quote_via=quote)}"
