"""The source `legco-subsidiary`: LegCo's yearly table of subsidiary legislation, one document per instrument and language.

Only the table of the negative vetting procedure is read: its rows give the Gazette day with the legal notice number, the title, and the day of
tabling. The pages of 2023 and later were never seen, only that of 2022 and older ones; a table without the known columns is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from milestones.domain.dates import Interval, hk_day
from milestones.domain.documents import Document, Form, Item
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.shapes import html_shape
from scrapers.subsidiary_tables import Instrument, Table, read_table

_HOST = "www.legco.gov.hk"
_FOLDERS = {"en": "english", "zh": "chinese"}
_MOSTLY = 0.9
"""The share of rows that must be readable: people keep the table by hand and mistype a day now and then; a new layout spoils them all."""


@dataclass(frozen=True, slots=True)
class LegcoSubsidiary:
    """Implements the port `Source`. Its documents are whole in their listing; there are no pages to read."""

    name: str = "legco-subsidiary"
    feeds: tuple[str, ...] = ("en", "zh")
    hosts: frozenset[str] = field(default=frozenset({_HOST, "legco.gov.hk"}))
    habits: Habits = field(
        default=Habits(
            fresh_within=20,
            quiet_in_recess=True,
            empty_day="the table of its year, which names the year and has its columns",
            fields={"day": 1.0, "items": 1.0, "attachments": 0.5},
        )
    )

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:  # noqa: ARG002 - the port's signature
        """The table of each year wanted, newest first; early in a year that of the year before too, whose last rows are still being filled."""
        wanted = {year: [d for d in days if d.year == year] for year in {d.year for d in days}}
        if any(d.month <= 2 for d in days):
            wanted.setdefault(max(wanted) - 1, [])
        for year, of_year in sorted(wanted.items(), reverse=True):
            yield Listing(url=_address(year, feed), feed=feed, days=Interval(min(of_year), max(of_year)) if of_year else None)

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        table = read_table(answer.body, dict(answer.headers), answer.url)
        if f"sub_{table.year}." not in listing.url:
            raise WrongPage(f"the table is of {table.year}, not of the year asked for")
        return Listed(documents=tuple(self._documents(table, hk_day(answer.retrieved_at))), total=table.rows)

    def read_page(self, link: Link, answer: Answer) -> Document:  # noqa: ARG002 - the port's signature
        raise WrongPage("instruments are whole in their table; there is no page of one")

    def read_saved(self, url: str, body: bytes) -> Document:
        records = self.read_records(url, body)
        if len(records) != 1:
            raise WrongPage(f"the table holds {len(records)} instruments, not one")
        return records[0]

    def read_records(self, url: str, body: bytes) -> list[Document]:
        """Every instrument of a saved table."""
        table = read_table(body, {}, url)
        return self._documents(table, max((i.gazetted_on for i in table.instruments), default=date.min))

    def shape(self, answer: Answer) -> Shape:
        return html_shape(answer, "subsidiary")

    def _documents(self, table: Table, known_on: date) -> list[Document]:
        """What is dated after `known_on`, the day the table was read (of a saved one its newest Gazette day), is a plan."""
        if len(table.instruments) < table.rows * _MOSTLY:
            raise WrongPage(f"only {len(table.instruments)} of {table.rows} rows can be read: the table is laid out in a new way")
        return [_document(i, table, known_on, self.name) for i in table.instruments]


def _document(instrument: Instrument, table: Table, known_on: date, source: str) -> Document:
    place = f"#ln-{instrument.number}-{instrument.year}"
    steps = {"gazetted": instrument.gazetted_on, "tabled": instrument.tabled_on}
    items = [Item(heading=step if day <= known_on else f"to_be_{step}", text=day.isoformat()) for step, day in steps.items() if day]
    items.append(Item(heading="legal_notice", text=f"L.N. {instrument.number} of {instrument.year}"))
    if instrument.amend_by:
        items.append(Item(heading="amend_by", text=instrument.amend_by.isoformat()))
    if instrument.tabling_printed:
        items.append(Item(heading="tabled_as_printed", text=instrument.tabling_printed))
    return Document(
        document_id=_address(table.year, table.language) + place,
        url=_address(table.year, table.language) + place,
        source=source,
        form=Form.INSTRUMENT_RECORD,
        language=table.language,
        headline=instrument.title,
        paragraphs=(),
        items=tuple(items),
        day=instrument.gazetted_on,
        twin_url=_address(table.year, "zh" if table.language == "en" else "en") + place,
        attachments=instrument.links,
    )


def _address(year: int, language: str) -> str:
    return f"https://{_HOST}/yr{year}/{_FOLDERS[language]}/subleg/sub_{year}.htm"
