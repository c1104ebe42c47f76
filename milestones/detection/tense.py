"""Whether the words around an act say that it took place, will take place, or neither.

Neither is the rule of caution: what is planned, hoped, denied, conditional or asked is no milestone. Texts come folded, with the words
of names masked by x, so that a Plan or a Study in a name intends nothing. English has its tenses in `tense_en`; Chinese has none.
"""

import re
from enum import Enum, auto


class Tense(Enum):
    """What the grammar says about an act; UNSURE leaves it to the day that is given."""

    PAST = auto()
    FUTURE = auto()
    PLANNED = auto()
    UNSURE = auto()
    DENIED = auto()
    INTENDED = auto()
    CONDITIONAL = auto()

    @property
    def tells(self) -> bool:
        """Whether an act in this tense can be a milestone at all, given a day."""
        return self in (Tense.PAST, Tense.FUTURE, Tense.PLANNED, Tense.UNSURE)


def tense(text: str, start: int, end: int, *, headline: bool, language: str) -> Tense:
    """The tense of the act whose verb stands at `start` and whose words end at `end`."""
    return (_tense_zh if language == "zh" else _tense_en)(text, start, end, headline)


_BREAK_EN = re.compile(r"[;:]|,\s(?:and|but|while|whereas|although|which|who|where|with)\b|\b(?:which|who|that)\b")
_NOT_EN = re.compile(
    r"\b(?:not(?! only)|never|no longer|cannot|neither|nor|yet to|fail(?:s|ed)? to|unable to|without|instead of|rather than|falsely)\b|n't\b"
)
_NO_EN = re.compile(r"\b(?:no|none|nobody|neither)\b[^,;]{0,50}\b(?:has|have|had|was|were|is|are|been)\s(?:been\s)?$")
_IF_EN = re.compile(r"(?:\b(?:if|whether|unless|once|until|pending|provided that|subject to|in case|when|how|why)\b|^should\b)[^,]*$")
_PLANNED_EN = re.compile(
    r"\b(?:(?:is|are|was|were) (?:scheduled|expected|set|due|planned|targeted|slated)|scheduled|expected|due|set) (?:to|for|that)\b[^,;]*$"
)
_WISHES = (
    *("plan(?:s|ned|ning)?", "aim(?:s|ed|ing)?", "hop(?:e|es|ed|ing)", "intend(?:s|ed|ing)?", "propos(?:e|es|ed|ing|als?)"),
    *("would", r"may(?! \d)", "might", "could", "can", "should", "must", "expect(?:s|ed|ing)?", "striv(?:e|es|ing)", "target(?:s|ed|ing)?"),
    *("consider(?:s|ed|ing)?", "explor(?:e|es|ed|ing)", "study(?:ing)?", "prepar(?:e|es|ed|ing|ations?|atory)", "working on", "with a view to"),
    *("in order to", "seek(?:s|ing)?", "wish(?:es|ed)?", "want(?:s|ed)?", "encourag(?:e|es|ed|ing)", "invit(?:e|es|ed|ing)", "urg(?:e|es|ed|ing)"),
    *("need(?:s|ed)?", "ha(?:s|ve|d) to", "so that", "so as to", "ask(?:s|ed)? (?:for|to)", "ready to", "likely", "originally", "called? for"),
    *("allow(?:s|ed|ing)?", "enabl(?:e|es|ed|ing)", "help(?:s|ed|ing)?", "support(?:s|ing)?"),
)
_INTENDED_EN = re.compile(rf"\b(?:{'|'.join(_WISHES)})\b[^;]{{0,60}}$")
_FUTURE_EN = re.compile(r"\b(?:will|shall|going to|about to)\b[^,;]{0,45}$|\bto\s(?:(?:be|\w+ly|jointly)\s)*$")
_BE_EN = re.compile(r"\bbe(?: \w+ly| jointly)?\s$")
_DONE_EN = re.compile(r"\b(?:has|have|had|was|were|been|having)(?: \w+){0,2}\s$")
_PURPOSE_EN = re.compile(r"\b(?:for|of|towards?|by|on|to|about)\s(?:\w+ly\s)?$")
_FOR_THE_EN = re.compile(r"\b(?:for|towards?) (?:the |a )(?:\w+ )?$")
_AND_EN = re.compile(r"\band (?:then |also |subsequently )?$")
_AUXILIARY_EN = re.compile(r"\b(?:will be|shall be|to be|was|were|has been|have been|had been)\b")
_AFTER_NAME_EN = re.compile(r"x{4,},?(?: \w+ly)?\s$")
_MAIN_VERB_EN = re.compile(r"(?:\bby\b[^.;]*|,)\s(?:was|were|has|have|held|will|is|are)\b")
_PAST_WORD = re.compile(
    r"(?:\w+ed|set|put|began|begun|held|came|took|taken|brought|went|gone|sought|drew|drawn|laid|met|given|gave|withdrew|withdrawn|made)$"
)
_NOUN_WORD = re.compile(
    r"(?:launch|opening|signing|establishment|passage|start|gazettal|commencement|introduction|completion|publication|release|setting"
    r"|implementation|inauguration|resumption|conclusions?|outcome|results?|grant|award|extension)$"
)
_ATTENDED_EN = re.compile(
    r"\b(?:attend(?:s|ed)?|officiat(?:e|es|ed)|welcom(?:e|es|ed)|announc(?:e|es|ed)|witness(?:es|ed)?|celebrat(?:e|es|ed)|mark(?:s|ed)"
    r"|host(?:s|ed)?|publish(?:es|ed)?|releas(?:es|ed|e)|speaking|speech)\b[^;]{0,80}$"
)


def _tense_en(text: str, start: int, end: int, headline: bool) -> Tense:
    before = text[max(0, start - 160) : start]
    near = before[max((m.end() for m in _BREAK_EN.finditer(before)), default=0) :]
    word = re.match(r"[a-z]+", text[start:end])
    verb = word[0] if word else ""
    return _refused_en(before, near, verb) or _told_en(text, end, before, near, verb, headline)


def _refused_en(before: str, near: str, verb: str) -> Tense | None:
    """Why the act is not told at all, or PLANNED."""
    if _NOT_EN.search(near[-45:]) or _NO_EN.search(before):
        return Tense.DENIED
    if _IF_EN.search(near):
        return Tense.CONDITIONAL
    if _PLANNED_EN.search(near):
        return Tense.PLANNED
    gerund = verb.endswith("ing") and verb not in ("opening", "signing")
    purpose = (gerund and _PURPOSE_EN.search(near)) or ((gerund or _NOUN_WORD.match(verb)) and _FOR_THE_EN.search(near))
    wished = _INTENDED_EN.search(near) and not _DONE_EN.search(near)
    return Tense.INTENDED if purpose or wished else None


def _told_en(text: str, end: int, before: str, near: str, verb: str, headline: bool) -> Tense:
    participle = bool(_PAST_WORD.match(verb))
    if participle and not headline and _AFTER_NAME_EN.search(before) and _MAIN_VERB_EN.search(text, end):
        return Tense.CONDITIONAL  # "the Platform established by the two institutions was launched" tells of the launch
    if participle and _AND_EN.search(near):
        auxiliaries = _AUXILIARY_EN.findall(near)
        if auxiliaries and auxiliaries[-1].startswith(("will", "shall", "to")):
            return Tense.FUTURE
    if _FUTURE_EN.search(near) and not _DONE_EN.search(near) and (not participle or _BE_EN.search(near) or verb in ("set", "put")):
        return Tense.FUTURE
    if _NOUN_WORD.match(verb) and not re.search(r"\b(?:to|will)\s(?:\w+ly\s)?$", near):
        return Tense.PAST if headline or _ATTENDED_EN.search(before) else Tense.UNSURE
    return Tense.PAST if participle or (headline and not verb.endswith("ing")) else Tense.UNSURE


_STOP_ZH = re.compile(r"[,;:，；：。]")
_NOT_ZH = re.compile(r"(?:未(?!來)|沒有|並無|並沒|不會|不擬|無意|毋須|無須|不再|不能|未能|暫無|訛稱|聲稱|假冒)[^,;]{0,10}$")
_IF_ZH = re.compile(r"(?:若|如(?!期|常|今|下|何以)|倘|假如|一旦|會否|是否|何時|能否|可否|一經)[^,;]{0,40}$")
_AFTER_ZH = re.compile(r"[^,;。]{0,12}(?:後|之前|前)(?:,|方|才)")
_PURPOSE_ZH = re.compile(r"(?:(?<![作成認視])為(?!期)|以|用作|用以|至於)[^,]{0,10}$")
_WILL_ZH = re.compile(r"(?:將(?!軍|來)|即將|(?<![社員法機大協學議都])會(?![議員見面計場址展]))[^,;]{0,40}$")
_WILL_BEFORE_ZH = re.compile(r"將(?!軍|來)(?:會)?$")
_PLANNED_ZH = re.compile(r"(?:擬於|預計|預期|定於|訂於|安排於|計劃於)[^,;]{0,30}$")
_WISHES_ZH = (
    *("計劃", "爭取", "目標", "希望", "期望", "預計", "預期", "建議", "考慮", "研究", "籌備", "準備", "適時", "有意", "正在"),
    *("正(?=籌|研|就|與|積極|進行|審|開發|推)", "可(?=於|在|望|以|能|透過|由|按)", "應(?=當|該|在|於|盡|可|予)", "須", "必須", "需要", "擬(?!議)"),
    *("有助", "旨在", "以便", "讓", "推動", "促進", "協助", "鼓勵", "邀請", "呼籲", "繼續", "盡快", "容後", "稍後", "原訂", "原定", "如何"),
)
_INTENDED_ZH = re.compile(rf"(?:{'|'.join(_WISHES_ZH)})[^,;]{{0,24}}$")
_INTENTION_NOUN_ZH = re.compile(r"(?:計劃|研究|建議|目標)(?=[》」)的今已於在由將])")
_VAGUE_ZH = re.compile(
    r"(?:年底|年中|年初|年內|季度?內?|半年內?|月內|稍後|未來|料|(?:明年|下月|下周|後年)(?![○一二三四五六七八九十\d]))[^,。]{0,10}$"
)
_DONE_ZH = re.compile(r"已[^,;]{0,28}$")


def _tense_zh(text: str, start: int, end: int, headline: bool) -> Tense:
    before = text[max(0, start - 60) : start]
    near = before[max((m.end() for m in _STOP_ZH.finditer(before)), default=0) :]
    if _NOT_ZH.search(near):
        return Tense.DENIED
    after = text[end : end + 16]
    if _IF_ZH.search(near) or _AFTER_ZH.match(after) or after.startswith("的") or _PURPOSE_ZH.search(near):
        return Tense.CONDITIONAL
    if _PLANNED_ZH.search(near):
        return Tense.PLANNED
    if _WILL_ZH.search(near) or _WILL_BEFORE_ZH.search(before):
        return Tense.FUTURE
    return _told_zh(near, after, headline)


def _told_zh(near: str, after: str, headline: bool) -> Tense:
    if _DONE_ZH.search(near) or after.startswith("了"):
        return Tense.PAST
    if _VAGUE_ZH.search(near) or _INTENDED_ZH.search(_INTENTION_NOUN_ZH.sub("", near)):
        return Tense.INTENDED
    return Tense.PAST if headline else Tense.UNSURE
