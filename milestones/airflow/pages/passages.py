"""A kept document as a page shows it: its texts in order, and the words in question marked where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from milestones.domain.documents import Document
from milestones.reports.words import visible
from milestones.services.words import places

AROUND = 2
"""Passages before and after the words that are shown without asking for the rest."""

MOST, LONGEST = 400, 6_000
"""Passages of one document, and characters of one passage, that a page shows: longer ones are no longer read but scrolled through."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a document, in three parts; `words` is empty but for the one passage where the words in question stand.

    `heading` is that of an entry of an agenda, or the name of a field of a record.
    """

    heading: str
    before: str
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The passages around the words, and the whole; `found` tells whether the words stand in it, `cut` whether it goes on."""

    near: Sequence[Passage]
    whole: Sequence[Passage]
    found: bool
    cut: bool


def shown(document: Document, quote: str, locator: str) -> Shown:
    """The document with the quote marked at its locator (`p3:10-250`), or where it stands first."""
    texts = list(places(document))
    headings = [*[""] * (len(texts) - len(document.items)), *(visible(item.heading[:LONGEST]) for item in document.items)]
    wanted = normalize("NFC", quote)
    at = _place(texts, wanted, locator) if wanted else None
    passages = [
        _marked(heading, text, wanted, at[1]) if at and at[0] == n else Passage(heading, visible(text[:LONGEST]))
        for n, (heading, (_, text)) in enumerate(zip(headings, texts, strict=True))
    ]
    middle = at[0] if at else 0
    return Shown(near=passages[max(0, middle - AROUND) : middle + AROUND + 1], whole=passages[:MOST], found=at is not None, cut=len(passages) > MOST)


def _place(texts: Sequence[tuple[str, str]], quote: str, locator: str) -> tuple[int, int] | None:
    place, _, span = locator.partition(":")
    first = span.partition("-")[0]
    for n, (name, text) in enumerate(texts):
        if name == place and first.isdigit() and text.startswith(quote, int(first)):
            return n, int(first)
    return next(((n, found) for n, (_, text) in enumerate(texts) if (found := text.find(quote)) >= 0), None)


def _marked(heading: str, text: str, quote: str, first: int) -> Passage:
    last = first + len(quote)
    return Passage(heading, visible(text[max(0, first - LONGEST) : first]), visible(text[first:last]), visible(text[last : last + LONGEST]))
