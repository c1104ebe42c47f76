"""The source `legco-votes`: what the Council voted on by division, from LegCo's vote results (OData, or the XML file of a meeting).

Most bills pass without a division, so a vote is a witness where there is one, and its absence says nothing. The wording of motions for a
third reading was never seen; the motion is kept as printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from milestones.domain.dates import Interval
from milestones.domain.documents import Document, Form, Item
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.odata import HOST, day_of, from_day, is_evidence, query, read_rows, text_of
from scrapers.pages import clean
from scrapers.shapes import json_shape
from scrapers.vote_files import read_vote_file

_PATH = "vrdb/odata/vVotingResult"
_ADDRESS = f"https://{HOST}/{_PATH}"
_COUNCIL = "council meeting"
_BACK = timedelta(days=14)
"""How far the question goes back behind the first day wanted: results are published some days after the vote."""

_GROUPS = ("overall", "gc", "fc")
_COUNTS = ("present_count", "vote_count", "yes_count", "no_count", "abstain_count")


@dataclass(frozen=True, slots=True)
class LegcoVotes:
    """Implements the port `Source`. Its documents are whole in their listing; a file of a meeting can be handed in."""

    name: str = "legco-votes"
    feeds: tuple[str, ...] = ("odata",)
    hosts: frozenset[str] = field(default=frozenset({HOST}))
    habits: Habits = field(
        default=Habits(
            fresh_within=30,
            quiet_in_recess=True,
            empty_day="the newest votes before the window, none of them in it",
            fields={"day": 1.0, "items": 1.0, "paragraphs": 0.9},
        )
    )

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:  # noqa: ARG002 - the port's signature
        """One question for all the days."""
        if days:
            whole = Interval(min(days), max(days))
            window = f"vote_date ge {from_day(whole.first - _BACK)} and vote_date lt {from_day(whole.last + timedelta(days=1))}"
            yield Listing(url=query(_PATH, filter=window, orderby="vote_date,vote_number,display_order"), feed=feed, days=whole)

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        """No vote in the window must be borne out by the newest votes before it."""
        got = read_rows(answer.body, listing.url)
        if listing.days is None:
            raise WrongPage("votes are asked for days")
        if is_evidence(listing.url):
            if not got.rows or any((day_of(r, "vote_date") or date.min) >= listing.days.first - _BACK for r in got.rows):
                raise WrongPage("the database answered that there are no votes in the window, and does not bear it out")
            return Listed()
        following = got.following or (None if got.count else _newest_until(listing.days.last))
        return Listed(
            documents=tuple(self._documents(got.rows)),
            following=Listing(url=following, feed=listing.feed, days=listing.days) if following else None,
        )

    def read_page(self, link: Link, answer: Answer) -> Document:  # noqa: ARG002 - the port's signature
        raise WrongPage("votes are whole in their listing; there is no page of one")

    def read_saved(self, url: str, body: bytes) -> Document:
        records = self.read_records(url, body)
        if len(records) != 1:
            raise WrongPage(f"the answer holds {len(records)} votes of the Council, not one")
        return records[0]

    def read_records(self, url: str, body: bytes) -> list[Document]:
        """Every vote of the Council in a saved answer or in the file of a meeting."""
        rows = read_rows(body, url).rows if body.lstrip()[:1] == b"{" else read_vote_file(body)
        if not rows:
            raise WrongPage("the answer holds no vote")
        return self._documents(rows)

    def shape(self, answer: Answer) -> Shape:
        return json_shape(answer, "vVotingResult")

    def _documents(self, rows: Iterable[Mapping[str, Any]]) -> list[Document]:
        """One document a vote, though there is a row for each member."""
        found: dict[tuple[date, int], Document] = {}
        for row in rows:
            held_by = clean(text_of(row, "type"))
            if held_by.casefold() != _COUNCIL and "committee" not in held_by.casefold():
                raise WrongPage(f"a vote was held by {held_by[:40]!r}: meetings are named in a new way")
            if held_by.casefold() == _COUNCIL:
                key = _vote(row)
                if key not in found:
                    found[key] = _document(row, *key, self.name)
        return list(found.values())


def _vote(row: Mapping[str, Any]) -> tuple[date, int]:
    day, number = day_of(row, "vote_date"), row.get("vote_number")
    if day is None or not isinstance(number, int):
        raise WrongPage("a vote has no day or no number: the schema has changed")
    return day, number


def _document(row: Mapping[str, Any], day: date, number: int, source: str) -> Document:
    motions = [clean(text_of(row, name)) for name in ("motion_en", "motion_ch")]
    result = clean(text_of(row, "overall_result"))
    if not any(motions) or not result:
        raise WrongPage(f"vote {number} of {day} has no motion or no result: the schema has changed")
    items = [Item(heading="vote_date", text=day.isoformat()), Item(heading="result", text=result)]
    items += [Item(heading=name, text=text) for name in ("mover_en", "mover_ch") if (text := clean(text_of(row, name)))]
    counts = {f"{group}_{count}": row.get(f"{group}_{count}") for group in _GROUPS for count in _COUNTS}
    items += [Item(heading=name, text=str(value)) for name, value in counts.items() if isinstance(value, int)]
    address = f"{_ADDRESS}#{day.isoformat()}/{number}"
    return Document(
        document_id=address,
        url=address,
        source=source,
        form=Form.VOTE_RECORD,
        language="en" if motions[0] else "zh",
        headline=motions[0] or motions[1],
        paragraphs=tuple(m for m in motions[1:] if m and motions[0]),
        items=tuple(items),
        day=day,
    )


def _newest_until(last: date) -> str:
    return query(_PATH, filter=f"vote_date lt {from_day(last + timedelta(days=1))}", orderby="vote_date desc", top="20")
