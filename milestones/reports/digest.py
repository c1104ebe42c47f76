"""A digest as a mail: a text part, an HTML part in English, Chinese or both, a picture, and a calendar.

Every word comes from the vocabulary and from words/mail.toml. The HTML is laid out for mail clients: tables, CSS inlined, dark mode kept,
nothing loaded from elsewhere; the picture goes with the mail.
"""

from dataclasses import replace
from typing import Any

import css_inline
from markupsafe import Markup

from milestones.domain.dates import hk_day
from milestones.domain.events import Origin
from milestones.domain.notes import Note
from milestones.domain.vocabulary import Vocabulary
from milestones.reports.accuracy import accuracy
from milestones.reports.calendars import calendars
from milestones.reports.charts import FEWEST, Labels, chinese_font, course_of, course_png
from milestones.reports.edition import Edition, subject
from milestones.reports.templating import environment
from milestones.services.digest import Digest
from milestones.services.issued import message_id
from milestones.services.news import AHEAD_DAYS
from milestones.services.ports import Attachment, Message

SHOWN, SHOWN_IN_BOTH = 40, 8
"""Milestones told one by one, in a mail of one language and in each of two; mail clients clip HTML of more than about 100 kB."""

SHOWN_DOUBTS = 10
"""Disagreements told one by one; all stand in the read table."""

_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def render(digest: Digest, vocabulary: Vocabulary, *, note: Note) -> Message:
    """The digest as a mail, in the languages of its subscription; `note` is the checkpoint of the ledger for its foot."""
    languages = digest.subscription.language.each
    shown = SHOWN if len(languages) == 1 else SHOWN_IN_BOTH
    editions = [Edition(digest=digest, vocabulary=vocabulary, language=lang, shown=shown) for lang in languages]
    banner = f"{editions[0].t('facsimiles_subject')} " if digest.origin is Origin.REPLICA else ""
    title = banner + " / ".join(subject(e) for e in editions)
    pictures = _pictures(digest, editions)
    shared = {
        "d": digest,
        "v": vocabulary,
        "editions": editions,
        "subject": title,
        "replica": digest.origin is Origin.REPLICA,
        "made_on": hk_day(digest.generated_at),
        "doubts": digest.doubts[:SHOWN_DOUBTS],
        "more_doubts": max(0, len(digest.doubts) - SHOWN_DOUBTS),
        "ahead_days": AHEAD_DAYS,
        "accuracy": accuracy(),
        "course": course_of(digest.course, digest.period.last) if pictures else None,
        "chart_english": chinese_font() is None,
        "note": str(note).strip().splitlines(),
    }
    html, text = (_rendered(shared, editions, html=html) for html in (True, False))
    files = calendars(digest.calendar, vocabulary, language=languages[0], made_at=digest.generated_at)
    return Message(
        message_id=message_id(digest),
        subject=title,
        text=text,
        html=_INLINER.inline(html),
        list_id=digest.subscription.id,
        attachments=(*pictures, *files),
    )


def _rendered(shared: dict[str, Any], editions: list[Edition], *, html: bool) -> str:
    end = "html" if html else "txt"
    templates = environment(editions[0].language, html=html)
    part = templates.get_template(f"edition.{end}.jinja")
    parts = [Markup(part.render(shared, e=e)) for e in editions]  # noqa: S704  # made by a template that escapes
    return templates.get_template(f"digest.{end}.jinja").render(shared, parts=parts, e=editions[0])


def _pictures(digest: Digest, editions: list[Edition]) -> tuple[Attachment, ...]:
    if len(digest.course) < FEWEST:
        return ()
    return tuple(
        Attachment(
            name=f"course-{e.language}.png",
            content_type="image/png",
            content=course_png(digest.course, promised_on=digest.promised_on, on=digest.period.last, labels=_labels(e)),
            cid=f"course-{e.language}@milestone-monitor",
        )
        for e in editions
    )


def _labels(e: Edition) -> Labels:
    """The words of the picture; English ones where no font could draw Chinese."""
    readable = replace(e, language="en") if chinese_font() is None else e
    return Labels(due=readable.t("chart_due"), met=readable.t("chart_met"), targets=readable.t("chart_targets"))
