"""Reads pages again, on a thinning schedule after their publication, and notices whose text was changed.

New bytes with the same text are no change; a changed text is kept as a new version, which detection then reads as any other.
"""

from functools import partial

from milestones.services.asking import Desk, Got, IngestSummary, get, give_up_if_gone, opened
from milestones.services.ports import Link, Source

MOST = 40
"""Pages read again in one pass: three times what a busy day makes due between two passes, so that a backlog shrinks and nothing waits for it."""


def reread(source: Source, desk: Desk, summary: IngestSummary) -> None:
    """Reads the pages of the source that are due, longest due first."""
    for link in desk.revisits.due(source.name, now=desk.clock(), limit=MOST):
        _reread(source, link, desk, summary)


def _reread(source: Source, link: Link, desk: Desk, summary: IngestSummary) -> None:
    got = get(source, link.url, desk, summary, conditional=True)
    if not isinstance(got, Got):
        if got is not None:
            give_up_if_gone(source, link.url, got, desk, summary)
        return
    summary.reread += 1
    if not got.fresh:
        return
    before = desk.captures.newest(link.url)
    document = opened(source, link.url, "page", got, partial(source.read_page, link), desk, summary)
    if document is not None:
        desk.captures.add_document(document, capture=got.capture, seen_at=desk.clock())
        summary.changed += before is not None and before.document.text_digest != document.text_digest
