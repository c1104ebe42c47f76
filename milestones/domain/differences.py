"""What changed between two versions of a text, as far as it matters to a record of promises: days, figures and names, in English and Chinese.

Compared is how often each is said. Where as many went as came, the first that went stood where the first that came stands now, and so on;
otherwise each is told by itself, because nobody can say which took the place of which.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from milestones.domain.documents import Document

MOST = 12
"""Differences that are told one by one; more of them are a rewritten page, which people must read."""

_LONGEST = 80

# All repetitions below are bounded: a page may hold a hundred thousand characters of a kind in a row.

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_UNIT_EN = r"(?:per cent|percent|%|(?:million|billion|trillion|hundred|thousand)\b)"
_UNIT_ZH = r"(?:[十百千萬億兆]|%|港元|美元|元|個月|個|名|間|家|項|宗|年|公頃|公里|平方米|倍|成)"


class What(StrEnum):
    """What differs. In the order in which they are looked for: a day holds figures, and so does many a name."""

    DATE = "date"
    NAME = "name"
    FIGURE = "figure"


_PATTERNS = {
    What.DATE: re.compile(
        rf"\b\d{{1,2}} {_MONTH}(?: \d{{4}})?\b|\b{_MONTH} \d{{1,2}}(?:, ?\d{{4}})?\b|\b{_MONTH} \d{{4}}\b"
        r"|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年"
    ),
    What.NAME: re.compile(
        r"《[^《》]{1,60}》|「[^「」]{1,40}」"
        r"|[\u4e00-\u9fff]{2,4}(?:先生|女士|博士|教授|議員)"
        r"|(?<![A-Za-z])[A-Z][\w'’-]{0,30}(?: (?:(?:of|and|the|for|on|in) (?=[A-Z]))?[A-Z(][\w'’)-]{0,30}){1,9}"
    ),
    What.FIGURE: re.compile(
        rf"(?:(?:HK|US|RMB)?\$ ?)?\d[\d,]{{0,20}}(?:\.\d{{1,9}})?(?: ?{_UNIT_EN}|{_UNIT_ZH}){{0,4}}"
        rf"|[一二三四五六七八九十百千萬億兩零]{{1,9}}(?:多|餘)?{_UNIT_ZH}{{1,4}}"
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What stood, and what stands now; None where nothing did or does."""

    what: What
    before: str | None
    now: str | None

    def as_data(self) -> Mapping[str, str | None]:
        """The difference as JSON data."""
        return {"what": self.what.value, "before": self.before, "now": self.now}

    def line(self) -> str:
        """The difference in words."""
        return f"{self.what}: {self.before or 'nothing'} → {self.now or 'nothing'}"


def differences(before: Document, now: Document) -> list[Difference]:
    """Days first, then names, then figures, each in the order of the text."""
    old, new = _said(before), _said(now)
    return [difference for what in What for difference in _paired(what, old[what], new[what])]


def paragraphs_changed(before: Document, now: Document) -> int:
    """How many paragraphs stand in one version only, the headline counted as one; of two that differ, once."""
    old, new = Counter(_parts(before)), Counter(_parts(now))
    return max((old - new).total(), (new - old).total())


def _parts(document: Document) -> list[str]:
    parts = [document.headline, document.on_behalf_of or "", *document.paragraphs, *(f"{i.heading} {i.text}" for i in document.items)]
    return [" ".join(unicodedata.normalize("NFKC", part).split()) for part in parts]


def _said(document: Document) -> dict[What, list[str]]:
    text = "\n".join(_parts(document))
    found: dict[What, list[str]] = {}
    for what in What:
        found[what] = [said[0].strip() for said in _PATTERNS[what].finditer(text)]
        text = _PATTERNS[what].sub("\n", text)
    return found


def _paired(what: What, before: list[str], now: list[str]) -> Iterable[Difference]:
    went, came = list(_only_in(before, now)), list(_only_in(now, before))
    if len(went) == len(came):
        return [Difference(what, old, new) for old, new in zip(went, came, strict=True)]
    return [*(Difference(what, old, None) for old in went), *(Difference(what, None, new) for new in came)]


def _only_in(these: list[str], those: list[str]) -> Iterator[str]:
    """What is said here more often than there, in order."""
    more = Counter(these) - Counter(those)
    for said in these:
        if more[said] > 0:
            more[said] -= 1
            yield said[:_LONGEST]
