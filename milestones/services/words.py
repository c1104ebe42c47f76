"""Finds words that a person gives in a document, whatever blanks and widths they were copied with.

What is quoted is always the document's own text, never what was typed.
"""

from collections.abc import Iterator
from unicodedata import normalize

from milestones.domain.documents import QUOTE_LIMIT, Document
from milestones.domain.errors import LedgerError


def quoted(document: Document, words: str) -> tuple[str, str]:
    """The words as they stand in the document, and their locator (`p3:10-250`). Raises LedgerError where they do not stand there."""
    wanted = "".join(c for c, _ in _folded(normalize("NFC", words))).strip()
    if not wanted:
        raise LedgerError("no words are given to look for; quote the page")
    for place, text in places(document):
        folded = list(_folded(text))
        at = "".join(c for c, _ in folded).find(wanted)
        if at < 0:
            continue
        first, last = folded[at][1], folded[at + len(wanted) - 1][1] + 1
        if last - first > QUOTE_LIMIT:
            raise LedgerError(f"the words are {last - first} characters; quote at most {QUOTE_LIMIT}")
        return text[first:last], f"{place}:{first}-{last}"
    raise LedgerError(f"the words do not stand in one paragraph of {document.url}; copy them from the page")


def places(document: Document) -> Iterator[tuple[str, str]]:
    """The places of a document with their texts as they are kept, in NFC."""
    yield "h", normalize("NFC", document.headline)
    yield from ((f"p{n}", normalize("NFC", text)) for n, text in enumerate(document.paragraphs))
    yield from ((f"i{n}", normalize("NFC", item.text)) for n, item in enumerate(document.items))


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """Characters in NFKC, runs of blanks as one, each with the index that it comes from."""
    blank = True
    for index, character in enumerate(text):
        for folded in normalize("NFKC", character):
            if folded.isspace() and blank:
                continue
            blank = folded.isspace()
            yield (" " if blank else folded), index
