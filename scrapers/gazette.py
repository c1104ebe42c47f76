"""The source `gazette`: bills (Legal Supplement No. 3) and subsidiary legislation (No. 2) as the e-Gazette lists them, English and Chinese.

A witness: bills stand in BillsDB, instruments in LegCo's yearly table. Ordinary issues come out on Fridays, or another day of a week with a
holiday, and are numbered from 1 each year. Extraordinary issues are not read: only a list behind a session names them.
https://www.gld.gov.hk/egazette/english/help/help.html
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from milestones.domain.dates import HKT, Interval, hk_day
from milestones.domain.documents import Document, Form, Item
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.gazette_pages import HOST, Notice, Supplement, read_supplement, supplement_of
from scrapers.shapes import html_shape

_BILLS, _SUBSIDIARY = 3, 2
_STEPS = {_BILLS: "bill_gazetted", _SUBSIDIARY: "gazetted"}
_FRIDAY = 4
_OUT_BY = time(12, tzinfo=HKT)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gazette:
    """Implements the port `Source`. Its documents are whole in their listing; the files (PDF) are linked, not read."""

    name: str = "gazette"
    feeds: tuple[str, ...] = ("en", "zh")
    hosts: frozenset[str] = field(default=frozenset({HOST}))
    habits: Habits = field(default=Habits(fresh_within=8, empty_day="the lists of the issue of its week, dated, with their tables"))

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:
        """The issue of each week once it is out, its bills first; in a pass over today the newest one, whatever is open. It tells of the week."""
        newest = _newest(now)
        fridays = {_friday(d) for d in days} | ({newest} if hk_day(now) in days else set())
        for friday in sorted((f for f in fridays if f <= newest), reverse=True):
            asked = Supplement(feed, friday.year, _number(friday), _BILLS)
            yield Listing(url=asked.address, feed=feed, days=Interval(friday - _WEEK + _DAY, friday))

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        """An issue numbered otherwise than by weeks is looked for once, as many numbers further as its day lies weeks away."""
        supplement = supplement_of(answer.url)
        if supplement != supplement_of(listing.url):
            raise WrongPage(f"the site led to another list: {answer.url[:150]}")
        day, notices = read_supplement(answer.body, dict(answer.headers), supplement)
        friday = _friday(listing.days.last if listing.days else day)
        if _friday(day) != friday:
            further = replace(supplement, number=supplement.number + (friday - _friday(day)) // _WEEK)
            if supplement.number != _number(friday) or further.number < 1:
                raise WrongPage(f"issue {supplement.number} of {supplement.year} is dated {day}, not in the week before {friday}")
            return Listed(following=replace(listing, url=further.address))
        following = replace(listing, url=replace(supplement, kind=_SUBSIDIARY).address) if supplement.kind == _BILLS else None
        return Listed(documents=tuple(_document(n, supplement, day, self.name) for n in notices), following=following)

    def read_page(self, link: Link, answer: Answer) -> Document:  # noqa: ARG002 - the port's signature
        raise WrongPage("notices are whole in their list; their files are not read")

    def read_saved(self, url: str, body: bytes) -> Document:
        records = self.read_records(url, body)
        if len(records) != 1:
            raise WrongPage(f"the list holds {len(records)} notices, not one")
        return records[0]

    def read_records(self, url: str, body: bytes) -> list[Document]:
        """Every notice of a saved list."""
        supplement = supplement_of(url)
        day, notices = read_supplement(body, {}, supplement)
        if not notices or supplement.kind not in _STEPS:
            raise WrongPage("the list holds no bill and no subsidiary legislation")
        return [_document(n, supplement, day, self.name) for n in notices]

    def shape(self, answer: Answer) -> Shape:
        return html_shape(answer, "supplement")


def _friday(day: date) -> date:
    """The Friday of the week, Saturday to Friday, of a day."""
    return day + timedelta(days=(_FRIDAY - day.weekday()) % 7)


def _newest(now: datetime) -> date:
    """The newest Friday whose issue is out."""
    friday = _friday(hk_day(now))
    return friday if datetime.combine(friday, _OUT_BY) <= now else friday - _WEEK


def _number(friday: date) -> int:
    """Which Friday of its year it is."""
    return (friday.timetuple().tm_yday + 6) // 7


def _document(notice: Notice, supplement: Supplement, day: date, source: str) -> Document:
    items = [Item(heading=_STEPS[supplement.kind], text=day.isoformat())]
    if supplement.kind == _SUBSIDIARY and notice.printed.isascii() and notice.printed.isdigit():
        items.append(Item(heading="legal_notice", text=f"L.N. {notice.printed} of {supplement.year}"))
    place = f"#s{supplement.kind}-{notice.item}"
    twin = replace(supplement, language="zh" if supplement.language == "en" else "en")
    return Document(
        document_id=supplement.address + place,
        url=supplement.address + place,
        source=source,
        form=Form.INSTRUMENT_RECORD,
        language=supplement.language,
        headline=notice.subject,
        paragraphs=(),
        items=tuple(items),
        day=day,
        twin_url=twin.address + place,
        attachments=(notice.file,),
    )
