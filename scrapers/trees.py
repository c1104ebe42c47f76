"""The tree of a page by lxml alone, for what is read by the thousand: press releases, and how any page is built.

BeautifulSoup makes an object of every tag and text, and takes several times as long (docs/benchmarks.md). Its tree comes from the same parser
under the same caps, and breaks into the same lines: see `pages`, which the other readers use.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.etree import HTMLParser, LxmlError, XPath, fromstring, iterwalk

from milestones.domain.errors import WrongPage
from scrapers.pages import DEEPEST, SILENT, edge_of, require_modest

Element = Any
"""An element of lxml, which comes without types."""

_TOO_DEEP = XPath("boolean(" + "/*" * (DEEPEST + 1) + ")")
"""The parser itself goes no deeper than a little more, so that this takes no time; to count in the text takes a fifth of that of a page."""

_END = re.compile(r"</html\s*+>", re.IGNORECASE)
"""What follows a stray one would stand in a tree of its own, where nobody looks."""


def tree(text: str) -> Element:
    """The root of a page. WrongPage where there is no element, or more or deeper ones than in any real page."""
    require_modest(text)
    try:
        root = fromstring(_END.sub("", text.replace("\x00", "")).encode(), HTMLParser(encoding="utf-8"))
    except LxmlError as error:
        raise WrongPage(f"no element: this is no page ({error})") from None
    if root is None:
        raise WrongPage("no element: this is no page")
    if _TOO_DEEP(root):
        raise WrongPage(f"the page nests more than {DEEPEST} tags")
    return root


def by_id(root: Element, name: str) -> Element | None:
    """The first element with this id."""
    return next(iter(root.xpath("//*[@id=$name]", name=name)), None)


def hrefs(elements: Iterable[Element]) -> list[str]:
    """Where those of the elements that are links lead."""
    return [str(href) for element in elements if element.tag == "a" and (href := element.get("href")) is not None]


def tree_text(root: Element) -> str:
    """The text below an element, without breaks."""
    return "".join(piece for piece in _pieces(root) if piece is not None)


def tree_lines(root: Element) -> list[str]:
    """The lines below an element, split where a browser breaks them; still with indentation, so pass each through `clean`."""
    found, current = [], list[str]()
    for piece in _pieces(root):
        if piece is None:
            found.append("".join(current))
            current = []
        else:
            current.append(piece)
    return [*found, "".join(current)]


def _pieces(root: Element) -> Iterator[str | None]:
    """Texts in order, None at each line break. Comments and the like are not shown, but what follows them is."""
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            if node.tag in SILENT:
                walk.skip_subtree()
                continue
            yield from edge_of(node.tag)
            if node.text:
                yield node.text
            continue
        if event == "end" and node.tag not in SILENT:
            yield from edge_of(node.tag)
        if node.tail and node is not root:
            yield node.tail
