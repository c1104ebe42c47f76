"""What counts as an act of each kind: a family of phrases, and the kinds that it can mean.

One phrase can mean several kinds ("launched" a scheme, a service, a trial): what the subject can do, and the nouns beside the
phrase, decide. The phrases stand in `acts_en` and `acts_zh`.
"""

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from milestones.detection import acts_en, acts_zh, cues
from milestones.domain.commitments import Subject
from milestones.domain.events import Kind

LEGISLATIVE = frozenset(
    {
        Kind.BILL_GAZETTED,
        Kind.BILL_FIRST_READING,
        Kind.BILL_SECOND_READING_RESUMED,
        Kind.BILL_PASSED,
        Kind.BILL_WITHDRAWN,
        Kind.BILL_LAPSED,
        Kind.ORDINANCE_GAZETTED,
        Kind.ORDINANCE_COMMENCED,
        Kind.SUBSIDIARY_LEGISLATION_GAZETTED,
        Kind.SUBSIDIARY_LEGISLATION_TABLED,
    }
)
"""Stages of making law: they are told in set phrases with the instrument's title, so that their days can be trusted."""

FAMILIES: dict[str, tuple[Kind, ...]] = {
    "gazette": (Kind.SUBSIDIARY_LEGISLATION_GAZETTED, Kind.ORDINANCE_GAZETTED, Kind.BILL_GAZETTED),
    "first_reading": (Kind.BILL_FIRST_READING,),
    "second_reading": (Kind.BILL_SECOND_READING_RESUMED,),
    "pass": (Kind.BILL_PASSED,),
    "withdraw": (Kind.BILL_WITHDRAWN,),
    "lapse": (Kind.BILL_LAPSED,),
    "table": (Kind.SUBSIDIARY_LEGISLATION_TABLED,),
    "commence": (Kind.ORDINANCE_COMMENCED, Kind.SCHEME_LAUNCHED, Kind.SERVICE_LAUNCHED, Kind.TRIAL_STARTED, Kind.FACILITY_OPENED),
    "propose": (Kind.LEGISLATIVE_PROPOSAL,),
    "consult": (Kind.CONSULTATION_LAUNCHED,),
    "conclude": (Kind.CONSULTATION_CONCLUDED,),
    "invite": (Kind.APPLICATIONS_OPENED,),
    "award": (Kind.FUNDING_AWARDED, Kind.LICENCE_GRANTED),
    "fund": (Kind.FUNDING_APPROVED,),
    "license": (Kind.LICENCE_GRANTED,),
    "sign": (Kind.AGREEMENT_SIGNED,),
    "trial": (Kind.TRIAL_STARTED,),
    "commission": (Kind.STUDY_COMMISSIONED,),
    "report": (Kind.STUDY_COMPLETED,),
    "establish": (Kind.BODY_ESTABLISHED, Kind.FACILITY_OPENED, Kind.SCHEME_LAUNCHED),
    "inaugurate": (Kind.BODY_ESTABLISHED, Kind.FACILITY_OPENED, Kind.SERVICE_LAUNCHED, Kind.SCHEME_LAUNCHED),
    "form": (Kind.BODY_ESTABLISHED,),
    "meeting": (Kind.BODY_ESTABLISHED,),
    "appoint": (Kind.APPOINTMENT,),
    "open": (Kind.FACILITY_OPENED, Kind.SERVICE_LAUNCHED),
    "launch": (Kind.SCHEME_LAUNCHED, Kind.SERVICE_LAUNCHED, Kind.TRIAL_STARTED, Kind.FACILITY_OPENED, Kind.BODY_ESTABLISHED),
    "publish": (Kind.POLICY_PUBLISHED, Kind.STUDY_COMPLETED),
    "meet": (Kind.TARGET_MET,),
    "delay": (Kind.DELAYED,),
    "cancel": (Kind.CANCELLED,),
}
"""The kinds that a family of phrases can mean, the likeliest first."""

GENERAL = frozenset({"launch", "open", "establish", "publish", "commence", "appoint", "inaugurate"})
"""Families of single verbs, which give way where the same verb begins a longer phrase ("launched a public consultation")."""

STATED = frozenset({"meet", "delay", "cancel"})
"""Families whose day is the day of the statement where no other is given."""

_NOUNS = {
    Kind.LICENCE_GRANTED: r"\blicen[cs]|\bsandbox|\bregistration\b|沙盒|牌照|註冊",
    Kind.TRIAL_STARTED: r"\btrials?\b(?! (?:institute|collaboration|platform|centre))|\bpilot\b(?! lines?)"
    r"|\btest(?:s|ing)?\b|\bsandbox|transactions|試驗(?!所|協作|平台|中心|機構)|試點|試飛|試行|沙盒|測試",
    Kind.FACILITY_OPENED: r"\bcentres?\b|\bcenters?\b|\bfacilit|\bstations?\b|\blaborator|\binstitute\b"
    r"|中心|設施|實驗室|研究所|研究院|加氫站|大樓|\bpilot lines?\b|中試線",
    Kind.BODY_ESTABLISHED: r"\bcommittee\b|\bworking group\b|\balliance\b|\bpanel\b|\bgroup\b|\btask force\b|小組|委員會|聯盟|專班",
    Kind.SERVICE_LAUNCHED: r"\bservices?\b|\bplatforms?\b|\bsystem\b|\bportal\b|\bphase \d|服務|平台|系統|第[一二三]期",
    Kind.SCHEME_LAUNCHED: r"\bschemes?\b|\bprogrammes?\b|\bfunds?\b|\bmechanism\b|\bround\b|\bregime\b|計劃|基金|機制|制度",
    Kind.STUDY_COMPLETED: r"\breports?\b|\bstudy\b|\bsurvey\b|\bfindings\b|報告|研究|調查|統計",
}
_NOUN_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _NOUNS.items()}

_INSTRUMENTS = (
    (
        Kind.SUBSIDIARY_LEGISLATION_GAZETTED,
        re.compile(
            r"\b(?:notices?|regulations?|orders?|rules|subsidiary legislation|commencement)\b"
            r"|公告|規例|規則|附屬法例|(?<!法|命|指)令(?:》|\(|$)|生效日期"
        ),
    ),
    (Kind.BILL_GAZETTED, re.compile(r"\bbill\b|條例草案|法案")),
    (Kind.ORDINANCE_GAZETTED, re.compile(r"\bordinances?\b|\bcap\. ?\d|條例|第\d+[a-z]*章")),
)
"""What is printed in the Gazette decides which kind of gazettal it is; a Notice under an Ordinance is a Notice."""

_LAW = re.compile(
    r"\b(?:bills?|ordinances?|orders?|regulations?|notices?|rules|instruments?"
    r"|amendments?|legislation|regime|provisions|law)\b|條例|規例|規則|公告|附屬法例|法例|制度|令(?:》|\(|$)"
)
_EVENT_NAME = re.compile(r"\b(?:forum|summit|conference|expo|fair|show|convention|week)\b|論壇|峰會|會議|展覽|書展|年會")
_BILL = re.compile(r"\b(?:bill|ordinance|legislat\w+|law|amendments?)\b|草案|法案|立法|修例|法例|條例|修訂")


@dataclass(frozen=True, slots=True)
class Act:
    """A phrase of a family in a folded sentence; `verb` is where its verb stands, which carries the tense."""

    family: str
    start: int
    end: int
    verb: int


@dataclass(frozen=True, slots=True)
class _Families:
    """The phrases of one language, and the automaton of their cues; `of_cue[i]` are the families that the i-th cue may begin."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    cues: AhoCorasick
    of_cue: tuple[frozenset[str], ...]


@cache
def _families(language: str) -> _Families:
    patterns, cues_of = (acts_zh.PATTERNS, cues.CHINESE) if language == "zh" else (acts_en.PATTERNS, cues.ENGLISH)
    words = sorted({cue for of_family in cues_of.values() for cue in of_family})
    return _Families(
        patterns=tuple((family, re.compile("|".join(phrases))) for family, phrases in patterns.items()),
        cues=AhoCorasick(words, matchkind=MatchKind.Standard),
        of_cue=tuple(frozenset(family for family, begins in cues_of.items() if cue in begins) for cue in words),
    )


_MOST = 40
"""Acts of a sentence that are looked at; real ones have fewer than ten."""


def acts_in(text: str, language: str) -> list[Act]:
    """Every act in a folded sentence. Of two of one family that overlap the first."""
    families = _families(language)
    possible = frozenset().union(*(families.of_cue[i] for i, _, _ in families.cues.find_matches_as_indexes(text, overlapping=True)))
    found = []
    for family, pattern in families.patterns:
        if family in possible:
            for m in pattern.finditer(text):
                verb = next((m.start(name) for name in pattern.groupindex if m[name]), m.start())
                found.append(Act(family, m.start(), m.end(), verb))
    return sorted(found, key=lambda a: (a.start, a.end))[:_MOST]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The kind that an act means; not `sure` where it is the likeliest of several, and neither words nor the registry decide."""

    kind: Kind
    sure: bool


def meaning_of(act: Act, subject: Subject, completing: frozenset[Kind], name: str, beside: tuple[str, str, str]) -> Meaning | None:
    """Which of the subject's kinds the act means. `completing` are those that complete its target: they decide where the words do not.

    `name` are the words that name the subject, `beside` those between act and subject, those around the act, and the whole sentence.
    """
    possible = [k for k in FAMILIES[act.family] if k in subject.kinds and _can_be(act.family, k, name, beside[0], beside[-1])]
    if len(possible) < 2:
        return Meaning(possible[0], sure=True) if possible else None
    if act.family == "establish" and not _NOUN_PATTERNS[Kind.SCHEME_LAUNCHED].search(name):
        return Meaning(possible[0], sure=True)
    official = " ".join((*subject.names_en[:1], *subject.names_zh[:1])).lower()
    for words in (beside[0], name, official):
        told = next((k for k in possible if k in _NOUN_PATTERNS and _NOUN_PATTERNS[k].search(words)), None)
        if told:
            return Meaning(told, sure=told is not Kind.FACILITY_OPENED or act.family != "launch")
    decided = [k for k in possible if k in completing]
    if len(decided) == 1:
        return Meaning(decided[0], sure=True)
    told = next((k for k in possible if k in _NOUN_PATTERNS and _NOUN_PATTERNS[k].search(beside[1])), None)
    return Meaning(told or possible[0], sure=act.family == "commence")


def _instrument(words: str) -> Kind | None:
    return next((kind for kind, pattern in _INSTRUMENTS if pattern.search(words)), None)


def _can_be(family: str, kind: Kind, name: str, nearer: str, around: str) -> bool:
    """Whether what is named can undergo the act: a forum that opens is no service, and only an instrument is gazetted or commences."""
    if family == "gazette":
        return (_instrument(nearer) or _instrument(name) or _instrument(around)) is kind
    if kind is Kind.ORDINANCE_COMMENCED:
        return bool(_LAW.search(name) or _LAW.search(around))
    if family in ("first_reading", "second_reading", "pass", "withdraw", "lapse"):
        return bool(_BILL.search(name)) and _instrument(name) is not Kind.SUBSIDIARY_LEGISLATION_GAZETTED
    return not (family == "open" and _EVENT_NAME.search(name))
