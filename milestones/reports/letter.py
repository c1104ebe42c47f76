"""A short mail: a lead, sections of a few items each, and a foot; one part for each language, as HTML and as text.

Alerts, corrections and the mails of the operators look alike and fit one screen. The HTML is laid out for mail clients: one column,
CSS inlined, dark mode kept, nothing loaded from elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import css_inline

from milestones.reports.templating import environment
from milestones.services.ports import Message

_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing told: what it is about, lines of facts, the words quoted and where they stand; `notes` are in small print."""

    title: str
    lines: tuple[str, ...] = ()
    quote: str = ""
    quote_language: str = "en"
    url: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items under a heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is told in one language (`en` or `zh`)."""

    language: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...]


def mail(letters: Sequence[Letter], *, subject: str, message_id: str, list_id: str = "", replica: bool) -> Message:
    """The mail of these letters, the first language first. The same letters give the same bytes."""
    shown = {"letters": letters, "subject": subject, "replica": replica, "language": letters[0].language}
    html = environment(letters[0].language, html=True).get_template("letter.html.jinja").render(shown)
    text = environment(letters[0].language, html=False).get_template("letter.txt.jinja").render(shown)
    return Message(message_id=message_id, subject=subject, text=text, html=_INLINER.inline(html), list_id=list_id)
