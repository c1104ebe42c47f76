"""What makes an act not the Government's own, or not told as a fact: questions, companies, events, warnings."""

import re
from collections.abc import Sequence

from milestones.detection.text import Sentence

_QUESTION_EN = re.compile(r"^(?:question:?|reporter:|q(?:\d+)?:|\(?reporter)")
_ANSWER_EN = re.compile(r"^(?:reply:?|answer:?|president,?|madam president|(?!reporter)[a-z ,]{3,80}:\s|a(?:\d+)?:)")
_QUESTION_ZH = re.compile(r"^(?:問題:?|記者:|問:)")
_ANSWER_ZH = re.compile(r"^(?:答覆:?|答:|主席:?|(?!記者)[一-鿿]{2,24}:)")


def asked(sentences: Sequence[Sentence], language: str) -> list[bool]:
    """For each sentence whether it belongs to a question put to the Government; what is asked is not told."""
    question, answer = (_QUESTION_ZH, _ANSWER_ZH) if language == "zh" else (_QUESTION_EN, _ANSWER_EN)
    marks, within = [], False
    for sentence in sentences:
        if question.match(sentence.text):
            within = True
        elif within and answer.match(sentence.text):
            within = False
        marks.append(within or (not sentence.is_headline and sentence.text.endswith("?")))
    return marks


_COMPANIES = r"(?:compan(?:y|ies)|firms?|courier|start-ups?|airlines?|vendors?|banks?|enterprises?|manufacturers?|operators?)"
_COMPANY_EN = re.compile(rf"\b{_COMPANIES}\b(?: \w+){{0,4}}\s$")
_BY_COMPANY_EN = re.compile(rf"[^.;,]{{0,30}}\bby (?:(?:a|an|the) )?(?:\w+ ){{0,2}}{_COMPANIES}\b")
_BETWEEN_COMPANIES_EN = re.compile(
    rf"[^.;]{{0,40}}\bbetween (?![^.;]*\b(?:government|department|bureau|authority|hkma|corporation|office)\b)[^.;]{{0,80}}\b{_COMPANIES}\b"
)
_COMPANY_ZH = re.compile(r"(?:^|[,。])[^,。與和向獲及局署]{0,14}(?:公司|企業|銀行|業者|團隊)[^,。局署]{0,6}$")


def by_company(text: str, start: int, end: int, language: str) -> bool:
    """Whether a company, and not a public body, is the one that does the act between `start` and `end`."""
    if language == "zh":
        return bool(_COMPANY_ZH.search(text[:start]))
    return bool(_COMPANY_EN.search(text[:start]) or _BY_COMPANY_EN.match(text, end) or _BETWEEN_COMPANIES_EN.match(text, end))


_EVENTS = (
    r"(?:seminars?|briefings?|(?:briefing|consultation|information) sessions?|meetings?|forums?|exhibitions?|workshops?|symposi(?:um|a)|talks?"
    r"|conferences?|visits?|competitions?|receptions?|motions?|panel discussions?|recruitment)"
)
_EVENT_EN = re.compile(rf"\b{_EVENTS}\b(?: \w+){{0,3}} (?:on|about|for|of|under|regarding|concerning|in)(?: the| a| an)?\W{{0,3}}$")
_EVENT_AFTER_EN = re.compile(rf"\W{{0,2}}(?:\w+ )?{_EVENTS}\b")
_EVENT_AFTER_ZH = re.compile(r"[》」)]?的?(?:簡介會|研討會|會議|座談會|論壇|展覽|講座|工作坊|交流會|活動|比賽|議案)")


def is_of_an_event(text: str, start: int, end: int, language: str) -> bool:
    """Whether the words at start to end only say what an event is about: a seminar on the mechanism is not the mechanism."""
    if language == "zh":
        return bool(_EVENT_AFTER_ZH.match(text, end))
    return bool(_EVENT_EN.search(text[:start]) or _EVENT_AFTER_EN.match(text, end))


_REMINDS = re.compile(r"\bremind(?:s|ed|ers?|ing)?\b|提醒|提示|把握(?:最後)?(?:時間|機會)")


def is_reminder(text: str) -> bool:
    """Whether a sentence calls to mind what is already known, so that its own day is not that of an opening."""
    return bool(_REMINDS.search(text))


_NO_PARTY = re.compile(
    r"\b(?:is|are|was|were) (?:not|neither) (?:an? )?(?:part(?:y|ies)|signator(?:y|ies))\b|\bnot (?:involved|taken part) in the agreement\b"
    r"|(?:並非|不是|並不是)[^,。;]{0,20}(?:簽署方|簽署機構|協議(?:的)?(?:任何)?一方|締約方|當事方)"
)


def is_no_party(text: str) -> bool:
    """Whether the issuer says that an agreement is not its own."""
    return bool(_NO_PARTY.search(text))


_CORRECTS = re.compile(r"\b(?:correct(?:ion|s|ed)|amend(?:ment|s|ed) to (?:the )?press release|clarif(?:ication|ies|ied))\b|更正|澄清")


def is_correction(headline: str) -> bool:
    """Whether the document corrects another, so that its own day is that of nothing."""
    return bool(_CORRECTS.search(headline))


_WARNING = re.compile(
    r"\b(?:scams?|fraud\w*|fakes?|bogus|suspicious|phishing|beware|imposters?"
    r"|impersonat\w+|deceptive|forged|counterfeit|purport\w*|alerts? (?:the )?public)\b"
    r"|騙|虛假|欺詐|偽冒|可疑|假冒|冒充|冒認|冒名|慎防|提防|偽造|不實"
)


def is_warning(headline: str) -> bool:
    """Whether the document warns of frauds, which talk of launches and licences that never were."""
    return bool(_WARNING.search(headline))
