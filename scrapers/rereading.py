"""Archived answers read anew, by the parsers of today and as their sources read them when they came: with headers and time of retrieval."""

from collections.abc import Sequence
from datetime import date

from milestones.domain.dates import Interval
from milestones.domain.documents import Document
from milestones.domain.errors import WrongPage
from milestones.services.ports import Answer, Link, Listing, Source
from scrapers.registry import SOURCES, read_saved

_ALWAYS, _NEVER = Interval(date(1990, 1, 1), date(2100, 1, 1)), Interval(date(2100, 1, 1), date(2100, 1, 1))
_ASKED_FOR = (_ALWAYS, _NEVER, None)
"""What a list may have been asked for, which nobody wrote down: days, an answer that there are none in a window, whatever is newest."""


def read_again(document: Document, answer: Answer) -> Sequence[Document]:
    """What the answer that a document was read from holds today: the page's one, or all of its list. Raises WrongPage where not this one."""
    source = SOURCES.get(document.source)
    if source is None:  # handed in by a person
        return read_saved(answer.url, answer.body)
    if answer.url == document.url:
        return [source.read_page(Link(url=answer.url, feed="", day=document.day), answer)]
    return _of_list(source, document, answer)


def _of_list(source: Source, document: Document, answer: Answer) -> Sequence[Document]:
    feed = document.language if document.language in source.feeds else source.feeds[0]
    reasons = []
    for days in _ASKED_FOR:
        try:
            documents = source.read_listing(Listing(url=answer.url, feed=feed, days=days), answer).documents
        except WrongPage as error:
            reasons.append(str(error))
            continue
        if any(d.document_id == document.document_id for d in documents):
            return documents
        reasons.append(f"it does not hold {document.document_id}")
    raise WrongPage(reasons[0])
