"""Days in Chinese, on folded sentences: 今日(五月二十一日), 明年一月一日, 上月一日, 二○二五年十月."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from milestones.detection.calendar_words import Found, made, near, weekday
from milestones.domain.dates import Precision, add_months

_RELATIVE = {
    **dict.fromkeys(("今日", "今天", "今晚", "今早", "即日"), 0),
    **dict.fromkeys(("明日", "明天"), 1),
    **dict.fromkeys(("昨日", "昨天", "昨晚"), -1),
}
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "明年": 1, "同年": 0, "翌年": 0, "次年": 0}
_FROM_BEFORE = {"同年": 0, "翌年": 1, "次年": 1}
_OF_MONTH = {"本": 0, "上": -1, "下": 1}
_NUMBER = r"[○零一二三四五六七八九十廿卅\d]"
_WEEK = r"(?:周|星期|週|禮拜)[一二三四五六日天]"
_WEEK_OF = r"(?:本|下|上|這|上個|下個)"
_DIGITS = {c: n for n, c in enumerate("○一二三四五六七八九")} | {"零": 0}

_DATE = re.compile(
    rf"""
    (?:(?:{"|".join(_RELATIVE)}|{_WEEK_OF}?{_WEEK})\()?
    (?:(?P<year>[○零一二三四五六七八九]{{4}}|(?:19|20)\d\d)年|(?P<which>今年|本年|去年|明年|同年|翌年|次年))?
    (?:(?P<month_of>[本上下]個?)月|(?P<month>{_NUMBER}{{1,3}})月)
    (?:(?P<day>{_NUMBER}{{1,3}})[日號](?!內|起?計|圓|元))?
    \)?
    """,
    re.VERBOSE,
)
_WORD = re.compile(rf"{'|'.join(_RELATIVE)}|{_WEEK_OF}{_WEEK}")

_IN_MONTH = re.compile(r"(?:[在於自早到局署處司府院]|今年|公司)$")

CUE = re.compile(r"[年月日翌次天晚早即周期週拜此過]")
"""Without one of these there is no day, and nothing more to look for: most sentences end here."""

VAGUE = re.compile(
    r"年前|月前|翌日|翌月|翌年|次年|次日|次月|同月|同年|早前|日前|近日|近年|此前|過往|(?:去年|上年|前年)(?![○一二三四五六七八九十\d年])"
    r"|[○零一二三四五六七八九]{4}年(?![○一二三四五六七八九十\d])|(?:19|20)\d\d年(?!\d)"
)

_LIMIT_AFTER = re.compile(r"(?:\([^)]*\))?(?:下午[^,。;]{0,6})?(?:或(?:之|以)前|或該日|之?前|以前|止|截止|為止|屆滿|結束|完結|到期)")
_LIMIT_BEFORE = re.compile(r"(?:至|直至|截至|截止日期為|限期為|期限為|期限至|為期至|期至|到期日為|最遲於?|不遲於|到)$")
_REPLACED = re.compile(r"(?:原定於?|原訂於?|原擬於?|原於|原在|原計劃於|原應於?|本擬於?|本應於?|本定於?|原本(?:定)?於?|而非|而不是|並非)$")
_ISSUED = re.compile(r"[^,。;]{0,16}發出(?:的|[^,。;]{0,50}的)新聞(?:稿|公報)|(?:就此)?(?:作出)?(?:更正|澄清)")


def is_limit(text: str, start: int, end: int) -> bool:
    """Whether the day only closes something."""
    return bool(_LIMIT_AFTER.match(text, end) or _LIMIT_BEFORE.search(text[max(0, start - 12) : start]))


def is_replaced(text: str, start: int, end: int) -> bool:
    """Whether the day at `start` no longer holds, or is that of an earlier release or of its correction."""
    return bool(_REPLACED.search(text[max(0, start - 12) : start]) or _ISSUED.match(text, end))


def years_from(text: str, start: int, _end: int) -> int | None:
    """By how many years the day at `start` is told from the one named before it (同年五月: 0); None where it is not."""
    return _FROM_BEFORE.get(text[start : start + 2])


def in_title(text: str, start: int) -> bool:
    """Whether the words at `start` stand in a title: the year of 《2025年…條例草案》 is no day."""
    return text.rfind("《", 0, start) > text.rfind("》", 0, start)


def days(text: str, release: date) -> Iterator[Found]:
    """Every day and month named; spans may overlap. A bare 三月 may be three months and is none."""
    for m in _DATE.finditer(text):
        year, month = _year_and_month(m, release)
        if not 1 <= month <= 12:
            continue
        if m["day"]:
            number = number_zh(m["day"]) or 0
            day = made(year, month, number) if year else near(month, number, release)
            if day:
                yield m.start(), m.end(), day, Precision.DAY
        elif year:
            yield m.start(), m.end(), date(year, month, 1), Precision.MONTH
        elif _IN_MONTH.search(text[max(0, m.start() - 2) : m.start()]) and not text.startswith(("內", "份", "底"), m.end()):
            first = near(month, 1, release)
            if first:
                yield m.start(), m.end(), first, Precision.MONTH
    for m in _WORD.finditer(text):
        yield m.start(), m.end(), _relative(m[0], release), Precision.DAY


def _year_and_month(m: re.Match[str], release: date) -> tuple[int | None, int]:
    """Year (None where the text gives none) and month; month 0 where the text's number is no month."""
    if m["month_of"]:
        first = add_months(release, _OF_MONTH[m["month_of"][0]])
        return first.year, first.month
    year = number_zh(m["year"]) if m["year"] else release.year + _YEARS[m["which"]] if m["which"] else None
    return year, number_zh(m["month"]) or 0


def _relative(word: str, release: date) -> date:
    if word in _RELATIVE:
        return release + timedelta(days=_RELATIVE[word])
    index = "一二三四五六日".index(word[-1].replace("天", "日"))
    return weekday(index, release, {"上": -1, "下": 1}.get(word[0], 0))


def number_zh(text: str) -> int | None:
    """A Chinese or Arabic number below 100, or a year written digit by digit; None where it is neither."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        digits = [str(_DIGITS[c]) for c in text if c in _DIGITS]
        return int("".join(digits)) if len(digits) == len(text) and len(digits) in (1, 4) else None
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or any(c not in _DIGITS for c in tens + ones):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
