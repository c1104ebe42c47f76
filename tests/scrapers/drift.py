"""When a publisher changes its pages, is it noticed? Golden pages of every source are changed at random and read by the real parsers.

A change that loses data counts as noticed if the page is refused, or if a canary of shape, fields or volume would say so once every page of
the source is so changed. A harmless change must raise no alarm. `make drift` prints the table.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from milestones.domain import canaries
from milestones.services.ports import Source
from scrapers.registry import SOURCES
from tests.scrapers.golden import Golden, golden_page, page_paths
from tests.scrapers.mutations import BREAKING, HARMLESS, LABELS, Mutation

_MANY = 50
"""Documents that the canary of fields looks at."""

_TWO_DAYS = (date(2025, 3, 18), date(2025, 3, 19))


@dataclass(frozen=True, slots=True)
class Trial:
    """One change of one page: whether data were lost, and by what it was noticed (empty: by nothing)."""

    page: str
    way: str
    harmless: bool
    lost: bool
    noticed: str


def trials(rounds: int, seed: int) -> Iterator[Trial]:
    """Every way on every golden page, `rounds` times. The same seed gives the same changes."""
    for name, source in SOURCES.items():
        for golden in map(golden_page, page_paths(name)):
            kind = {".json": "json", ".xml": "xml"}.get(golden.path.suffix, "html")
            for harmless, ways in ((False, BREAKING[kind]), (True, HARMLESS[kind])):
                for way, mutation in ways.items():
                    for turn in range(rounds):
                        pick = random.Random(f"{seed} {golden.name} {way} {turn}")
                        if trial := _trial(golden, source, way, mutation, pick, harmless=harmless):
                            yield trial


def _trial(golden: Golden, source: Source, way: str, mutation: Mutation, pick: random.Random, *, harmless: bool) -> Trial | None:
    changed = mutation(golden.path.read_text("utf-8"), pick)
    if changed is None:
        return None
    body = changed if isinstance(changed, bytes) else changed.encode(golden.asked.get("codec", "utf-8"), "xmlcharrefreplace")
    if body == golden.body:
        return None
    read = golden.read(source, body)
    return Trial(golden.name, way, harmless, _essence(read) != _essence(golden.expected), _noticed(golden, source, body, read))


def _noticed(golden: Golden, source: Source, body: bytes, read: dict[str, Any]) -> str:
    if "refused" in read:
        return "refused"
    known, seen = source.shape(golden.answer(golden.body)), source.shape(golden.answer(body))
    said = {
        "shape": canaries.structure({known.layout: [known.features] * 2}, {seen.layout: [seen.features]}),
        "fields": _fields(golden, source, read),
        "volume": _volume(golden, source, read),
    }
    return next((name for name, judged in said.items() if judged and not judged.passed), "")


def _fields(golden: Golden, source: Source, read: dict[str, Any]) -> canaries.Judgement | None:
    """As if the documents read last were all of this page, looking at what its documents had before."""
    had = golden.expected["documents"]
    wanted = {name: share for name, share in source.habits.fields.items() if had and all(d.get(name) for d in had)}
    now = [SimpleNamespace(**{name: d.get(name) for name in wanted}) for d in read["documents"]]
    many: list[Any] = (now * _MANY)[:_MANY]
    return canaries.fields(many, wanted)


def _volume(golden: Golden, source: Source, read: dict[str, Any]) -> canaries.Judgement | None:
    """As if as large a part of two usual days' rows were lost."""
    before, usual = len(golden.expected.get("links", ())), source.habits.volume.get(golden.asked["feed"])
    if not before or not usual or "days" not in golden.asked:
        return None
    days = {day: round(sum(usual[day.weekday()]) / 2 * len(read["links"]) / before) for day in _TWO_DAYS}
    return canaries.volume({golden.asked["feed"]: days}, {golden.asked["feed"]: usual}, lambda day: day.weekday() < 5)


def _essence(read: dict[str, Any]) -> Any:
    """What must not be lost: all text, days, instants, addresses. Where lines break, the order of rows, and a heading kept as printed may differ."""
    if "refused" in read:
        return None
    documents = [_document(d) for d in read["documents"]]
    links = sorted((x["url"], x["day"] or "", _dense([x["headline"]])) for x in [*read.get("links", ()), *read.get("named", ())])
    return sorted(documents, key=lambda d: d["url"]), links, read.get("following")


def _document(read: dict[str, Any]) -> dict[str, Any]:
    return {
        **read,
        "headline": _dense([read.get("headline", "")]),
        "paragraphs": _dense([read.get("on_behalf_of", ""), *read.get("paragraphs", [])]),
        "on_behalf_of": None,
        "items": sorted((_dense([i["heading"]]), _dense([i["text"]])) for i in read.get("items", [])),
    }


def _dense(texts: Iterable[str]) -> str:
    text = "".join(texts)
    for old, new in LABELS:
        text = text.replace(old.strip(), new)
    return "".join(text.split())
