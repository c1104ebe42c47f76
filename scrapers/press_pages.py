"""One press release: headline, paragraphs, issuer, minute of issue, twin in the other language.

Two layouts are read: `span#pressrelease` under a headline of its own (2017 and later) and `div#pressrelease` that holds headline, a row
of stars and the text (2012, Big5). The body ends at the foot that names day and minute; a page without it is cut.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from milestones.domain.dates import HKT
from milestones.domain.documents import Document, Form
from milestones.domain.errors import WrongPage
from scrapers.addresses import resolved
from scrapers.pages import clean, decoded, lines, narrow, parsed
from scrapers.press_addresses import release_address

SOURCE = "press-releases"
_MEDIA = frozenset({"gia.info.gov.hk", "www.info.gov.hk"})
_FOOT_EN = re.compile(r"^Ends\s*/\s*\w+,\s*(\w+)\s+(\d{1,2}),\s*(\d{4})")
_ISSUED_EN = re.compile(r"Issued at HKT\s*(\d{1,2}):(\d{2})")
_DAY_ZH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ISSUED_ZH = re.compile(r"香港[時时][間间]\s*(\d{1,2})[時时](\d{1,2})分")
_FOOT_LINES = 12
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_STARS = re.compile(r"[*＊]{5,}")
_BREAKS = re.compile(
    r"(?P<stars>[*＊]{5,})"  # the row under the headline of 2012, on the same line of the source
    r"|(?<=[。！？」』）\s])完\s*+(?=[0-9０-９]{4}年[^。]{0,20}香港)"  # the foot of 2012
    r"|(?<=[。！？：；」』）.!?:;\"”)])(?:\u3000{2,}+|\xa0[ \xa0]{3,}+)(?=\S)"  # an indentation after a sentence
)
_ON_BEHALF = re.compile(r"^(?:The following (?:statement |press release )?is issued on behalf of .{2,200}|下稿代.{2,100}[發发]出)\s*[:：]?$")
_ATTACHED = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|txt)$", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"P\d{12,13}")


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where the body ends, in which language the foot is, and the minute that it names."""

    begins: int
    language: str
    published_at: datetime


def read_release(body: bytes, headers: dict[str, str], url: str | None) -> Document:
    """A release as a document; `url` is worked out from the page where it is not known. WrongPage says what is missing."""
    page = parsed(decoded(body, headers))
    root = page.find(id="pressrelease")
    if not isinstance(root, Tag):
        raise WrongPage("no element #pressrelease: this is no press release page")
    printed = [part for line in lines(root) for part in _split(line)]
    text = [line for line in map(clean, printed) if line]
    foot = _foot(text)
    headline, text = _headline(page, text[: foot.begins])
    issuer = text[0] if text and _ON_BEHALF.match(text[0]) else None
    paragraphs = tuple(text[1:] if issuer else text)
    if not headline or not (paragraphs or issuer):
        raise WrongPage("no headline or no text: the page is empty")
    address = (url and release_address(url)) or _own_address(page, foot.published_at) or url
    if not address:
        raise WrongPage("the page does not tell its own address: name it")
    return Document(
        document_id=address,
        url=address,
        source=SOURCE,
        form=Form.PRESS_RELEASE,
        language=foot.language,
        headline=headline,
        paragraphs=paragraphs,
        published_at=foot.published_at,
        day=foot.published_at.date(),
        on_behalf_of=issuer,
        twin_url=_twin(page, address),
        attachments=_attachments(page, address),
    )


def _split(line: str) -> list[str]:
    """A browser's line as printed lines: what old pages separate by stars, a foot or an indentation, without any tag."""
    parts, at = [], 0
    for found in _BREAKS.finditer(line):
        parts += [line[at : found.start()], found[0]]
        at = found.end()
    return [*parts, line[at:]]


def _foot(text: list[str]) -> _Foot:
    """The last place where a foot begins: its first word also occurs in sentences."""
    for at in range(len(text) - 1, max(len(text) - _FOOT_LINES, 0) - 1, -1):
        tail = narrow(" ".join(text[at : at + _FOOT_LINES]))
        if (day := _FOOT_EN.match(tail)) and (minute := _ISSUED_EN.search(tail)) and day[1] in _MONTHS:
            return _Foot(at, "en", _instant(int(day[3]), _MONTHS.index(day[1]) + 1, int(day[2]), minute))
        if narrow(text[at]) == "完" and (day := _DAY_ZH.search(tail)) and (minute := _ISSUED_ZH.search(tail)):
            return _Foot(at, "zh", _instant(int(day[1]), int(day[2]), int(day[3]), minute))
    raise WrongPage("no foot with day and minute of issue: the page is cut")


def _instant(year: int, month: int, day: int, minute: re.Match[str]) -> datetime:
    try:
        return datetime(year, month, day, int(minute[1]) % 24, int(minute[2]), tzinfo=HKT)
    except ValueError as error:
        raise WrongPage(f"the foot names an impossible instant: {error}") from None


def _headline(page: BeautifulSoup, text: list[str]) -> tuple[str, list[str]]:
    """The headline, and the text without it."""
    element = page.find(id="PRHeadlineSpan") or page.find(id="PRHeadline")
    if isinstance(element, Tag):
        return clean(element.get_text()), text
    for at, line in enumerate(text[:5]):
        if _STARS.fullmatch(line):
            return " ".join(text[:at]), text[at + 1 :]
    title = page.title.get_text() if page.title else ""
    return clean(title), text


def _own_address(page: BeautifulSoup, published_at: datetime) -> str | None:
    """The address of a saved page, by its links to other forms of itself.

    Its folder is the day of issue, and its number stands in the link to the print version. The simplified Chinese form is that of the
    Chinese page, so it is a page's own unless the Chinese page is its twin.
    """
    for link in page.find_all("a", href=True):
        found = _OWN_NUMBER.match(str(link["href"]))
        if found:
            return f"https://www.info.gov.hk/gia/general/{published_at:%Y%m/%d}/{found[0]}.htm"
    simplified = [address for href in _language_links(page) if _is_mirror(href) and (address := release_address(href))]
    return next((address for address in simplified if address != _twin(page, "")), None)


def _twin(page: BeautifulSoup, own: str) -> str | None:
    """The release in the other language, by the language link in the page's head; never guessed from the number."""
    base = own if own.startswith("https://") else "https://www.info.gov.hk/"
    twins = [release_address(href, base) for href in _language_links(page) if not _is_mirror(href)]
    return next((twin for twin in twins if twin and twin != own), None)


def _language_links(page: BeautifulSoup) -> list[str]:
    links = [image.find_parent("a") for image in page.select("a[href] img[id^=hdr]")]
    return [str(link["href"]) for link in links if link]


def _is_mirror(href: str) -> bool:
    return "TuniS" in href or "/gb/" in href


def _attachments(page: BeautifulSoup, own: str) -> tuple[str, ...]:
    """Files beside the text, without photographs."""
    hrefs = [str(a["href"]) for a in page.select("#rightContent a[href]")]
    found = [address for href in hrefs if (address := resolved(own, href, _MEDIA)) and _ATTACHED.search(address)]
    return tuple(dict.fromkeys(found))[:50]
