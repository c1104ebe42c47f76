import pytest

from milestones.detection.tense import Tense, tense


def told(text: str, verb: str, language: str, *, headline: bool = False) -> Tense:
    start = text.index(verb)
    return tense(text, start, start + len(verb), headline=headline, language=language)


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("the government published the bill today", "published", Tense.PAST),
        ("the bill was gazetted today", "gazetted", Tense.PAST),
        ("the bill will be gazetted on friday", "gazetted", Tense.FUTURE),
        ("the bill will be published on friday and introduced into legco", "introduced", Tense.FUTURE),
        ("the orders are scheduled to take effect on july 18", "take", Tense.PLANNED),
        ("the government plans to launch the scheme", "launch", Tense.INTENDED),
        ("it is considering the launch of the scheme", "launch", Tense.INTENDED),
        ("it announced the timetable for establishing the centre", "establishing", Tense.INTENDED),
        ("the hkma has not granted any licence", "granted", Tense.DENIED),
        ("no licence has been granted so far", "granted", Tense.DENIED),
        ("if the bill is passed today", "passed", Tense.CONDITIONAL),
        ("the xxxxxxxx established by the two bodies was launched today", "established", Tense.CONDITIONAL),
        ("the secretary attended the opening of the centre", "opening", Tense.PAST),
        ("the committee (may 16) approved funding", "approved", Tense.PAST),
        ("the order, under which drones may fly with permission, came into operation", "came", Tense.PAST),
        ("the bureau, which plans to extend the scheme, launched it", "launched", Tense.PAST),
        ("the bureau announced that the scheme would be opened on october 1", "opened", Tense.FUTURE),
        ("the scheme would be opened", "opened", Tense.INTENDED),
        ("a newspaper reported that the scheme had been launched", "launched", Tense.CONDITIONAL),
        ("unless they are amended they will come into operation", "come", Tense.FUTURE),
        ("the centre would come into being", "come", Tense.INTENDED),
    ],
)
def test_english(text: str, verb: str, expected: Tense) -> None:
    assert told(text, verb, "en") is expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("條例草案已於十二月六日刊憲", "刊憲", Tense.PAST),
        ("條例草案將於十二月十八日提交立法會首讀", "提交", Tense.FUTURE),
        ("擬於七月十八日生效", "生效", Tense.PLANNED),
        ("政府正籌備推出計劃", "推出", Tense.INTENDED),
        ("政府計劃於年內推出", "推出", Tense.PLANNED),
        ("局方爭取年底推出", "推出", Tense.INTENDED),
        ("平台尚未啟用", "啟用", Tense.DENIED),
        ("若獲通過", "通過", Tense.CONDITIONAL),
        ("獲立法會通過的條例", "通過", Tense.CONDITIONAL),
        ("立法會會議上動議二讀", "動議", Tense.UNSURE),
        ("局長許正宇今日公布", "公布", Tense.UNSURE),
        ("證監會今日發表", "發表", Tense.UNSURE),
        ("今年會推出服務", "推出", Tense.FUTURE),
        ("專注低碳材料的企業簽訂", "簽訂", Tense.UNSURE),
        ("研究中心十月成立", "成立", Tense.UNSURE),
        ("成立監管中心的時間表", "成立", Tense.CONDITIONAL),
        ("新聞稿原文指,中心已啟用", "啟用", Tense.CONDITIONAL),
    ],
)
def test_chinese(text: str, verb: str, expected: Tense) -> None:
    assert told(text, verb, "zh") is expected


def test_headlines_tell_in_the_present() -> None:
    assert told("hong kong and wipo sign mou", "sign", "en", headline=True) is Tense.PAST
    assert told("bill to be gazetted on friday", "gazetted", "en", headline=True) is Tense.FUTURE


def test_only_what_is_told_tells() -> None:
    assert {t for t in Tense if t.tells} == {Tense.PAST, Tense.FUTURE, Tense.PLANNED, Tense.UNSURE}
