"""Texts made comparable, and cut into sentences, without losing where each character stood.

Folding (width, case, quotes, character variants, zero-width characters) happens for matching only; whatever is quoted is cut
from the text as printed. `Folded.at` leads from a folded position back to the printed one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_VARIANTS = dict(zip("牀衞羣啓裏説綫爲臺温粤内别户産増", "床衛群啟裡說線為台溫粵內別戶產增", strict=True))
"""Characters that publishers use side by side. The patterns of this package are written with the latter of each pair."""

_QUOTES = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‒": "-", "−": "-", "〇": "○", "﹕": ":", "‧": "·", "・": "·"}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ZH_MARKS = '「」『』"'


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (
        *range(0xA0, 0x180),
        *range(0x2000, 0x2070),
        *range(0x2F00, 0x2FE0),
        *range(0x3000, 0x3040),
        *range(0xF900, 0xFB00),
        *range(0xFE30, 0xFFEF),
    ):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    table.update({ord(k): v for k, v in (*_QUOTES.items(), *_VARIANTS.items())})
    table.update({c: chr(c).lower() for c in range(ord("A"), ord("Z") + 1)})
    table.update(dict.fromkeys(map(ord, "\t\n\r\x0b\x0c"), " "))
    return table


_FOLD = _table()
_DROP_EN = re.compile(rf"[{_INVISIBLE}]|(?<= ) +")
_DROP_ZH = re.compile(rf"[{_INVISIBLE}{_ZH_MARKS}]| (?![!-~])|(?<![!-~]) ")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text for matching. `kept` are the runs of printed characters that stand in it: where each begins in `text`, and where in print."""

    text: str
    kept: tuple[tuple[int, int], ...] = ((0, 0),)

    def at(self, position: int) -> int:
        """Where the folded character at `position` stands in the printed text; the end of it where `position` is the end."""
        begins, printed = self.kept[bisect_right(self.kept, (position, 1 << 62)) - 1]
        return printed + position - begins


def fold(text: str, language: str) -> Folded:
    """The text in half width, lower case and with one quotation mark; in Chinese also without 「」 and without spaces beside characters."""
    # Three sentences in four of an English release hold nothing to translate, and translating was a sixth of all the time.
    plain = text.lower() if text.isascii() and text.isprintable() else text.translate(_FOLD)
    drop = _DROP_ZH if language == "zh" else _DROP_EN
    if language != "zh" and "  " not in plain and plain.isascii():
        return Folded(plain)
    parts: list[str] = []
    kept = [(0, 0)]
    length = position = 0
    for m in drop.finditer(plain):
        start, end = m.span()
        parts.append(plain[position:start])
        length += start - position
        kept.append((length, end))
        position = end
    return Folded("".join((*parts, plain[position:])), tuple(kept))


_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Hon|No|Nos|Cap|St|Co|Ltd|Inc|vs|etc|e\.g|i\.e|a\.m|p\.m|L\.N|G\.N|Sr|Jr|Rd|Ave|approx)|\b[A-Z])\.$"
)
_END_EN = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_END_ZH = re.compile(r"[。！？!?][」』”’)）]*")


_LONGEST = 1_500
"""Characters of a sentence that are read together; a longer one is read in pieces, so that no text costs more than its length."""

_MOST = 5_000
"""Sentences of a document that are read; the longest Policy Address has about 1,500."""


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Where the sentences of a printed text begin and end, in order, without the blanks between them."""
    ends = _END_ZH if language == "zh" else _END_EN
    spans, start = [], 0
    for match in ends.finditer(text):
        if language != "zh" and text[match.start()] == "." and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start() + 1):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    pieces = [(a, min(a + _LONGEST, end)) for begin, end in spans for a in range(begin, end, _LONGEST)]
    return [s for s in (_trimmed(text, *piece) for piece in pieces) if s[0] < s[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: `place` is `h` or `p3`; `start` and `end` count characters of the printed text of that place."""

    place: str
    start: int
    end: int
    printed: str
    folded: Folded

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @property
    def is_headline(self) -> bool:
        """Whether this is the headline."""
        return self.place == "h"


def sentences(places: Iterable[tuple[str, str]], language: str) -> list[Sentence]:
    """The sentences of (place, printed text) pairs, in order."""
    found = []
    for place, text in places:
        spans = [_trimmed(text, 0, min(len(text), _LONGEST))] if place == "h" else sentence_spans(text, language)
        for start, end in spans:
            if start < end:
                found.append(Sentence(place, start, end, text[start:end], fold(text[start:end], language)))
                if len(found) == _MOST:
                    return found
    return found


def quotation(sentence: Sentence, spans: Iterable[tuple[int, int]], limit: int) -> tuple[str, str]:
    """At most `limit` printed characters of the sentence around the folded `spans`, and their locator (`p3:10-250`)."""
    marks = [(sentence.folded.at(a), sentence.folded.at(b)) for a, b in spans]
    length = len(sentence.printed)
    if length <= limit:
        first, last = 0, length
    else:
        low, high = min(a for a, _ in marks), max(b for _, b in marks)
        if high - low > limit:  # the words that tell stand first in `spans`
            low, high = marks[0][0], min(marks[0][1], marks[0][0] + limit)
        first = max(0, min(low - (limit - (high - low)) // 2, length - limit))
        last = first + limit
        first, last = _at_words(sentence.printed, first, last, low, high)
    words = sentence.printed[first:last]
    return words, f"{sentence.place}:{sentence.start + first}-{sentence.start + last}"


def _at_words(text: str, first: int, last: int, low: int, high: int) -> tuple[int, int]:
    """The span narrowed so that it does not begin or end inside a word."""
    begin, end = first, last
    while begin and begin < low and text[begin - 1].isascii() and text[begin - 1].isalnum():
        begin += 1
    while end < len(text) and end > high and text[end - 1].isascii() and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    return _trimmed(text, begin, end)
