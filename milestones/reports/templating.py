"""How templates of mails and printed pages are filled: every printed value is made plain first, and escaped in HTML."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from milestones.reports import words
from milestones.reports.wording import say


def environment(language: str, *, html: bool) -> Environment:
    """What the templates may use; `t` is a text in the language, `say` one in any."""
    made = Environment(
        loader=PackageLoader("milestones.reports"),
        autoescape=html,  # noqa: S701  # off for the text part alone, where nothing reads markup
        undefined=StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(official=words.official)
    made.globals.update(language=language, say=say, t=lambda name, **values: say(name, language, **values))
    return made


def _final(value: Any) -> Any:
    return words.plain(value) if type(value) is str else value
