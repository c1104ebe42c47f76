"""From bytes to text: which encoding a page is in, its parsed tree, its lines as a reader sees them. Hostile pages are refused, not repaired.

Text stays as printed; only what nobody can see goes: control and direction characters, zero-width marks, blanks of the source code.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString

from milestones.domain.errors import WrongPage

_LONGEST_PAGE = 5_000_000
_MOST_TAGS = 100_000
DEEPEST = 200
"""Of 232 real pages the longest has 4,401 tags, the deepest 10 inside one another."""

_CODECS = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
}
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"})
"""Servers name these where nobody chose an encoding, so they count only after strict UTF-8 has failed."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BROKEN = re.compile(
    r"\ufffd|\u00e2\u20ac|" + "".join(f"{first}[\u0080-\u00bf]{{2}}|" for first in "\u00e3\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9") + r"\?\?{5,}"
)
"""U+FFFD; a quotation mark or a Chinese character whose UTF-8 was read as Latin; characters that became question marks.

Each begins with one letter and no class, so that `re` leaps to where one may begin: twelve times as fast.
"""

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_BLANKS = "\t\r\n\x0b\x0c\xa0"
_WIDE_BREAK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*+[\r\n][ \t\r\n]*+(?=[\u2e80-\u9fff\uff00-\uffef])")
_BREAKING = re.compile(r"address|article|blockquote|br|caption|center|d[dlt]|div|fieldset|form|h[1-6r]|li|ol|p|pre|section|table|tr|ul")
_CELL = re.compile(r"t[dh]")
SILENT = frozenset({"head", "noscript", "script", "style", "template", "title"})
"""Elements that a browser shows nothing of."""

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)(?:[^<>]*+(?<=(/))>)?")
_CROWDED = re.compile(r"""<[a-zA-Z][\w:-]*+(?:[\s/]*+[^\s=<>"'/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]*+))?+){500}""")
"""A tag of 500 attributes; the parser takes time by their square, 6 seconds for 50,000."""

_NEVER_NESTED = re.compile(
    r"area|base|br|col|colgroup|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|tbody|td|tfoot|th|thead|tr|track|wbr"
)


def decoded(body: bytes, headers: Mapping[str, str]) -> str:
    """The text of a page by its header, its meta element, strict UTF-8, or Big5 as Hong Kong writes it. WrongPage where none fits."""
    if len(body) > _LONGEST_PAGE:
        raise WrongPage(f"the page has {len(body)} bytes, more than any real one")
    named = [m[1].lower() for m in (_CHARSET.search(headers.get("content-type", "")), _CHARSET.search(body[:4096].decode("latin-1"))) if m]
    latin = ["cp1252"] if _LATIN & set(named) else []
    for codec in dict.fromkeys([*(_CODECS[n] for n in named if n in _CODECS), "utf-8-sig", *latin, "big5hkscs"]):
        try:
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue
        require_unbroken(text)
        return text
    raise WrongPage("the page is in none of the encodings that it names, nor in UTF-8 or Big5")


def require_few_attributes(text: str) -> None:
    """WrongPage where a tag, of HTML or XML, has more attributes than any real one."""
    if _CROWDED.search(text):
        raise WrongPage("the page has a tag of hundreds of attributes")


def require_unbroken(text: str) -> None:
    """WrongPage where a text was broken by a wrong encoding before it reached us, which no decoding here can mend."""
    if found := _BROKEN.search(text):
        raise WrongPage(f"the page holds {found[0]!a}: it was broken by a wrong encoding before it reached us")


def parsed(text: str) -> BeautifulSoup:
    """The tree of a page. WrongPage where it has more tags, or deeper ones, than any real page."""
    require_modest(text)
    _require_shallow(text)
    with warnings.catch_warnings():
        # Agendas made from Word files are XHTML with an XML declaration; read as HTML like all others.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text.replace("\x00", ""), "lxml")


def require_modest(text: str) -> None:
    """WrongPage where a page has more tags, or more attributes to a tag, than any real page."""
    if text.count("<") > _MOST_TAGS:
        raise WrongPage(f"the page has more than {_MOST_TAGS} tags")
    require_few_attributes(text)


def _require_shallow(text: str) -> None:
    """WrongPage where tags nest deeper than in any real page; told from the text, before BeautifulSoup builds anything."""
    depth = 0
    for closing, name, empty in _TAG.findall(text):
        if empty or _NEVER_NESTED.fullmatch(name.lower()):
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        if depth > DEEPEST:
            raise WrongPage(f"the page nests more than {DEEPEST} tags")


def is_whole(text: str) -> bool:
    """Whether a page ends as pages do; tells a cut list from a short one."""
    return "</html" in text[-2000:].lower()


def clean(text: str) -> str:
    """One line of text as a reader sees it: invisible characters gone, blanks single, no indentation."""
    line = _INVISIBLE.sub("", text).strip(f" {_BLANKS}\u3000")
    if "\n" in line or "\r" in line:
        line = _WIDE_BREAK.sub("", line)
    for blank in _BLANKS:  # three times as fast as a pattern, and this is called for every line
        line = line.replace(blank, " ")
    while "  " in line:
        line = line.replace("  ", " ")
    return line


def lines(root: Tag) -> list[str]:
    """The lines below an element, split where a browser breaks them; still with indentation, so pass each through `clean`."""
    found, current = [], list[str]()
    for piece in _pieces(root):
        if piece is None:
            found.append("".join(current))
            current = []
        else:
            current.append(piece)
    return [*found, "".join(current)]


@lru_cache(maxsize=256)
def edge_of(name: str) -> tuple[str | None, ...]:
    """What stands before and after an element of this name: a line break, told as None, the blank between two cells, or nothing."""
    return (None,) if _BREAKING.fullmatch(name) else (" ",) if _CELL.fullmatch(name) else ()


def _pieces(root: Tag) -> Iterator[str | None]:
    """Texts in order, None at each line break. Walks without recursion, so that depth costs nothing."""
    stack: list[Tag | NavigableString | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            yield None
        elif isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                yield str(node)
        elif node.name not in SILENT:
            edge = [NavigableString(piece) if piece else None for piece in edge_of(node.name)]
            stack += [*edge, *reversed([c for c in node.children if isinstance(c, (Tag, NavigableString))]), *edge]


def narrow(text: str) -> str:
    """Full-width digits and punctuation made narrow; for footers and dates only, never for what is kept."""
    return unicodedata.normalize("NFKC", text)
