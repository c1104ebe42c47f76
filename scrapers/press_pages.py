"""One press release: headline, paragraphs, issuer, minute of issue, twin in the other language, photographs and other files.

Two layouts are read: `span#pressrelease` under a headline of its own (2017 and later) and `div#pressrelease` that holds headline, a row
of stars and the text (2012, Big5). The body ends at the foot that names day and minute; a page without it is cut.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from milestones.domain.documents import Document, Form
from milestones.domain.errors import WrongPage
from scrapers.addresses import resolved
from scrapers.pages import clean, decoded, is_whole
from scrapers.press_addresses import release_address
from scrapers.press_text import foot_of, printed_lines, require_all
from scrapers.trees import Element, by_id, hrefs, tree, tree_text

SOURCE = "press-releases"
_MEDIA = frozenset({"gia.info.gov.hk", "www.info.gov.hk"})
_STARS = re.compile(r"[*＊]{5,}")
_ON_BEHALF = re.compile(r"^(?:The following (?:statement |press release )?is issued on behalf of .{2,200}|下稿代.{2,100}[發发]出)\s*[:：]?$")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|txt)$", re.IGNORECASE)
_PHOTO = re.compile(r"\.(?:jpe?g|png|gif)$", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"P\d{12,13}")
_MOST_FILES = 50
_LANGUAGE = ".//img[starts-with(@id, 'hdr')]"
_OWN_AND_TWIN = 2


@dataclass(frozen=True, slots=True)
class _HeadLink:
    """A link to a release above the text: to the other language, or to the machine's simplified Chinese of a page."""

    address: str
    simplified: bool


def read_release(body: bytes, headers: dict[str, str], url: str | None) -> Document:
    """A release as a document; `url` is worked out from the page where it is not known. WrongPage says what is missing."""
    source = decoded(body, headers)
    page = tree(source)
    root = by_id(page, "pressrelease")
    if root is None:
        raise WrongPage("no element #pressrelease: this is no press release page")
    printed = printed_lines(root)
    foot = foot_of(printed)
    require_all(page, root, printed)
    if not is_whole(source):
        raise WrongPage("the page does not end: files beside the text may be missing")
    headline, text = _headline(page, printed[: foot.begins])
    issuer = text[0] if text and _ON_BEHALF.match(text[0]) else None
    paragraphs = tuple(text[1:] if issuer else text)
    if not headline or not (paragraphs or issuer):
        raise WrongPage("no headline or no text: the page is empty")
    links = _head_links(page, root)
    address = (url and release_address(url)) or _own_address(page, links, foot.published_at) or url
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
        twin_url=_twin(links, address),
        attachments=_files(page, address, _FILE),
        photos=_files(page, address, _PHOTO),
    )


def _headline(page: Element, text: list[str]) -> tuple[str, list[str]]:
    """The headline, and the text without it."""
    for name in ("PRHeadlineSpan", "PRHeadline"):
        element = by_id(page, name)
        if element is not None:
            return clean(tree_text(element)), text
    for at, line in enumerate(text[:5]):
        if _STARS.fullmatch(line):
            return " ".join(text[:at]), text[at + 1 :]
    return clean(page.findtext(".//title") or ""), text


def _own_address(page: Element, links: list[_HeadLink], published_at: datetime) -> str | None:
    """The address of a saved page, by its links to other forms of itself.

    Its folder is the day of issue, and its number stands in the link to the print version. The simplified Chinese form is that of the
    Chinese page, so it is a page's own unless the Chinese page is its twin.
    """
    for href in hrefs(page.iter("a")):
        found = _OWN_NUMBER.match(href)
        if found:
            return f"https://www.info.gov.hk/gia/general/{published_at:%Y%m/%d}/{found[0]}.htm"
    twin = _twin([link for link in links if not link.simplified], "")
    return next((link.address for link in links if link.simplified and link.address != twin), None)


def _twin(links: list[_HeadLink], own: str) -> str | None:
    """The release in the other language; never guessed from the number. The simplified form of a page is as good as the Chinese page."""
    in_order = sorted(links, key=lambda link: link.simplified)
    return next((link.address for link in in_order if link.address != own), None)


def _head_links(page: Element, root: Element) -> list[_HeadLink]:
    """The links of the head's pictures for other languages. Where these have lost their marks: the only release linked before the text.

    Of 228 real pages none links another release there than its twin.
    """
    anchors = [(a, href) for a in takewhile(lambda e: e is not root, page.iter("a", root.tag)) for href in hrefs([a])]
    found = [(a, release_address(href), "TuniS" in href or "/gb/" in href) for a, href in anchors]
    marked = [_HeadLink(address, simplified) for a, address, simplified in found if address and a.xpath(_LANGUAGE)]
    others = [_HeadLink(address, simplified) for _, address, simplified in found if address]
    return marked or (others if len({link.address for link in others}) <= _OWN_AND_TWIN else [])


def _files(page: Element, own: str, kind: re.Pattern[str]) -> tuple[str, ...]:
    """Files of a kind that the page links on the publisher's own hosts, wherever they stand."""
    named = [href for href in hrefs(page.iter("a")) if kind.search(href.partition("#")[0].strip())]  # to resolve an address takes its time
    found = [address for href in named if (address := resolved(own, href, _MEDIA)) and kind.search(address)]
    return tuple(dict.fromkeys(found))[:_MOST_FILES]
