"""English phrases of acts, on folded (lower-case) sentences, several to a family.

Groups `v`, `w`, `x` ... : the verb that carries the tense where it is not the first word.
"""


def _gap(width: int) -> str:
    return rf"[^.;]{{0,{width}}}?"


_LEGCO = r"(?:the )?(?:legislative council|legco|council)\b"
_DOCUMENT = (
    r"(?:policy statements?|statement|action plan|road ?map|timetable|strateg(?:y|ies)|blueprint|framework|guidelines?|guidance|circular"
    r"|code of practice|targets?|outline|development plan|standards?|materials|approach|plan\b|measures|white paper)"
)
_ISSUED = r"(?:publish(?:ed|es|ing)?|releas(?:ed|es|e|ing)|issu(?:ed|es|e|ing)|announc(?:ed|es|e|ing)|put out|upload(?:ed)?)"
_BEGUN = r"(?:launch(?:ed|es|ing)?|commenc(?:ed|es|e|ement of|ing)|start(?:ed|s|ing)?(?: of)?|beg(?:an|ins?|in|un)|kick(?:ed|s)? off|open(?:ed|s)?)"
_ASKED_FOR = r"(?:applications?|proposals?|bids|nominations|expressions? of interest|submi(?:t|ssions?)|apply|applicants)"
_CONSULTATIONS = r"consultations?\b(?! conclusions| (?:session|service|group|panel|committee)s?)"
_INQUIRIES = r"(?:consultan(?:t|ts|cy)|stud(?:y|ies)|review|survey)"
_PUT_FORWARD = (
    r"(?:submit(?:s|ted)?|present(?:s|ed)?|put(?:s)? forward|put|brief(?:s|ed)?|consult(?:s|ed)?|report(?:s|ed)?|explain(?:s|ed)?|issu(?:ed|es)"
    r"|releas(?:ed|es)|publish(?:ed|es)|announc(?:ed|es)|unveil(?:ed|s)?|outlin(?:ed|es)|propos(?:ed|es)|sets? out|introduc(?:ed|es))"
)
_MADE_PUBLIC = (
    r"(?:publish(?:ed|es)?|issu(?:ed|es|e)|releas(?:ed|es|e)|announc(?:ed|es|e)|promulgat(?:ed|es|e)|unveil(?:ed|s)?|sets? out|made public"
    r"|mak(?:es|e) public|put(?:s)? out|draw(?:n|s)? up|formulat(?:ed|es))"
)
_REACHED = (
    r"(?:met|meets|achiev(?:ed|es|ement of)|attain(?:ed|s)?|exceed(?:ed|s)?|reach(?:ed|es)?|surpass(?:ed|es)?|fulfil(?:led|s)?|hit|deliver(?:ed|s)?)"
)
_OPENED = r"(?:accepted|invited|opens?|opened|starts?|started|commences?|commenced|begins?|received)"
_AWARDED = r"(?:award(?:ed|s|ing)?|grant(?:ed|s)|approv(?:ed|es|al of)|disburs(?:ed|es)|select(?:ed|s)|admit(?:ted|s))"
_BODIES_FUNDED = (
    r"(?:projects?|applications?|subsid(?:y|ies)|applicants|laborator(?:y|ies)|proposals|grants?|fund managers?|accelerators?|institutions)"
)
_TRIALS = r"(?:trials?|pilots?|test flights?|trial (?:flights?|operations?|runs?)|real-value transactions|experiments?|pilot projects?)"
_PAPERS = r"(?:memorand(?:um|a)(?: of understanding)?|agreements?|mous?|protocol|arrangements?)"
_STUDIES = r"(?:reports?|stud(?:y|ies)|survey|findings|results|recommendations)"
_LICENCES = r"(?:licen[cs]es?|authori[sz]ations?|permits?|registrations?)"

PATTERNS: dict[str, tuple[str, ...]] = {
    "gazette": (
        r"\bgazett(?:ed|es|e|ing|al)\b",
        rf"\bpublish(?:ed|es|ing)?\b{_gap(220)}\bin the (?:government |hong kong )?gazette\b",
    ),
    "first_reading": (
        rf"\b(?:introduc(?:ed|es|e|ing)|present(?:ed)?|submit(?:ted)?|read|receiv(?:ed|e))\b{_gap(140)}\bfirst (?:and second )?reading\b",
        rf"\b(?:introduc(?:ed|e|es)|tabl(?:ed|e)|present(?:ed)?|submit(?:ted)?) (?:it |the bill |a bill )?(?:in|into|to|at) {_LEGCO}",
        r"\bfirst reading\b",
        r"\bmov(?:ed|es|ing|e) (?:the )?second reading of\b",
    ),
    "second_reading": (
        r"\bsecond reading debates?\b[^.;]{0,500}?\b(?P<v>resum(?:ed|es|e|ption)|continued?)\b",
        r"\b(?:resum(?:ed|es|e|ing|ption)|continu(?:ed|es|e|ing))(?: of)? (?:the )?(?:debate on (?:the )?)?second reading\b",
        r"\bresumption of (?:the )?(?:second reading )?debate\b",
        r"\bcommittee(?: of the whole council)? stage\b",
    ),
    "pass": (
        r"\bpassage (?:of|by|through)\b",
        r"\b(?:was|were|been|be) (?P<v>passed)\b",
        rf"\bpassed by {_LEGCO}",
        rf"\b{_LEGCO}[^.;,]{{0,50}}? (?:(?:has|had) )?(?P<w>pass(?:ed|es))\b",
        r"\bpassed (?:the )?(?:\w+ )?(?:bill|third reading)\b",
    ),
    "withdraw": (r"\bwithdr(?:awn|ew|awal of|aw)\b",),
    "lapse": (r"\blaps(?:ed|es|e)\b",),
    "table": (
        rf"\btabl(?:ed|es|e|ing)\b(?: (?:in|at|before) {_LEGCO})?",
        rf"\bla(?:id|y) (?:on the table|before {_LEGCO})",
        rf"\bsubmit(?:ted|s)? to {_LEGCO} for (?:negative|positive) vetting",
    ),
    "commence": (
        r"\b(?:c[oa]mes?|coming|brought|bring|put|enter(?:s|ed)?) into (?:full )?(?:operation|effect|force|service|use)\b",
        r"\bt(?:ake|akes|ook|aking|aken)(?: full| immediate)? effect\b",
        r"\bcommenc(?:es|ed|e|ement)(?: of)? operation\b",
        r"\bimplement(?:ed|ation)?\b(?=[^.;]{0,40}\b(?:from|on|today|starting|effect)\b)",
        r"\bwith effect from\b",
        r"\beffective (?:from|on)\b",
        r"\b(?:appoint|specif)\w+\b[^.;]{0,80}\bas the (?:day|date)\b(?: on which\b)?",
        r"\bin force (?:from|since|on)\b",
        r"\bcommences? on\b",
    ),
    "propose": (
        rf"\b{_PUT_FORWARD}\b{_gap(150)}\b(?:legislative (?:proposals?|amendments?|framework)|proposed amendments?|proposals?|paper)\b",
        rf"\bpropos(?:ed|es|ing)\b{_gap(40)}\b(?:to amend|amending|amendments? to|that)\b",
    ),
    "consult": (
        rf"\b(?:{_BEGUN}|conduct(?:ed|s)?|carr(?:ied|ies) out|embark(?:ed|s)? on)\b{_gap(90)}\b{_CONSULTATIONS}",
        rf"\b{_ISSUED}\b{_gap(60)}\bconsultation (?:papers?|documents?)\b",
        r"\bconsults? (?:the )?(?:public|industry|trade|stakeholders|market)\b",
        r"\b(?:seek|sought|invit(?:ed|es|e)|solicit(?:ed|s)?)\b[^.;]{0,30}\b(?:views|comments|opinions)\b",
        r"\bconsultations?\b[^.;]{0,120}?\b(?P<v>launched|commences?|commenced|starts?|started|begins?|began|opens?|opened)\b",
        r"\bviews sought\b",
    ),
    "conclude": (
        rf"\b{_ISSUED}\b{_gap(90)}\b(?:conclusions|outcome|results?|report)\b{_gap(60)}\bconsultations?\b",
        rf"\b{_ISSUED}\b{_gap(80)}\bconsultation (?:conclusions?|report|outcome|results)\b",
        rf"\bconclu(?:ded|des|de|ding|sions?)\b{_gap(60)}\bconsultations?\b",
        r"\bconsultations?\b[^.;,]{0,70}?\b(?P<v>ended|closed|concluded|completed)\b",
        rf"\bcomplet(?:ed|es|e|ion of)\b{_gap(40)}\bconsultations?\b",
        rf"\b{_ISSUED}\b{_gap(80)}\b(?:decisions?|joint statement)\b",
    ),
    "invite": (
        rf"\binvit(?:ed|es|e|ing|ations?)\b{_gap(110)}\b{_ASKED_FOR}\b",
        r"\b(?:launch|issu|announc|publish|releas)(?:ed|es)\b[^.;]{0,60}?\binvitations? (?:for|of|to)\b",
        r"\bcall(?:s|ed)? for (?:applications|proposals)\b",
        r"\b(?:accept(?:ed|s|ing)?|receiv(?:es?|ed|ing))\b[^.;]{0,40}\bapplications?\b(?=[^.;]{0,40}\b(?:from|starting|today|on)\b)",
        rf"\bapplications?\b[^.;]{{0,60}}?\b(?P<v>{_OPENED}) (?:from|on|today|starting|with)\b",
        r"\bopen(?:s|ed)?\b[^.;]{0,30}\bfor (?:public )?(?:applications?|admission)\b",
        r"\bapplications? (?:\w+ )?open(?:s|ed)?\b",
        r"\b(?:may|can|could) (?:now )?apply\b(?=[^.;]{0,30}\b(?:from|starting)\b)",
    ),
    "award": (
        rf"\b{_AWARDED}\b{_gap(70)}\b{_BODIES_FUNDED}\b",
        rf"\b{_BODIES_FUNDED}\b[^.;,]{{0,60}}?\b(?:was|were|been|be) (?P<v>awarded|approved|granted|selected|admitted)\b",
    ),
    "fund": (
        rf"\bfinance committee\b{_gap(80)}\b(?P<v>approv(?:ed|es|al)|endors(?:ed|es))\b",
        rf"\bapprov(?:ed|al)\b{_gap(100)}\bfinance committee\b",
        r"\bfunding (?:was )?approved\b",
    ),
    "license": (
        rf"\b(?:grant(?:ed|s)?|issu(?:ed|es|e)|award(?:ed|s)?)\b{_gap(80)}\b{_LICENCES}\b",
        rf"\b{_LICENCES}\b[^.;,]{{0,60}}?\b(?:was|were|been|be) (?P<v>granted|issued|awarded|approved)\b",
        rf"\bapprov(?:ed|es)\b{_gap(90)}\b(?:registration|for registration)\b",
        r"\b(?:drugs?|products?|medicines?|vaccines?|therap(?:y|ies))\b[^.;]{0,50}?\b(?P<w>approved|registered)\b",
        rf"\bapprov(?:ed|es)\b{_gap(40)}\b(?:pilot projects?|trial projects?|new drugs?)\b",
        r"\b(?:pilot|trial) projects?\b[^.;,]{0,40}?\b(?P<x>approved|given approval)\b",
    ),
    "sign": (
        rf"\bsign(?:s|ed|ing)?\b(?! language)(?:{_gap(260)}\b{_PAPERS}\b)?",
        rf"\b(?:enter(?:ed|s)? into|conclud(?:ed|es)|renew(?:ed|s)?|exchang(?:ed|es))\b{_gap(60)}\b(?:agreement|memorand(?:um|a)|mou)\b",
    ),
    "trial": (
        rf"\b(?:{_BEGUN}|conduct(?:ed|s)?|carri(?:ed|es) out|roll(?:ed|s)? out)\b{_gap(90)}\b{_TRIALS}\b",
        rf"\b{_TRIALS}\b[^.;,]{{0,80}}?\b(?P<v>commenced|commences?|started|starts?|began|begins?|launched|conducted|took place|rolled out)\b",
    ),
    "commission": (
        rf"\b(?:commission(?:ed|s|ing)?|engag(?:ed|es|ing)|appoint(?:ed|s)?|embark(?:ed|s)? on)\b{_gap(60)}\b{_INQUIRIES}\b",
        rf"\b{_BEGUN}\b{_gap(60)}\b(?:consultancy|stud(?:y|ies)|review|survey)\b",
    ),
    "report": (
        rf"\b(?:{_ISSUED}|promulgat(?:ed|es)|complet(?:ed|es|e|ion of)|submit(?:ted|s)?|present(?:ed|s))\b{_gap(90)}\b{_STUDIES}\b",
        rf"\b{_STUDIES}\b[^.;]{{0,120}}?\b(?P<v>published|released|completed|announced)\b",
    ),
    "establish": (
        r"\bestablish(?:ed|es|ing|ment of)?\b",
        r"\bset(?:s|ting)?[ -]up\b",
        r"\bform(?:ed|s|ation of)\b",
        r"\binaugurat(?:ed|es|ion of)\b",
        r"\b(?:held|holds?|conven(?:ed|es)|chair(?:ed|s))\b[^.;]{0,60}\b(?:first|inaugural) meeting\b",
        r"\b(?:first|inaugural) meeting\b[^.;,]{0,40}?\b(?P<v>held|convened|took place)\b",
    ),
    "appoint": (r"\bappoint(?:ed|s|ment of|ments?)\b", r"\bdesignat(?:ed|es|ion of)\b"),
    "open": (
        r"\b(?:official(?:ly)? )?(?P<v>open(?:ed|s|ing))\b(?! remarks| session| speech| address| up| for (?:applications?|admission))",
        r"\binaugurat(?:ed|es|ion)\b",
        r"\bc[oa]mes? into (?:service|operation)\b",
        r"\b(?:commenc(?:ed|es|e)|start(?:ed|s)?|beg(?:an|ins?)) (?:operation|service)s?\b",
        r"\bput into (?:service|operation|use)\b",
    ),
    "launch": (
        r"\blaunch(?:ed|es|ing)?\b",
        r"\broll(?:ed|s|ing)? out\b",
        r"\brollout of\b",
        r"\bintroduc(?:ed|es|e|ing|tion of)\b",
        r"\bstart(?:ed|s)?\b",
        r"\bcommenc(?:ed|es|e|ement of)\b",
        r"\bbeg(?:an|ins?)\b",
        r"\bkick(?:ed|s)? off\b",
        r"\bimplement(?:ed|s|ation of)?\b",
        r"\bextend(?:ed|s|ing)?\b",
        r"\b(?:went|goes|go) live\b",
        r"\bput (?:in place|into (?:service|operation|use))\b",
        r"\bbrought in\b",
        r"\bbring in\b",
        r"\badopt(?:ed|s)?\b",
        r"\bheld the first of\b",
        r"\bavailable (?:from|on|starting)\b",
    ),
    "publish": (
        rf"\b{_MADE_PUBLIC}\b(?={_gap(140)}\b{_DOCUMENT})",
        rf"\b{_DOCUMENT}[^.;]{{0,100}}?\b(?P<v>published|issued|released|announced|promulgated|unveiled)\b",
    ),
    "meet": (
        rf"\b{_REACHED}\b(?! with\b)(?: \S+){{0,4}} (?:targets?|pledge|goals?|commitment|kpi)\b",
        r"\b(?:targets?|pledge|goal)\b[^.;,]{0,60}?\b(?P<v>met|achieved|attained|exceeded|reached|surpassed|delivered|fulfilled)\b",
        r"\b(?:more than|over) \w+ times (?:of )?the\b[^.;]{0,60}\b(?:pledged|target|promised)\b",
    ),
    "delay": (
        r"\b(?:delayed|postpon(?:ed|es|ement of)|defer(?:red|s)?|put off|push(?:ed)? back|put back|slipp(?:ed|age))\b",
        r"\blater than the\b[^.;]{0,60}\b(?:aim|target|plan|schedule|date|timetable)\b",
        r"\b(?:now|instead) (?:expect(?:s|ed)?|plan(?:s|ned)?|aim(?:s)?|target(?:s|ed)?)\b[^.;]{0,90}\b(?:instead of|rather than|in place of)\b",
        r"\boriginally (?:planned|intended|scheduled|aimed)\b[^.;]{0,140}\bnow\b",
        r"\bunable to meet the\b[^.;]{0,40}\b(?:target|timetable)\b",
    ),
    "cancel": (
        r"\b(?:cancel(?:led|s)?|scrapp(?:ed|s)|abandon(?:ed|s)?|shelv(?:ed|es)|call(?:ed|s) off|terminat(?:ed|es)|discontinu(?:ed|es))\b",
        r"\b(?:will|would) not (?:proceed with|go ahead with|pursue|take forward)\b",
    ),
}

CUES: dict[str, tuple[str, ...]] = {
    "gazette": ("gazett",),
    "first_reading": ("reading", "council", "legco"),
    "second_reading": ("second reading", "resum", " stage"),
    "pass": ("pass",),
    "withdraw": ("withdr",),
    "lapse": ("laps",),
    "table": ("tabl", "before ", "vetting"),
    "commence": (" into ", "effect", "operation", "implement", "as the da", "in force ", "commence"),
    "propose": ("proposal", "legislative ", "propos", "paper"),
    "consult": ("consult", "view", "comment", "opinion"),
    "conclude": ("consult", "decision", "joint statement"),
    "invite": ("invit", "pplication", "apply", "applied", "proposal", "dmission"),
    "award": ("admit", "approv", "award", "disburs", "grant", "select"),
    "fund": ("finance committee", "funding "),
    "license": ("licen", "authori", "permit", "registr", "approved", "registered", " project", "new drug"),
    "sign": ("sign", "agreement", "memorand", "mou"),
    "trial": ("trial", "pilot", "test flight", "real-value", "experiment"),
    "commission": ("consultan", "stud", "review", "survey"),
    "report": ("report", "stud", "survey", "finding", "result", "recommendation"),
    "establish": ("establish", "set", "form", "inaugurat", " meeting"),
    "appoint": ("appoint", "designat"),
    "open": ("open", "inaugurat", "operation", "service", "put into "),
    "launch": (
        *("launch", "roll", "introduc", "start", "commenc", "beg", "kick", "implement", "extend", " live", "put in", "bring in", "brought in"),
        *("adopt", "held the first of", "available "),
    ),
    "publish": ("publish", "issu", "releas", "announc", "promulgat", "unveil", " public", " out", "draw", "formulat"),
    "meet": ("target", "pledge", "goal", "commitment", "kpi", " times "),
    "delay": (
        *("delay", "postpon", "defer", "put off", " back", "slipp", "later than the", "instead of", "rather than"),
        *("in place of", "originally ", "unable to meet"),
    ),
    "cancel": (
        *("cancel", "scrapp", "abandon", "shelv", "call", "terminat", "discontinu", "proceed with", "go ahead with", "pursue", "take forward"),
    ),
}
"""Words without one of which no phrase of a family can stand in a sentence; a test proves it of every phrase."""
