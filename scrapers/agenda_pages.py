"""A Council agenda as rows: table rows with their cells, and every other line as a row of one cell, in the order of the page.

Word's exports of 2003 to 2014, the pages of 2020 and later, and PDF all come down to such rows, so that one reading fits them.
"""

import re
from dataclasses import dataclass

import pypdfium2
from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from milestones.domain.errors import WrongPage
from scrapers.pages import clean, decoded, is_whole, lines, parsed

_BLOCK = re.compile(r"address|blockquote|body|br|center|d[dlt]|div|h[1-6r]|li|ol|p|section|table|tbody|td|th|tr|ul")
_SILENT = frozenset({"head", "noscript", "script", "style", "template"})
_MOST_PAGES = 200
_STARTS = re.compile(
    r"^(?:\*?\d{1,3}\s*\.|[IVX]+[A-C]?\s*\.|\(\w{1,4}\)|Appendix|附錄|First Reading|Second Reading|首讀|二讀|三讀"
    r"|Subsidiary|附屬法例|Other Paper|其他文件)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row that hold text, each as its lines; `table` tells a table's row from a line standing alone."""

    cells: tuple[tuple[str, ...], ...]
    table: bool

    @property
    def text(self) -> str:
        """The whole row as one line."""
        return " ".join(" ".join(cell) for cell in self.cells)


def agenda_rows(body: bytes, headers: dict[str, str]) -> tuple[str, list[Row]]:
    """The page's title and its rows. WrongPage where it is no page, or cut."""
    if body.startswith(b"%PDF") or "application/pdf" in headers.get("content-type", "").lower():
        return "", _pdf_rows(body)
    text = decoded(body, headers)
    if not is_whole(text):
        raise WrongPage("the page does not end: it is cut")
    page = parsed(text)
    root = page.body
    if root is None:
        raise WrongPage("the page has no body")
    return clean(page.title.get_text()) if page.title else "", _html_rows(root)


def _html_rows(root: Tag) -> list[Row]:
    rows, current = [], list[str]()

    def end_line() -> None:
        if line := clean("".join(current)):
            rows.append(Row(((line,),), table=False))
        current.clear()

    stack: list[Tag | NavigableString | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            end_line()
        elif isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                current.append(str(node))
        elif node.name == "tr" and node.find("table") is None:
            end_line()
            rows += [row] if (row := _table_row(node)).cells else []
        elif node.name not in _SILENT:
            edge = [None] if _BLOCK.fullmatch(node.name) else []
            stack += [*edge, *reversed([c for c in node.children if isinstance(c, (Tag, NavigableString))]), *edge]
    end_line()
    return rows


def _table_row(row: Tag) -> Row:
    cells = [tuple(line for line in map(clean, lines(cell)) if line) for cell in row.find_all(["td", "th"])]
    return Row(tuple(cell for cell in cells if cell), table=True)


def _pdf_rows(body: bytes) -> list[Row]:
    """Lines of a PDF; those that begin nothing new continue the row before, for PDF breaks titles at the edge of the paper."""
    try:
        document = pypdfium2.PdfDocument(body)
        pages = [document[n].get_textpage().get_text_bounded() for n in range(min(len(document), _MOST_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise WrongPage(f"the PDF cannot be read: {error}") from error
    printed = [line for page in pages for line in map(clean, page.splitlines()) if line]
    if not printed:
        raise WrongPage("the PDF holds no text: it is a scan")
    rows: list[list[str]] = []
    for line in printed:
        if not rows or _STARTS.match(line) or not _STARTS.match(rows[-1][0]):
            rows.append([line])
        else:
            rows[-1].append(line)
    return [Row((tuple(row),), table=False) for row in rows]
