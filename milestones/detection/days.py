"""Days as texts state them: "today (May 21)", "next Wednesday (May 3)", "the first of last month", 今日（五月二十一日）, 二○二五年.

The year comes from the release day where none is written: a month-day more than half a year away belongs to the year beside it.
A day that only closes something (by, until, 或之前) is marked as a limit, and a time without a day ("a year ago", 早前) as vague: neither is
the day of an act.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from milestones.domain.dates import Precision, add_months


class Role(Enum):
    """What a day is in its sentence."""

    PLAIN = auto()
    LIMIT = auto()
    REPLACED = auto()
    VAGUE = auto()


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day in a folded sentence. `day` is the first of what `precision` means."""

    start: int
    end: int
    day: date
    precision: Precision
    role: Role


_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = "(?P<month>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = "|".join(_WEEKDAYS)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WHICH = r"(?P<which>next|last|this) year"

_EN = re.compile(
    rf"""
    (?:(?P<anchor>today|tonight|tomorrow|yesterday|(?:next\ |last\ |this\ |coming\ |on\ )?(?:{_WEEKDAY})|(?:this|yesterday)\ (?:morning|afternoon|evening))\s*\(\s*)?
    \b(?:
       {_MONTH}\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|,\d{{3}})(?:,?\s{_YEAR}|\s(?:of\s)?{_WHICH})?
      |(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.replace("month", "month2")}(?:,?\s{_YEAR.replace("year", "year2")}|\s(?:of\s)?{_WHICH.replace("which", "which2")})?
    )\b (?:,\s[a-z.\ ]{{2,30}}\ time)? (?:\s*\))?
    """,
    re.VERBOSE,
)
_EN_RELATIVE = re.compile(
    rf"\b(?P<word>today|tonight|tomorrow|yesterday|this morning|this afternoon|with immediate effect|(?:(?:next|last|this|coming|on) )(?:{_WEEKDAY}))\b(?!'s)"
)
_EN_OF_MONTH = re.compile(r"\bthe (?P<nth>first|\d{1,2}(?:st|nd|rd|th)) (?:day )?of (?P<which>last|this|next) month\b")
_EN_MONTH = re.compile(
    rf"\b(?:(?P<rel>earlier this|late last|early last|last|this) month|(?:in|since|of|early|late|mid-) ?{_MONTH}(?:,?\s(?:of\s)?{_YEAR}|\s(?:of\s)?{_WHICH})?(?!\s?\d))\b"
)
_EN_QUARTER = re.compile(rf"\b(?P<nth>first|second|third|fourth) quarter(?: of {_YEAR}| of {_WHICH.replace('<which>', '<which>')})?\b")
_EN_LIMIT = re.compile(
    r"\b(?:by|before|until|till|to|than|deadline (?:is|of|on)|close[sd]? on|clos(?:e|es|ing) (?:date )?(?:for \w+ )?(?:is|on)|end(?:s|ing)? on|expir\w+ (?:on|in)|up to|or before|prior to|through)\s(?:the end of )?$"
)
_EN_REPLACED = re.compile(
    r"\b(?:instead of|rather than|originally (?:scheduled|planned|set|due)(?: to be held)?(?: for| on| to \w+ on)?|not)\s(?:on\s)?$"
)
_EN_WAS = re.compile(r"\boriginally (?:scheduled|planned|set|due)\b[^.,;]*$")

_NUM = "[○零一二三四五六七八九十廿卅\\d]"
_ZH_WEEK = "(?:周|星期|週|禮拜)[一二三四五六日天]"
_ZH = re.compile(
    rf"""
    (?:(?P<anchor>今日|今天|今晚|今早|明日|明天|昨日|昨天|昨晚|(?:本|下|上|這|上個|下個)?{_ZH_WEEK})\()?
    (?:(?P<year>[○零一二三四五六七八九]{{4}}|(?:19|20)\d\d)年|(?P<which>今年|本年|去年|明年)|(?P<month_of>本月|上月|下月|上個月|下個月))?
    (?:(?P<month>{_NUM}{{1,3}})月)?(?:(?P<day>{_NUM}{{1,3}})[日號](?!內|起?計|圓|元))?
    \)?
    """,
    re.VERBOSE,
)
_ZH_RELATIVE = re.compile(rf"即日|今日|今天|今晚|今早|明日|明天|昨日|昨天|昨晚|(?:本|下|上|這|上個|下個){_ZH_WEEK}")
_ZH_LIMIT_AFTER = re.compile(r"(?:\([^)]*\))?(?:下午[^,。;]{0,6})?(?:或(?:之|以)前|或該日|之?前|以前|止|截止|為止|屆滿|結束|完結|到期)")
_ZH_LIMIT_BEFORE = re.compile(r"(?:至|直至|截至|截止日期為|限期為|最遲於?|不遲於|到)$")
_ZH_REPLACED = re.compile(r"(?:原定於?|原訂於?|原本(?:定)?於?|而非|而不是|並非)$")

_EN_VAGUE = re.compile(
    r"\b(?:(?:\w+ )?(?:years?|months?|weeks?|days?) ago|last year|earlier this year|recently|in recent (?:years|months)|(?:in|since) (?:19|20)\d\d|over the (?:past|last) \w+"
    r"|previously|in the past)\b"
)
_ZH_VAGUE = re.compile(
    r"年前|月前|早前|日前|近日|近年|此前|過往|(?:去年|上年|前年)(?![○一二三四五六七八九十\d年])|[○零一二三四五六七八九]{4}年(?![○一二三四五六七八九十\d])|(?:19|20)\d\d年(?!\d)"
)
_CUE_EN = re.compile(
    r"\d|to(?:day|night|morrow)|yesterday|day\b|month|quarter|immediate|year|week|earlier|recent|previous|(?:of|in|since|early|late) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_CUE_ZH = re.compile(r"[年月日號天晚早周期週拜此過]")
"""Without one of these there is no day, and nothing more to look for: most sentences end here."""

_DIGITS = {c: n for n, c in enumerate("○一二三四五六七八九")} | {"零": 0}


def number_zh(text: str) -> int | None:
    """A Chinese or Arabic number below 100, or a year written digit by digit; None where it is neither."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        digits = [_DIGITS.get(c, int(c) if c.isdigit() and c.isascii() else None) for c in text]
        if None in digits or not digits or len(digits) not in (1, 4):
            return None
        return int("".join(str(d) for d in digits))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or any(c not in _DIGITS for c in tens + ones):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def near(month: int, day: int, release: date) -> date | None:
    """The month-day within half a year of the release; None where there is no such day."""
    for year in (release.year, release.year + 1, release.year - 1):
        found = _made(year, month, day)
        if found and -183 <= (found - release).days <= 183:
            return found
    return _made(release.year, month, day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(which: str | None, release: date) -> int | None:
    steps = {"next": 1, "last": -1, "this": 0, "明年": 1, "去年": -1, "今年": 0, "本年": 0}
    return release.year + steps[which] if which in steps else None


def _weekday(name: str, index: int, release: date) -> date:
    """A weekday as people say it: `last` is before the release, `next` the week after where the day is still to come this week."""
    ahead = (index - release.weekday()) % 7
    if name.startswith(("last", "上")):
        monday = release - timedelta(days=release.weekday())
        return monday - timedelta(days=7 - index) if name.startswith("上") else release - timedelta(days=(-ahead) % 7 or 7)
    if name.startswith(("next", "下")):
        monday = release - timedelta(days=release.weekday())
        return monday + timedelta(days=7 + index)
    return release + timedelta(days=ahead)


def _relative(word: str, release: date) -> date:
    fixed = {"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "with immediate effect": 0, "即日": 0, "tomorrow": 1, "yesterday": -1}
    fixed |= {"今日": 0, "今天": 0, "今晚": 0, "今早": 0, "明日": 1, "明天": 1, "昨日": -1, "昨天": -1, "昨晚": -1}
    if word in fixed:
        return release + timedelta(days=fixed[word])
    index = "一二三四五六日".index(word[-1].replace("天", "日")) if word[-1] in "一二三四五六日天" else _WEEKDAYS.index(word.rsplit(maxsplit=1)[-1])
    return _weekday(word, index, release)


_Found = tuple[int, int, date, Precision]


def _days_en(text: str, release: date) -> list[_Found]:
    found: list[_Found] = []
    for m in _EN.finditer(text):
        month = _month_number(m["month"] or m["month2"])
        year = int(m["year"] or m["year2"] or 0) or _year_of(m["which"] or m["which2"], release)
        number = int(m["day"] or m["day2"])
        day = _made(year, month, number) if year else near(month, number, release)
        if day:
            found.append((m.start(), m.end(), day, Precision.DAY))
    for m in _EN_OF_MONTH.finditer(text):
        first = add_months(release, {"last": -1, "this": 0, "next": 1}[m["which"]])
        nth = 1 if m["nth"] == "first" else int(m["nth"][:-2])
        day = _made(first.year, first.month, nth)
        if day:
            found.append((m.start(), m.end(), day, Precision.DAY))
    found += [(m.start(), m.end(), _relative(m["word"], release), Precision.DAY) for m in _EN_RELATIVE.finditer(text)]
    for m in _EN_MONTH.finditer(text):
        if m["rel"]:
            first = add_months(release, -1 if "last" in m["rel"] else 0)
        else:
            month = _month_number(m["month"])
            year = int(m["year"] or 0) or _year_of(m["which"], release)
            first = date(year, month, 1) if year else (near(month, 1, release) or date(release.year, month, 1))
        found.append((m.start(), m.end(), first, Precision.MONTH))
    for m in _EN_QUARTER.finditer(text):
        year = int(m["year"] or 0) or _year_of(m["which"], release) or release.year
        month = ("first", "second", "third", "fourth").index(m["nth"]) * 3 + 1
        found.append((m.start(), m.end(), date(year, month, 1), Precision.QUARTER))
    return found


def _month_number(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def _days_zh(text: str, release: date) -> list[_Found]:
    found: list[_Found] = []
    for m in _ZH.finditer(text):
        if not (m["month"] or (m["month_of"] and m["day"]) or m["month_of"]):
            continue
        year = number_zh(m["year"]) if m["year"] else _year_of(m["which"], release)
        if m["month_of"]:
            first = add_months(release, {"本": 0, "上": -1, "下": 1}[m["month_of"][0]])
            year, month = first.year, first.month
        else:
            month = number_zh(m["month"]) or 0
        number = number_zh(m["day"]) if m["day"] else None
        if not 1 <= month <= 12 or (m["day"] and number is None):
            continue
        if number is None:
            if not (m["year"] or m["which"] or m["month_of"]):
                continue  # 三月 alone may be three months
            found.append((m.start(), m.end(), date(year or release.year, month, 1), Precision.MONTH))
            continue
        day = _made(year, month, number) if year else near(month, number, release)
        if day:
            found.append((m.start(), m.end(), day, Precision.DAY))
    found += [(m.start(), m.end(), _relative(m[0], release), Precision.DAY) for m in _ZH_RELATIVE.finditer(text)]
    return found


def _role_en(text: str, start: int, _end: int) -> Role:
    before = text[max(0, start - 60) : start]
    if _EN_REPLACED.search(before) or _EN_WAS.search(before):
        return Role.REPLACED
    return Role.LIMIT if _EN_LIMIT.search(before) else Role.PLAIN


def _role_zh(text: str, start: int, end: int) -> Role:
    before = text[max(0, start - 12) : start]
    if _ZH_REPLACED.search(before):
        return Role.REPLACED
    limit = _ZH_LIMIT_AFTER.match(text, end) or _ZH_LIMIT_BEFORE.search(before)
    return Role.LIMIT if limit else Role.PLAIN


def day_mentions(text: str, language: str, release: date) -> list[DayMention]:
    """The days that a folded sentence names, in order of their place; of two that overlap the longer one."""
    if not (_CUE_ZH if language == "zh" else _CUE_EN).search(text):
        return []
    read: Callable[[str, date], list[_Found]] = _days_zh if language == "zh" else _days_en
    role = _role_zh if language == "zh" else _role_en
    mentions: list[DayMention] = []
    vague = [(m.start(), m.end()) for m in (_ZH_VAGUE if language == "zh" else _EN_VAGUE).finditer(text)]
    for start, end, day, precision in sorted(read(text, release), key=lambda f: (f[0] - f[1], f[0])):
        if all(end <= m.start or start >= m.end for m in mentions):
            mentions.append(DayMention(start, end, day, precision, role(text, start, end)))
    mentions += [DayMention(a, b, release, Precision.UNKNOWN, Role.VAGUE) for a, b in vague if all(b <= m.start or a >= m.end for m in mentions)]
    return sorted(mentions, key=lambda m: m.start)
