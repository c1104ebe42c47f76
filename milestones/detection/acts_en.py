"""English phrases of acts, on folded (lower-case) sentences. Groups `v`, `w`, `x`: the verb that carries the tense where it
is not the first word.
"""

_GAP = r"[^.;]{0,%d}?"


def _gap(width: int) -> str:
    return _GAP % width


_LEGCO = r"(?:the )?(?:legislative council|legco|council)"
_DOC = (
    r"(?:policy statements?|statement|action plan|road ?map|timetable|strateg(?:y|ies)|blueprint|framework|guidelines?|guidance|circular|code of practice|targets?|outline|development plan"
    r"|standards?|materials|approach|plan\b|measures)"
)

PATTERNS = {
    "gazette": rf"\bgazett(?:ed|es|e|ing)\b(?! on\b)|\bgazetted\b|\bgazettal\b|\bpublish(?:ed|es|ing)?\b{_gap(220)}\bin the (?:government |hong kong )?gazette\b",
    "first_reading": (
        rf"\b(?:introduc(?:ed|es|e|ing)|present(?:ed)?|submit(?:ted)?|read|receiv(?:ed|e))\b{_gap(140)}\bfirst (?:and second )?reading\b"
        rf"|\b(?:introduc(?:ed|e|es)|tabl(?:ed|e)|present(?:ed)?|submit(?:ted)?) (?:it |the bill |a bill )?(?:in|into|to) {_LEGCO}\b"
        r"|\bfirst reading\b|\bmov(?:ed|es|ing|e) (?:the )?second reading of\b"
    ),
    "second_reading": (
        r"\bsecond reading debates?\b[^.;]{0,500}?\b(?P<v>resum(?:ed|es|e|ption)|continued?)\b"
        r"|\b(?:resum(?:ed|es|e|ing|ption)|continu(?:ed|es|e|ing))(?: of)? (?:the )?(?:debate on (?:the )?)?second reading\b|\bresumption of (?:the )?(?:second reading )?debate\b"
        r"|\bcommittee stage\b|\bcommittee of the whole council stage\b"
    ),
    "pass": (
        rf"\bpassage (?:of|by|through)\b|\b(?:was|were|been|be) (?P<v>passed)\b|\bpassed by {_LEGCO}\b|\b{_LEGCO}\b[^.;,]{{0,50}}? (?:(?:has|had) )?pass(?:ed|es)\b"
        r"|\bpassed (?:the )?(?:bill|third reading)\b|\benact(?:ed|ment)\b"
    ),
    "withdraw": r"\bwithdr(?:awn|ew|awal of|aw)\b",
    "lapse": r"\blaps(?:ed|es|e)\b",
    "table": rf"\btabl(?:ed|es|e|ing)\b(?: (?:in|at|before) {_LEGCO})?|\bla(?:id|y) (?:on the table|before {_LEGCO})|\bsubmit(?:ted|s)? to {_LEGCO} for (?:negative|positive) vetting",
    "commence": (
        r"\b(?:c[oa]mes?|coming|brought|bring|put|enter(?:s|ed)?) into (?:full )?(?:operation|effect|force|service|use)\b|\bt(?:ake|akes|ook|aking|aken)(?: full| immediate)? effect\b"
        r"|\bcommence(?:s|d|ment)?(?: of)? operation\b|\bimplement(?:ed|ation)?\b(?=[^.;]{0,40}\b(?:from|on|today|starting|effect)\b)|\bwith effect from\b|\beffective (?:from|on)\b"
        r"|\b(?:appoint|specif)\w+\b[^.;]{0,80}\bas the (?:day|date)\b|\bin force (?:from|since|on)\b|\bcommencement\b(?! notice|\) notice)|\bcommences? on\b"
    ),
    "propose": (
        rf"\b(?:submit(?:s|ted)?|present(?:s|ed)?|put(?:s)? forward|put|brief(?:s|ed)?|consult(?:s|ed)?|report(?:s|ed)?|explain(?:s|ed)?|issu(?:ed|es)|releas(?:ed|es)|publish(?:ed|es)|announc(?:ed|es)|unveil(?:ed|s)?|outlin(?:ed|es)"
        rf"|propos(?:ed|es)|sets? out|introduc(?:ed|es))\b{_gap(150)}\b(?:legislative (?:proposals?|amendments?|framework)|proposed amendments?|proposals?|paper)\b"
        rf"|\bpropos(?:ed|es|ing)\b{_gap(40)}\b(?:to amend|amending|amendments? to|that)\b"
    ),
    "consult": (
        rf"\b(?:launch(?:ed|es)?|commenc(?:ed|es|e)|start(?:ed|s)?|beg(?:an|ins?)|conduct(?:ed|s)?|open(?:ed|s)?|kick(?:ed|s)? off|issu(?:ed|es|e)|releas(?:ed|es|e)|publish(?:ed|es)?)\b{_gap(90)}\bconsultations?\b(?! conclusions| (?:session|service)s?)"
        rf"|\bconsults? (?:the )?(?:public|industry|trade|stakeholders|market)\b|\b(?:seek|sought|invit(?:ed|es|e)|solicit(?:ed|s)?|gather(?:ed|s)?)\b[^.;]{{0,30}}\b(?:views|comments|opinions)\b"
        rf"|\bconsultations?\b[^.;]{{0,120}}?\b(?P<v>launched|commences?|commenced|starts?|started|begins?|began|opens?|opened)\b|\bviews sought\b"
    ),
    "conclude": (
        rf"\b(?:publish(?:ed|es|ing)?|releas(?:ed|es|e|ing)|issu(?:ed|es|e|ing)|announc(?:ed|es|e)|put out|upload(?:ed)?)\b{_gap(90)}\b(?:consultation conclusions|conclusions|outcome|results?|report)\b{_gap(60)}\bconsultations?\b"
        rf"|\b(?:publish(?:ed|es)?|releas(?:ed|es|e)|issu(?:ed|es|e)|announc(?:ed|es|e))\b{_gap(80)}\bconsultation (?:conclusions|report|outcome|results)\b"
        rf"|\bconclu(?:ded|des|de|ding|sions?)\b{_gap(60)}\bconsultations?\b|\bconsultations?\b[^.;,]{{0,70}}?\b(?P<v>ended|closed|concluded|completed)\b|\bcomplet(?:ed|es|e|ion of)\b{_gap(40)}\bconsultations?\b"
        rf"|\b(?:issu(?:ed|e)|announc(?:ed|e)|gave|giving|publish(?:ed)?)\b{_gap(80)}\b(?:decisions?|joint statement)\b"
    ),
    "invite": (
        rf"\binvit(?:ed|es|e|ing|ations?)\b{_gap(110)}\b(?:applications?|proposals?|bids|nominations|expressions? of interest|submi(?:t|ssions?)|appl(?:y|icants))\b|\binvitation (?:for|of|to)\b"
        rf"|\bcall(?:s|ed)? for (?:applications|proposals)\b|\b(?:accept(?:ed|s|ing)?|receiv(?:es?|ed|ing))\b[^.;]{{0,40}}\bapplications?\b(?=[^.;]{{0,40}}\b(?:from|starting|today|on)\b)"
        rf"|\bapplications?\b[^.;]{{0,60}}?\b(?P<v>accepted|invited|opens?|opened|starts?|started|commences?|commenced|begins?|received) (?:from|on|today|starting|with)\b|\bopen(?:s|ed)?\b[^.;]{{0,30}}\bfor (?:public )?applications?\b"
        rf"|\bapplications? (?:\w+ )?open(?:s|ed)?\b|\b(?:may|can|could) (?:now )?(?P<w>apply)\b(?=[^.;]{{0,30}}\b(?:from|starting)\b)|\bopen for (?:applications?|admission)\b"
    ),
    "award": (
        rf"\b(?:award(?:ed|s|ing)?|grant(?:ed|s)|approv(?:ed|es|al)|allocat(?:ed|es)|fund(?:ed|s)?|disburs(?:ed|es)|select(?:ed|s)|admit(?:ted|s))\b{_gap(70)}\b(?:projects?|applications?|grants?|fund(?:s|ing)|subsid(?:y|ies)|applicants|laborator(?:y|ies)|proposals|fund managers?|institutions|accelerators?)\b"
        rf"|\b(?:projects?|applications?|subsid(?:y|ies)|applicants|laborator(?:y|ies)|proposals|grants?|fund managers?)\b[^.;,]{{0,60}}?\b(?:was|were|been|be) (?P<v>awarded|approved|granted|selected|allocated|admitted)\b"
    ),
    "fund": rf"\bfinance committee\b{_gap(80)}\b(?P<v>approv(?:ed|es|al)|endors(?:ed|es))\b|\bapprov(?:ed|al)\b{_gap(100)}\bfinance committee\b|\bfunding (?:approval|was approved|approved)\b",
    "license": (
        rf"\b(?:grant(?:ed|s)?|issu(?:ed|es|e)|award(?:ed|s)?)\b{_gap(80)}\b(?:licen[cs]es?|authori[sz]ations?|permits?|registrations?|assignments?|approvals?)\b|\blicen[cs]es?\b[^.;,]{{0,60}}?\b(?:was|were|been|be) (?P<v>granted|issued|awarded)\b"
        rf"|\bapprov(?:ed|es)\b{_gap(60)}\b(?:registration|for registration)\b|\b(?:drugs?|products?|medicines?|vaccines?|therap(?:y|ies))\b[^.;]{{0,60}}?\b(?P<w>approved|registered)\b|\bapproved for registration\b"
        rf"|\bapprov(?:ed|es)\b{_gap(40)}\b(?:pilot projects?|trial projects?|new drugs?)\b|\b(?:pilot|trial) projects?\b[^.;,]{{0,40}}?\b(?P<x>approved|given approval)\b"
    ),
    "sign": (
        rf"\bsign(?:s|ed|ing)?\b(?! language|als?\b)|\b(?:enter(?:ed|s)? into|conclud(?:ed|es)|renew(?:ed|s)?|exchang(?:ed|es))\b{_gap(60)}\b(?:agreement|memorand(?:um|a)|mou)\b"
    ),
    "trial": (
        rf"\b(?:launch(?:ed|es)?|commenc(?:ed|es|e|ement of)|start(?:ed|s)?(?: of)?|beg(?:an|ins?|in)|conduct(?:ed|s)?|carri(?:ed|es) out|kick(?:ed|s)? off|roll(?:ed|s)? out|announc(?:ed|es) the start of)\b{_gap(90)}\b(?:trials?|pilots?|test flights?|tests|trial (?:flights?|operation|run)|real-value transactions|experiments?|pilot projects?|sandbox)\b"
        rf"|\b(?:trials?|pilots?|test flights?|pilot projects?)\b[^.;,]{{0,80}}?\b(?P<v>commenced|commences?|started|starts?|began|begins?|launched|conducted|took place|completed|under way|underway)\b|\bon trial\b"
    ),
    "commission": rf"\b(?:commission(?:ed|s|ing)?|engag(?:ed|es|ing)|appoint(?:ed|s)?|commenc(?:ed|es|e)|launch(?:ed|es)?|start(?:ed|s)?|beg(?:an|ins?)|embark(?:ed|s)? on)\b{_gap(60)}\b(?:consultan(?:t|ts|cy)|stud(?:y|ies)|review|survey)\b",
    "report": (
        rf"\b(?:publish(?:ed|es)?|releas(?:ed|es|e)|issu(?:ed|es|e)|announc(?:ed|es|e)|promulgat(?:ed|es)|complet(?:ed|es|e|ion of)|submit(?:ted|s)?|present(?:ed|s))\b{_gap(90)}\b(?:reports?|stud(?:y|ies)|survey|findings|results|recommendations)\b"
        rf"|\b(?:reports?|stud(?:y|ies)|survey|findings|results)\b[^.;]{{0,120}}?\b(?P<v>published|released|completed|announced)\b"
    ),
    "establish": (
        r"\bestablish(?:ed|es|ing|ment of)?\b|\bset(?:s|ting)?[ -]up\b|\bform(?:ed|s|ation of)\b|\binaugurat(?:ed|es|ion of)\b|\b(?:held|holds?|conven(?:ed|es)|chair(?:ed|s))\b[^.;]{0,60}\b(?:first|inaugural) meeting\b|\binaugural meeting\b|\bfirst meeting\b[^.;,]{0,40}?\b(?P<v>held|convened)\b"
    ),
    "appoint": r"\bappoint(?:ed|s|ment of|ments?)\b|\bdesignat(?:ed|es|ion of)\b",
    "open": (
        r"\b(?:official(?:ly)? )?open(?:ed|s|ing)\b(?! remarks| session| speech| address| for (?:applications?|admission))(?! up)|\binaugurat(?:ed|es|ion)\b|\bc[oa]mes? into (?:service|operation)\b|\bcommenc(?:ed|es|e) (?:operation|service)s?\b"
        r"|\b(?:start(?:ed|s)?|beg(?:an|ins?)) (?:operation|service)s?\b|\bput into (?:service|operation|use)\b|\bcommission(?:ed|ing)\b(?= (?:in|on|today|of))"
    ),
    "launch": (
        r"\blaunch(?:ed|es|ing)?\b|\broll(?:ed|s|ing)? out\b|\brollout of\b|\bintroduc(?:ed|es|e|ing|tion of)\b|\bstart(?:ed|s)?\b|\bcommenc(?:ed|es|e|ement of)\b|\bbeg(?:an|ins?)\b|\bkick(?:ed|s)? off\b|\bimplement(?:ed|s|ation of)?\b"
        r"|\bextend(?:ed|s)?\b|\b(?:went|goes|go) live\b|\bput (?:in place|into (?:service|operation|use))\b|\bbr(?:ought|ing) in\b|\badopt(?:ed|s)?\b|\bheld the first of\b|\bexpand(?:ed|s)?\b|\bavailable (?:from|on|starting)\b"
    ),
    "publish": rf"\b(?:publish(?:ed|es)?|issu(?:ed|es|e)|releas(?:ed|es|e)|announc(?:ed|es|e)|promulgat(?:ed|es|e)|unveil(?:ed|s)?|sets? out|made public|mak(?:es|e) public|deliver(?:ed)?|put(?:s)? out|draw(?:n|s)? up|formulat(?:ed|es))\b(?={_gap(140)}\b{_DOC})|\b{_DOC}[^.;]{{0,100}}?\b(?P<v>published|issued|released|announced|promulgated|unveiled)\b",
    "meet": (
        r"\b(?:met|meets|meeting|achiev(?:ed|es|ing|ement of)|attain(?:ed|s)?|exceed(?:ed|s|ing)?|reach(?:ed|es)?|surpass(?:ed|es)?|fulfil(?:led|s)?|hit|deliver(?:ed|s)?)\b[^.;]{0,40}\b(?:targets?|pledge|goals?|commitment|kpi)\b"
        r"|\b(?:targets?|pledge|goal)\b[^.;,]{0,60}?\b(?P<v>met|achieved|attained|exceeded|reached|surpassed|delivered|fulfilled)\b|\b(?:more than|over) \w+ times (?:of )?the\b[^.;]{0,60}\b(?:pledged|target|promised)\b"
    ),
    "delay": (
        r"\b(?:delay(?:ed|s)|postpon(?:ed|es|ement of)|defer(?:red|s)?|put off|push(?:ed)? back|put back|slipp(?:ed|age))\b|\blater than the\b[^.;]{0,60}\b(?:aim|target|plan|schedule|date|timetable)\b"
        r"|\b(?:now|instead) (?:expect(?:s|ed)?|plan(?:s|ned)?|aim(?:s)?|target(?:s|ed)?)\b[^.;]{0,90}\b(?:instead of|rather than|in place of)\b|\boriginally (?:planned|intended|scheduled|aimed)\b[^.;]{0,140}\bnow\b|\bunable to meet the\b[^.;]{0,40}\b(?:target|timetable)\b"
    ),
    "cancel": r"\b(?:cancel(?:led|s)?|scrapp(?:ed|s)|abandon(?:ed|s)?|shelv(?:ed|es)|call(?:ed|s) off|terminat(?:ed|es)|discontinu(?:ed|es))\b|\b(?:will|would) not (?:proceed with|go ahead with|pursue|take forward)\b|\bno longer (?:proceed|pursue)\w*\b",
}
