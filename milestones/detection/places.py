"""Whether an act is told of another place: places and nationalities near it, and what shows that it is Hong Kong's own all the same."""

import re

_ELSEWHERE_EN = re.compile(
    r"\b(?:united kingdom|uk|britain|british|england|english law|london|gibraltar"
    r"|guernsey|scotland|united states|us congress|u\.s\.|american?s?|washington"
    r"|new york|canad(?:a|ian)|toronto|mexic(?:o|an)|brazil(?:ian)?|chile(?:an)?"
    r"|santiago|argentin\w+|europe(?:an union|an)?|eu|brussels|frankfurt|eurosystem"
    r"|german[sy]?|germany|berlin|munich|french|france|paris|ital(?:y|ian)|milan"
    r"|rome|spain|spanish|madrid|portug\w+|lisbon|dutch|netherlands|rotterdam"
    r"|belgi\w+|swiss|switzerland|geneva|zurich|austria\w*|vienna|denmark|danish"
    r"|swed(?:en|ish)|norw\w+|fin(?:land|nish)|ireland|irish|dublin|pol(?:and|ish)"
    r"|israel\w*|turk(?:ey|ish)|russia\w*|ukrain\w+|saudi|riyadh|uae|emirates?"
    r"|emirati|dubai|abu dhabi|qatar\w*|gulf|bahrain|kuwait|egypt\w*|africa\w*"
    r"|nigeria\w*|kenya\w*|india[ns]?|mumbai|delhi|pakistan\w*|bangladesh\w*|sri lanka\w*|maldiv\w+|nepal\w*|singapore\w*|malaysia\w*|kuala lumpur"
    r"|indonesia\w*|jakarta|thai(?:land)?|bangkok|vietnam\w*|hanoi|philippin\w+"
    r"|manila|cambodia\w*|japan(?:ese)?|tokyo|osaka|saitama|sapporo|korean?s?"
    r"|seoul|busan|ulsan|jeju|taiwan\w*|taipei|macao(?! greater)|macau|mainland|shenzhen|guangzhou|dongguan|foshan|zhuhai|huizhou|zhongshan|jiangmen"
    r"|guangdong(?!-hong)|qianhai|nansha|hengqin|beijing|shanghai|tianjin|chongqing"
    r"|chengdu|hangzhou|suzhou|wuhan|xiamen|fujian|zhejiang|jiangsu|sichuan"
    r"|hainan|hubei|hunan|xiong'an|australia\w*|sydney|melbourne|new zealand\w*|wellington|peru\w*|lima|kazakh\w+|uzbek\w+|mongolia\w*|overseas"
    r"|foreign|elsewhere|abroad|other (?:places|jurisdictions|countries|economies|cities)|neighbouring (?:city|cities|place)|that country)\b"
)
_HERE_EN = re.compile(
    r"\b(?:hong kong|hksar|hkma|sfc|the government|legco|legislative council"
    r"|the (?:financial |chief )?secretary|secretary for|commissioner (?:for|of)"
    r"|director (?:of|general)|the chief executive|permanent secretary|in the gazette|gazetted"
    r"|local(?:ly)?|cyberport|science park|the (?:\w+ ){1,5}(?:department|bureau|corporation))\b"
)
_ELSEWHERE_ZH = re.compile(
    r"英國|倫敦|美國|華盛頓|紐約|加拿大|墨西哥|巴西|智利|秘魯|阿根廷|歐盟|歐洲|歐元區|布魯塞爾|法蘭克福|德國|法國|巴黎|意大利|西班牙|葡萄牙|荷蘭|鹿特丹|比利時"
    r"|瑞士|日內瓦|蘇黎世|奧地利|丹麥|瑞典|挪威|芬蘭|愛爾蘭|波蘭|以色列|土耳其|俄羅斯|烏克蘭|沙特|利雅得|阿聯酋|阿拉伯|迪拜|杜拜|阿布扎比|卡塔爾|埃及|非洲"
    r"|印度|印尼|巴基斯坦|孟加拉|斯里蘭卡|馬爾代夫|尼泊爾|新加坡|星洲|馬來西亞|吉隆坡|雅加達|泰國|曼谷|越南|河內|菲律賓|馬尼拉|柬埔寨|日本|東京|大阪|札幌|韓國|南韓"
    r"|首爾|釜山|台灣|台北|澳門|內地(?!與香港|和香港)|深圳|廣州|東莞|佛山|珠海|惠州|中山市|江門|肇慶|廣東|前海|南沙|橫琴|北京|上海|天津|重慶|成都|杭州|蘇州|武漢"
    r"|廈門|福建|浙江|江蘇|四川|海南|湖北|湖南|雄安|澳洲|悉尼|新西蘭|哈薩克|蒙古|海外|外國|外地|別國|該國|當地|鄰近城市|鄰埠|其他(?:地方|地區|國家|城市|司法管轄區)"
)
_HERE_ZH = re.compile(
    r"香港|本港|港府|特區|立法會|金管局|證監會|(?:局|署|處)長|司長|行政長官|(?<![市省國縣洲區地])政府|本地|在港|憲報|刊憲|兩地|數碼港|科學園|港投"
)


def is_elsewhere(text: str, start: int, language: str) -> bool:
    """Whether what stands at `start` of a folded sentence is told of another place: one is named before it, and nothing of Hong Kong beside it."""
    elsewhere, here = (_ELSEWHERE_ZH, _HERE_ZH) if language == "zh" else (_ELSEWHERE_EN, _HERE_EN)
    return bool(elsewhere.search(text, 0, start)) and not here.search(text[: start + 12] if language == "zh" else text)


def is_about_elsewhere(text: str, language: str) -> bool:
    """Whether a whole sentence speaks of another place only."""
    return is_elsewhere(text, len(text), language)


def is_here(text: str, language: str) -> bool:
    """Whether a sentence names Hong Kong or one of its bodies."""
    return bool((_HERE_ZH if language == "zh" else _HERE_EN).search(text))
