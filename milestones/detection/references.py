"""Which subjects a sentence refers to without naming them: "the Bill", 《條例草案》, "they", as far as no other title stands between.

Where it names none at all, an act in it may be told of what its paragraph or the headline is about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from milestones.detection.subjects import Mention, Strength
from milestones.detection.text import Sentence, fold
from milestones.domain.commitments import Subject


@dataclass(frozen=True, slots=True)
class _Word:
    """A class of referring words, and the names it can stand for."""

    refers: re.Pattern[str]
    names: re.Pattern[str]


def _word(refers: str, names: str) -> _Word:
    return _Word(re.compile(refers), re.compile(names))


_WORDS_EN = (
    _word(r"\b(?:the|this) (?:amendment )?bill\b(?! \d)", r"\bbill\b"),
    _word(r"\b(?:the|this) (?:amendment |new )?(?:ordinance|law|legislation|regime)\b", r"\b(?:ordinance|law|legislation|regime|bill)\b"),
    _word(
        r"\b(?:the|both|these|the two|the first|the second) (?:\w+ )?"
        r"(?:orders?|regulations?|notices?|rules|pieces|instruments?|amendments?|subsidiary legislation)\b",
        r"\b(?:orders?|regulations?|notices?|rules|subsidiary legislation|amendments?)\b",
    ),
    _word(
        r"\b(?:the|this) (?:new |pilot |\w+ )?(?:scheme|programme|fund|round|initiative|mechanism|measure|cluster)\b",
        r"\b(?:scheme|programme|fund|round|initiative|mechanism|measure|cluster)\b",
    ),
    _word(r"\b(?:the|this) (?:new )?(?:centre|institute|facility|station)\b", r"\b(?:centre|institute|facility|station|laborator\w+)\b"),
    _word(r"\b(?:the|this) (?:\w+ )?(?:group|committee|alliance|panel|task force)\b", r"\b(?:group|committee|alliance|panel|task force)\b"),
    _word(
        r"\b(?:the|this) (?:new )?(?:services?|platform|system|portal|database|phase)\b",
        r"\b(?:services?|platform|system|portal|database|phase|search)\b",
    ),
    _word(
        r"\b(?:the|this) (?:\w+ )?(?:consultation|statement|paper|report|survey|study|review|document|guidelines?|road ?map|timetable|plan)\b",
        r"\b(?:consultation|statement|paper|report|survey|study|review|guidelines?|road ?map|timetable|plan|regime)\b",
    ),
    _word(r"\b(?:the |these |such )?(?:licen[cs]es?|licensees?|licen[cs]e applications|timing)\b", r"licen|stablecoin issuers?|sandbox"),
    _word(r"\b(?:the|these) (?:\w+ )?(?:trials?|pilots?|sandbox|projects?)\b", r"\b(?:trials?|pilots?|sandbox|projects?)\b"),
    _word(r"\b(?:legislative (?:amendments?|proposals?)|amendment bill)\b", r"legislat|amend|sim card|law\b"),
    _word(r"\bapplications\b|\bproposals\b", r"\b(?:scheme|fund|programme|cluster|round|sandbox|centre|initiative|licen\w+)\b|@|regime"),
)
_PRONOUN_EN = re.compile(r"^(?:it|they|both|these|all of them)\b")

_WORDS_ZH = (
    _word(r"《條例草案》|(?<![一-鿿》])(?:該)?(?:條例草案|法案)|該法案|《草案》", r"條例草案|法案"),
    _word(r"《(?:修訂)?條例》|(?<![一-鿿》])(?:修訂|新|有關)?條例(?!草案)|該(?:條例|制度)|發牌制度", r"條例|制度"),
    _word(r"附屬法例|修訂令|(?<!《)公告|《(?:公告|修訂令|規例)》|規例|兩項(?:修訂|公告)?|前者|後者|有關修訂", r"附屬法例|令|公告|規例|規則|修訂"),
    _word(r"(?<![一-鿿])(?:先導)?計劃|該計劃|有關計劃|基金|機制|新一輪", r"計劃|基金|機制|輪|平台"),
    _word(r"(?:該)?(?:中心|研究所|研究院|設施|實驗室)", r"中心|研究所|研究院|設施|實驗室|試驗所"),
    _word(r"小組|工作組|聯盟|委員會", r"小組|工作組|聯盟|委員會"),
    _word(r"(?:該|新)?(?:服務|平台|系統)", r"服務|平台|系統|單一窗口|搜尋"),
    _word(r"文件|宣言|報告|調查|路線圖|諮詢", r"文件|宣言|報告|調查|路線圖|諮詢|制度"),
    _word(r"法例修訂|修例|修訂建議|立法建議|有關法例", r"立法|修例|法例|條例|電話卡|識別卡|智能卡"),
    _word(r"牌照", r"牌照|發行人|沙盒"),
    _word(r"試驗|試點|沙盒", r"試驗|試點|沙盒"),
)
_FARTHEST = 60
"""Sentences back to which a word may refer."""

_PRONOUN_ZH = re.compile(r"^(?:其|兩者|有關|該)")

_TITLE_EN = re.compile(
    r"(?:(?:[A-Z][\w'’&\-]*|\([^)]*\)|and|of|for|on)(?<!The)(?<!This)(?<!Both)(?<!Each)(?<!Any)"
    r" ){1,20}(?:Bill|Ordinance|Regulation|Order|Notice|Rules)\b"
)
_NO_TITLE = re.compile(r"(?:amendment|new|and|of|for|on|revised|draft|said) \w+")
_TITLE_ZH = re.compile(r"《(?!條例》|條例草案》|草案》|施政報告|議事規則)[^》]*(條例草案|條例|規例|公告|令)(?:》|〉)")
_KINDS_OF_LAW = re.compile(r"bill|ordinance|regulation|order|notice|rules|條例|規例|公告|令")
_KIND_OF_LAW = re.compile(r" ?\b(?:bill|ordinance|regulation|order|notice|rules)$|(?:條例草案|條例|規例|公告|令)(?=》|〉|$)")
_PART = re.compile(r"\(([0-9a-z]|[一二三四五六七八九十]{1,2})\)")
_ANYTHING = re.compile("")


def _titles(sentence: Sentence, language: str) -> list[tuple[int, str, str]]:
    """Where titles of instruments begin in a sentence, their folded words, and those without the kind of instrument."""
    if not _KINDS_OF_LAW.search(sentence.text):
        return []
    pattern = _TITLE_ZH if language == "zh" else _TITLE_EN
    titles = ((m.start(), fold(m[0], language).text) for m in pattern.finditer(sentence.printed))
    bare = ((start, title, _KIND_OF_LAW.sub("", title).strip("《》〈〉() ")) for start, title in titles if not _NO_TITLE.fullmatch(title))
    return [t for t in bare if t[2]]


class References:
    """The references of one document. `named` are the subjects that each sentence names.

    Only words that can stand for a name which the document holds are looked for.
    """

    def __init__(self, sentences: Sequence[Sentence], named: Sequence[Sequence[Mention]], language: str) -> None:
        self._sentences, self._named, self._language = sentences, list(named), language
        self._first = next((i for i, mentions in enumerate(named) if mentions), len(named))
        self._titles: dict[int, list[tuple[int, str, str]]] = {}
        self._words: list[_Word] = []
        self._look_for("\n".join({m.name for mentions in named for m in mentions}))
        self._pronoun = _PRONOUN_ZH if language == "zh" else _PRONOUN_EN

    def _look_for(self, names: str) -> None:
        self._words += [w for w in (_WORDS_ZH if self._language == "zh" else _WORDS_EN) if w not in self._words and w.names.search(names)]

    def add(self, index: int, described: Sequence[Mention]) -> None:
        """What a sentence that names nothing describes: words after it may refer to that."""
        if described:
            self._named[index] = described
            self._first = min(self._first, index)
            self._look_for(described[0].name)

    def of(self, index: int) -> list[Mention]:
        """The subjects that a sentence refers to without naming them, from the nearest sentence before that names one that fits."""
        if index <= self._first:
            return []
        text = self._sentences[index].text
        found: dict[int, Mention] = {}
        for word in self._words:
            match = next((m for m in word.refers.finditer(text) if not any(n.start <= m.start() < n.end for n in self._named[index])), None)
            if match:
                for mention in self._nearest(index, match.start(), word.names):
                    found.setdefault(id(mention.subject), _at(mention, match, Strength.REFERRED))
        pronoun = self._pronoun.match(text)
        if pronoun and not found:
            for mention in self._nearest(index, 0, _ANYTHING):
                found.setdefault(id(mention.subject), _at(mention, pronoun, Strength.PRONOUN))
        return list(found.values())

    def topics(self, index: int, *, headline: bool) -> list[Mention]:
        """What the paragraph of a sentence named last, or else the headline where that counts; placed at the sentence's beginning."""
        place = self._sentences[index].place
        back = next((i for i in range(index - 1, -1, -1) if self._sentences[i].place == place and self._named[i]), None)
        back = self._asked(index) if back is None else back
        back = (0 if headline else index) if back is None else back
        named = self._named[back]
        sentence = self._sentences[index]
        instrument = _INSTRUMENT.search(sentence.text)
        return [
            Mention(m.subject, m.commitment, 0, 0, instrument[0] if instrument else m.name, _no_surer(Strength.TOPIC, m))
            for m in named
            if not self._other_titles(index, m) and (not instrument or self._is_last_title(index, len(sentence.text), back, m, _INSTRUMENT))
        ]

    def _asked(self, index: int) -> int | None:
        """Which part of the question a numbered part of the reply answers, if it names anything."""
        first = next(i for i, s in enumerate(self._sentences) if s.place == self._sentences[index].place)
        part = _PART.match(self._sentences[first].text)
        if not part:
            return None
        same = (i for i in range(first) if self._named[i] and (m := _PART.match(self._sentences[i].text)) and m[1] == part[1])
        return next(same, None)

    def _nearest(self, index: int, limit: int, names: re.Pattern[str]) -> list[Mention]:
        described: list[Mention] = []
        for back in range(index - 1, max(self._first - 1, index - _FARTHEST), -1):
            fitting = [m for m in self._named[back] if names.search(m.name) and self._is_last_title(index, limit, back, m, names)]
            if fitting and fitting[0].strength is not Strength.PARAPHRASED:
                return fitting
            described = described or fitting
        return described

    def _other_titles(self, index: int, mention: Mention) -> list[tuple[int, str]]:
        """The titles of other instruments in a sentence.

        The law that the named instrument amends is no other one (the Gas Safety Ordinance beside its (Amendment) Bill), nor are the other
        instruments of the same subject: "both orders".
        """
        if index not in self._titles:
            self._titles[index] = _titles(self._sentences[index], self._language)
        return [
            (start, title) for start, title, words in self._titles[index] if words not in mention.name and words not in _names_of(mention.subject)
        ]

    def _is_last_title(self, upto: int, limit: int, naming: int, mention: Mention, names: re.Pattern[str]) -> bool:
        """Whether no other instrument's title stands between the place where this one was named and the word that refers to it."""
        for index in range(naming, upto + 1):
            sentence = self._sentences[index]
            for start, title in self._other_titles(index, mention):
                if index == upto and start >= sentence.folded.at(limit):
                    break
                if names.search(title) and (index > naming or start >= sentence.folded.at(mention.end)):
                    return False
        return True


@cache
def _names_of(subject: Subject) -> str:
    return "\n".join((*(fold(n, "en").text for n in subject.names_en), *(fold(n, "zh").text for n in subject.names_zh)))


_INSTRUMENT = re.compile(
    r"\b(?:bill|ordinance|orders?|regulations?|notices?|rules|subsidiary legislation)\b|條例草案|法案|條例|附屬法例|修訂令|公告|規例"
)


def _at(mention: Mention, match: re.Match[str], strength: Strength) -> Mention:
    name = match[0] if _INSTRUMENT.search(match[0]) else mention.name
    return Mention(mention.subject, mention.commitment, match.start(), match.end(), name, _no_surer(strength, mention))


def _no_surer(strength: Strength, than: Mention) -> Strength:
    """A reference to something that is only described in other words is no surer than that."""
    return Strength.PARAPHRASED if than.strength is Strength.PARAPHRASED else strength
