"""Great Expectations' Data Docs as files that are safe to open: what was expected, what was found, with samples of the rows.

Great Expectations renders the pages; it escapes no value, and loads scripts and styles from six other hosts. So of each page its sections are
kept, cleaned of everything but text, tables and links inside the page, under a style of our own. What a scraped value carries of markup is lost.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import lxml.html
import nh3

from expectations.gate import parameters, run_suite
from milestones.domain.commitments import Registry
from milestones.domain.dates import HKT
from milestones.services.ports import Audit

FOLDER = "data-docs"
"""Below home."""

BATCHES = ("check", "publish")
"""What is asked together, by the DAG that asks, and the folders of its Data Docs."""

TAGS = {"div", "span", "p", "table", "thead", "tbody", "tr", "th", "td", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "code", "br", "i"}
FOREIGN = "//*[contains(concat(' ', @class, ' '), ' collapse ')] | //*[@data-toggle='collapse'] | //script | //style"
"""What a page says of tracebacks and versions behind buttons that need scripts."""

LONGEST = 2_000_000
"""Characters of markup that a page may have; nothing limits how long a scraped value is."""

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
table { border-collapse: collapse; margin: .5rem 0 1.5rem } th, td { border: 1px solid #aab2bd; padding: .3rem .6rem; text-align: left;
vertical-align: top; overflow-wrap: anywhere } h1 { font-size: 1.5rem } h5 { font-size: 1.15rem; margin: 1.5rem 0 0 } h6 { margin: 1rem 0 0 }
.badge { background: #e6e9ee; border-radius: .2rem; padding: 0 .3rem }
i { font-style: normal; white-space: nowrap } .fa-check-circle::before { content: "\\2713  holds" } .fa-times::before { content: "\\2717  fails" }
.fa-exclamation-triangle::before { content: "! not judged" }
@media (prefers-color-scheme: dark) { body { color: #e6e9ee; background: #15181c } a { color: #8ab8ff } .badge { background: #333a44 } }
"""


@contextmanager
def documented(registry: Registry, folder: Path, *, now: datetime) -> Iterator[Audit]:
    """The gate, which leaves Data Docs of all that it was asked in `folder`, in place of those of the last time. Nothing asked, nothing changed."""
    outcomes: list[Any] = []
    yield partial(run_suite, parameters=parameters(registry), keep=outcomes.append)
    if outcomes:
        write(outcomes, folder, now=now)


def write(outcomes: Sequence[Any], folder: Path, *, now: datetime) -> None:
    """A page for each validation result of Great Expectations, and `index.html`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = f"{now.astimezone(HKT):%Y-%m-%d %H:%M} HKT"
    lines = []
    for outcome in outcomes:
        name, counted = outcome.suite_name, outcome.statistics
        _put(folder / f"{name}.html", name, f'<p><a href="index.html">All suites</a>, {made}</p>' + sections(outcome))
        held = f"{counted['successful_expectations']} of {counted['evaluated_expectations']}"
        verdict = "holds" if outcome.success else "does not hold"
        lines.append(f'<tr><td><a href="{name}.html">{escape(name)}</a></td><td>{verdict}</td><td>{held}</td></tr>')
    head = "<thead><tr><th>Suite</th><th>Verdict</th><th>Expectations that hold</th></tr></thead>"
    _put(folder / "index.html", "Data Docs", f"<p>{made}</p><table>{head}<tbody>{''.join(lines)}</tbody></table>")


def sections(outcome: Any) -> str:
    """What Great Expectations says of a result, cleaned; what is cut off ends well-formed."""
    from great_expectations.render.renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView

    page = lxml.html.fromstring(DefaultJinjaPageView().render(ValidationResultsPageRenderer().render(outcome)))
    for foreign in page.xpath(FOREIGN):
        foreign.drop_tree()
    kept = "".join(lxml.html.tostring(s, encoding="unicode") for s in page.xpath("//div[contains(@class, 'ge-section')]"))
    return nh3.clean(kept[:LONGEST], tags=TAGS, clean_content_tags={"script", "style"}, attributes={"*": {"id", "class"}})


def _put(path: Path, title: str, body: str) -> None:
    """Writes a page at once: whoever reads meanwhile gets the old one or the new one."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{STYLE}</style>'
    part = path.with_suffix(".part")
    part.write_text(f'<!doctype html><html lang="en"><head>{head}</head><body><h1>{escape(title)}</h1>{body}</body></html>', encoding="utf-8")
    part.replace(path)
