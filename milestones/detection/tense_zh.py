"""Chinese: the words before the verb, within its clause, say whether it is done, to come, or only meant."""

import re

from milestones.detection.tenses import Tense

_STOP = re.compile(r"[,;:，；：。]")
_NOT = re.compile(r"(?:未(?!來)|沒有|並無|並沒|不會|不擬|無意|毋須|無須|不再|不能|未能|暫無|訛稱|聲稱|假冒)[^,;]{0,10}$")
_IF = re.compile(r"(?:若|如(?!期|常|今|下|何以)|倘|假如|一旦|會否|是否|何時|能否|可否|一經)[^,;]{0,40}$")
_AFTER = re.compile(r"[^,;。]{0,12}(?:後|之前|前)(?:,|方|才)")
_OF = re.compile(r"的(?!結果|報告|總結|建議|詳情)")
_HEARSAY = re.compile(
    r"(?:報道|報章|據報|流傳|傳聞|原文|有意見|有指|宣稱|自稱|留意到)[^。;]{0,60}$|(?:歡迎|就|獲悉|得悉|知悉)[^。;]{0,24}(?:企業|公司|機構|銀行|發展商|營辦商|營運商|集團)(?:宣布|公布|表示)[^。;]{0,60}$"
)
_NOUN = re.compile(r"[^,。;]{0,40}的?(?:時間表|路線圖|籌備工作|準備工作|籌備進度|日期|可行性)")
_LASTED = re.compile(r"[^,。;]{0,16}(?:以來|接近[^,。;]{1,4}年|[^,。;]{1,3}多年)")
_PURPOSE = re.compile(r"(?:(?<![作成認視])為(?!期)|(?<!所)以(?!來|下|上|及|外|往)|用作|用以|至於)[^,]{0,10}$")
_WILL = re.compile(
    r"(?:將(?!軍|來)|即將|(?<![社員法機大協學議監商工金聯總峰覽討者談介布流待事資公晚盛樂國部餐酒聚宴茶展教旅體童科都])(?<![^今明後本]年)會(?![議員見面計場址展]))[^,;]{0,40}$"
)
_WILL_BEFORE = re.compile(r"將(?!軍|來)(?:會)?$")
_PLANNED = re.compile(r"(?:擬於|預計|預期|定於|訂於|安排於|計劃於)[^,;]{0,30}$")
_WISHES = (
    *(
        "計劃",
        "爭取",
        "目標",
        "希望",
        "期望",
        "預計",
        "預期",
        "建議",
        "考慮",
        "研究(?!中心|院|所|人員|機構|項目|配對|基金|資助|生|員|及|局|開發|設施|平台|報告|結果|成果|和|與|團隊|學會|型|大學)",
        "籌備",
        "準備",
        "適時",
        "有意",
        "正在",
    ),
    *("正(?=籌|研|就|與|積極|進行|審|開發|推)", "可(?=於|在|望|以|能|透過|由|按)", "應(?=當|該|在|於|盡|可|予)", "須", "必須", "需要", "擬(?!議)"),
    *("有助", "旨在", "以便", "讓", "推動", "促進", "協助", "鼓勵", "邀請", "呼籲", "繼續", "盡快", "容後", "稍後", "原訂", "原定", "如何"),
)
_INTENDED = re.compile(rf"(?:{'|'.join(_WISHES)})[^,;]{{0,24}}$")
_INTENTION_NOUN = re.compile(r"(?:計劃|研究|建議|目標)(?=[》」)的今已於在由將])")
_TOPIC = re.compile(r"就[^,。]{2,60}?(?:建議|計劃|研究|目標|方案|安排|事宜|工作|檢討|制度|服務)(?=[^,。]{0,8}$)")
_VAGUE = re.compile(
    r"(?:年底|年中|年初|年內|季度?內?|半年內?|月內|稍後|未來|(?<![材資原飲燃食顏塗布衣肥物])料|(?:明年|下月|下周|後年)(?![○一二三四五六七八九十\d]))[^,。]{0,10}$"
)
_BARE_MONTH = re.compile(r"[一二三四五六七八九十\d]月(?:初|中|底|內|份)?(?:起|在|於|正式|全面)?[^,。;月日]{0,4}$")
"""In a headline (十二月開幕) a month without its year is one to come."""
_DONE = re.compile(r"已[^,;]{0,28}$")


def tense(text: str, start: int, end: int, headline: bool, since: int) -> Tense:
    """See `tense.tense`."""
    before = text[max(0, start - 60) : start]
    near = before[max((m.end() for m in _STOP.finditer(before)), default=0) :]
    if _NOT.search(near):
        return Tense.DENIED
    after = text[end : end + 16]
    if _HEARSAY.search(before) or _NOUN.match(text, end) or ("自" not in near and _LASTED.match(text, end)):
        return Tense.CONDITIONAL
    if _IF.search(near) or _AFTER.match(after) or _OF.match(after) or _PURPOSE.search(near):
        return Tense.CONDITIONAL
    if _PLANNED.search(near):
        return Tense.PLANNED
    if _WILL.search(near) or _WILL_BEFORE.search(before):
        return Tense.FUTURE
    return _told(near[max(0, len(near) - (start - since)) :] if since else near, after, headline)


def _told(near: str, after: str, headline: bool) -> Tense:
    if _DONE.search(near) or after.startswith("了"):
        return Tense.PAST
    if _VAGUE.search(near) or _INTENDED.search(_INTENTION_NOUN.sub("", _TOPIC.sub("", near))):
        return Tense.INTENDED
    if headline and _BARE_MONTH.search(near):
        return Tense.INTENDED
    return Tense.PAST if headline else Tense.UNSURE
