"""English phrases of acts, on folded (lower-case) sentences, several to a family.

Groups `v`, `w`, `x` ... : the verb that carries the tense where it is not the first word. The making of law stands in `acts_en_law`.
"""

from milestones.detection.acts_en_law import LAW


def _gap(width: int) -> str:
    return rf"[^.;]{{0,{width}}}?"


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
_AWARDED = r"(?:award(?:ed|s|ing)?|granted|approv(?:ed|es|al of)|disburs(?:ed|es)|select(?:ed|s)|admit(?:ted|s))"
_BODIES_FUNDED = (
    r"(?:projects?|applications?|subsid(?:y|ies)|applicants|laborator(?:y|ies)|proposals|grants?|fund managers?|accelerators?|institutions"
    r"|beneficiar(?:y|ies)|recipients?|winners|teams|service providers|funding of)"
)
_TRIALS = r"(?:trials?|pilots?|test flights?|trial (?:flights?|operations?|runs?)|real-value transactions|experiments?|pilot projects?)"
_PAPERS = r"(?:memorand(?:um|a)(?: of understanding)?|agreements?|mous?|protocol|arrangements?)"
_STUDIES = r"(?:reports?|stud(?:y|ies)|surveys?|reviews?|findings|results|recommendations)"
_LICENCES = r"(?:licen[cs]es?|authori[sz]ations?|permits?|registrations?)"

PATTERNS: dict[str, tuple[str, ...]] = {
    **LAW,
    "propose": (
        rf"\b{_PUT_FORWARD}\b{_gap(150)}\b(?:legislative (?:proposals?|amendments?|framework)|proposed amendments?|proposals?|paper)\b",
        rf"(?<!on )(?<!the )(?<!of )(?<!for )(?<!its )(?<!these )\bpropos(?:ed|es|ing)\b{_gap(40)}\b(?:to amend|amending|amendments? to|that)\b",
    ),
    "consult": (
        rf"\b(?:{_BEGUN}|conduct(?:ed|s)?|carr(?:ied|ies) out|embark(?:ed|s)? on)\b{_gap(90)}\b{_CONSULTATIONS}",
        rf"\b{_ISSUED}\b{_gap(60)}\bconsultation (?:papers?|documents?)\b",
        r"\bconsults? (?:the )?(?:public|industry|trade|stakeholders|market)\b",
        (
            r"\b(?:seeks?|sought|invit(?:ed|es|e)|solicit(?:ed|s)?|call(?:ed|s)? for|collect(?:s"
            r"|ed)|ask(?:ed|s) for)\b[^.;]{0,40}\b(?:views|comments|opinions|feedback)\b"
        ),
        r"\bconsult(?:ed|s)\b(?=[^.;]{0,60}\b(?:public|industry|trade|stakeholders|market|banks|operators)\b)",
        r"\b(?:put|puts|throw[ns]?|thrown) (?:\w+ ){0,6}(?:out )?(?:to|for) (?:public )?consultation\b",
        r"\bconsultations?\b[^.;]{0,120}?\b(?P<v>launched|commences?|commenced|starts?|started|begins?|began|opens?|opened)\b",
        r"\bviews sought\b",
    ),
    "conclude": (
        rf"\b{_ISSUED}\b{_gap(90)}\b(?:conclusions|outcome|results?|report)\b{_gap(60)}\bconsultations?\b",
        rf"\b{_ISSUED}\b{_gap(80)}\bconsultation (?:conclusions?|report|outcome|results)\b",
        rf"\bconclu(?:ded|des|de|ding|sions?)\b{_gap(60)}\bconsultations?\b",
        (
            r"\bconsultations?\b[^.;]{0,110}?\b(?P<v>end(?:ed|s)|closed?s?|concluded?s?"
            r"|completed|came to (?:an end|a close)|drew to a close|expired|ran its course)\b"
        ),
        rf"\bcomplet(?:ed|es|e|ion of)\b{_gap(40)}\bconsultations?\b",
        rf"\b{_ISSUED}\b{_gap(80)}\b(?:decisions?|joint statement)\b",
    ),
    "invite": (
        rf"\binvit(?:ed|es|e|ing|ations?)\b{_gap(110)}\b{_ASKED_FOR}\b",
        r"\b(?:launch|issu|announc|publish|releas)(?:ed|es)\b[^.;]{0,60}?\binvitations? (?:for|of|to)\b",
        rf"\b{_BEGUN}\b{_gap(40)}\b(?:selection|recruitment|solicitation)\b",
        r"\bopen(?:s|ed)? (?:its|their) doors to (?:\w+ )?(?:applications|proposals)\b",
        r"\b(?:calls?|called|calling) for (?:\w+ )?(?:applications|proposals|expressions)\b",
        (
            r"\b(?:beg[aiu]ns?|start(?:s|ed)?|open(?:s|ed)?) (?:to )?(?:accept(?:ing)?"
            r"|receiv(?:e|ing)|tak(?:e|ing)(?: in)?) (?:\w+ ){0,3}applications?\b"
        ),
        r"\bopen(?:s|ed)? applications\b",
        r"\bapplications? (?:for|under|to) [^.;,]{3,80}\b(?P<x>open(?:s|ed)?)\b(?! (?:to|up)\b)",
        r"\bapplications? (?:are|were) (?:now )?(?P<u>invited|open|accepted|received from)\b",
        r"\b(?:accept(?:ed|s|ing)?|receiv(?:es?|ed|ing))\b[^.;]{0,40}\bapplications?\b(?=[^.;]{0,40}\b(?:from|starting|today|on)\b)",
        rf"\bapplications?\b[^.;]{{0,60}}?\b(?P<v>{_OPENED}) (?:from|on|today|starting|with)\b",
        r"\bapplications?\b[^.;]{0,60}?\b(?P<w>opens?|starts?|begins?)\b(?= (?:will|has|have|is|was) )",
        r"\bopen(?:s|ed)?\b[^.;]{0,30}\bfor (?:public )?(?:applications?|admission)\b",
        r"\bapplications? (?:\w+ )?open(?:s|ed)?\b",
        r"\b(?:may|can|could) (?:now )?apply\b(?=[^.;]{0,120}\b(?:from|starting|as of)\b)",
    ),
    "award": (
        rf"\b{_AWARDED}\b{_gap(70)}\b{_BODIES_FUNDED}\b",
        rf"\b{_BODIES_FUNDED}\b[^.;,]{{0,60}}?\b(?:was|were|been|be) (?P<v>awarded|approved|granted|selected|admitted|chosen)\b",
        rf"\b(?:chosen|picked|named)\b{_gap(40)}\b{_BODIES_FUNDED}\b",
        rf"\b{_ISSUED}\b{_gap(20)}\blist of\b{_gap(60)}\b{_BODIES_FUNDED}\b",
    ),
    "fund": (
        rf"\bfinance committee\b{_gap(80)}\b(?P<v>approv(?:ed|es|al)|endors(?:ed|es))\b",
        rf"\bapprov(?:ed|al)\b{_gap(100)}\bfinance committee\b",
        rf"\bfinance committee\b{_gap(60)}\bgave\b{_gap(20)}\bapproval\b",
        r"\bfunding (?:was )?approved\b",
    ),
    "license": (
        rf"\b(?:grant(?:ed|s)?|issu(?:ed|es|e)|award(?:ed|s)?)\b{_gap(80)}\b{_LICENCES}\b",
        rf"\b{_LICENCES}\b[^.;,]{{0,60}}?\b(?:was|were|been|be) (?P<v>granted|issued|awarded|approved)\b",
        rf"\bapprov(?:ed|es)\b{_gap(90)}\b(?:registration|for registration)\b",
        r"\b(?:gave|gives|given) (?:its |their |the )?approval\b",
        rf"\b(?:obtain(?:ed|s)|receiv(?:ed|es)|secur(?:ed|es)|was given|were given)\b{_gap(50)}\b(?:{_LICENCES}|approval)\b",
        r"\b(?:was|were|been) (?P<u>licensed|licenced|authori[sz]ed|registered)\b",
        r"\b(?:drugs?|products?|medicines?|vaccines?|therap(?:y|ies))\b[^.;]{0,50}?\b(?P<w>approved|registered)\b",
        rf"\bapprov(?:ed|es)\b{_gap(40)}\b(?:pilot projects?|trial projects?|new drugs?)\b",
        r"\b(?:pilot|trial) projects?\b[^.;,]{0,40}?\b(?P<x>approved|given approval)\b",
    ),
    "sign": (
        rf"\bsign(?:s|ed|ing)?\b(?! language)(?:{_gap(260)}\b{_PAPERS}\b)?",
        r"\bput(?:s|ting)? (?:pen to|(?:their|its|his|her) (?:names?|signatures?) to)\b",
        r"\bink(?:ed|s)\b",
        rf"\b(?:enter(?:ed|s)? into|conclud(?:ed|es)|renew(?:ed|s)?|exchang(?:ed|es))\b{_gap(60)}\b(?:agreement|memorand(?:um|a)|mou)\b",
    ),
    "trial": (
        rf"\b(?:{_BEGUN}|conduct(?:ed|s)?|carri(?:ed|es) out|roll(?:ed|s)? out)\b{_gap(90)}\b{_TRIALS}\b",
        rf"\b{_TRIALS}\b[^.;,]{{0,80}}?\b(?P<v>commenced|commences?|started|starts?|began|begins?|launched|conducted|took place|rolled out)\b",
    ),
    "commission": (
        rf"\b(?:commission(?:ed|s|ing)?|engag(?:ed|es|ing)|appoint(?:ed|s)?|embark(?:ed|s)? on)\b{_gap(60)}\b{_INQUIRIES}\b",
        rf"\b{_BEGUN}\b{_gap(60)}\b(?:consultancy|stud(?:y|ies)|review|survey)\b",
        (
            r"\b(?:consultanc(?:y|ies)|consultants?|stud(?:y|ies)|survey|review)\b[^.;]{0,120}?\b(?P<v>awarded"
            r"|commissioned|engaged|got under ?way|began|started|commenced|kicked off|launched)\b"
        ),
        rf"\b(?:award(?:ed|s)|let)\b{_gap(60)}\b(?:consultanc(?:y|ies)|consultants?|stud(?:y|ies)|survey)\b",
    ),
    "report": (
        rf"\b(?:{_ISSUED}|promulgat(?:ed|es)|complet(?:ed|es|e|ion of)|submit(?:ted|s)?|present(?:ed|s))\b{_gap(90)}\b{_STUDIES}\b",
        rf"\b{_STUDIES}\b[^.;]{{0,120}}?\b(?P<v>published|released|completed|(?<! it )(?<! he )(?<! she )announced)\b",
    ),
    "establish": (
        r"\bestablish(?:ed|es|ing|ment of)?\b",
        (
            r"\b(?:held|holds?|hosted|hosts|officiat(?:ed|es) at)\b[^.;]{0,40}\b(?:founding"
            r"|inauguration|establishment|opening|launch(?:ing)?) ceremony\b"
        ),
        r"\bset(?:s|ting)?[ -]up\b",
        r"\bc[ao]me into being\b",
    ),
    "inaugurate": (r"\binaugurat(?:ed|es|ion)\b(?! address| speech)",),
    "form": (r"\bform(?:ed|s|ation of)\b", r"\bincorporat(?:ed|ion of)\b", r"\bfounded\b"),
    "meeting": (
        r"\b(?:met|meets?) for the first time\b",
        r"\b(?:held|holds?|conven(?:ed|es)|chair(?:ed|s))\b[^.;]{0,60}\b(?:first|inaugural) meeting\b",
        r"\b(?:first|inaugural) meeting\b[^.;,]{0,40}?\b(?P<v>held|convened|took place)\b",
    ),
    "appoint": (
        r"\bappoint(?:ed|s|ment of|ments?)\b",
        r"\bdesignat(?:ed|es|ion of)\b",
        r"\b(?:take|takes|took|taken|taking) up (?:\w+ ){0,2}(?:post|office|appointment|position|duties)\b",
        r"\b(?:assume[sd]?|t(?:ake|akes|ook)) office\b",
        r"\b(?:named|chosen) (?:\w+ ){0,3}as (?:its |the )?(?:\w+ )?(?:chair\w*|director|head|member|commissioner|chief)\b",
    ),
    "open": (
        r"\b(?:official(?:ly)? )?(?P<v>open(?:ed|s|ing))\b(?! remarks| session| speech| address| up| for (?:applications?|admission))",
        r"\b(?:will|to) (?P<w>open)\b(?! up| for (?:applications?|admission))",
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
        r"\b(?:went|goes|go|gone|going) (?:live|online|on line|on stream)\b",
        r"\b(?:schemes?|programmes?|services?|projects?|pilots?)\b[^.;]{0,60}\b(?P<t>takes?|took|taken) off\b",
        r"\b(?:got|gets?) under ?way\b",
        r"\bc[ao]me[s]? (?:into being|on stream|online)\b",
        r"\bunveil(?:ed|s)\b",
        r"\bput (?:on line|online)\b",
        r"\bcan (?:now )?be (?:read|used|searched|downloaded|viewed|accessed)\b(?=[^.;]{0,40}\b(?:since|from|as of)\b)",
        r"\bmade available\b",
        r"\bput (?:in place|into (?:service|operation|use))\b",
        r"\bbrought in\b",
        r"\bbring in\b",
        r"\badopt(?:ed|s)?\b",
        r"\bheld the first of\b",
        r"\bavailable (?:from|on|starting|as of|today)\b",
    ),
    "publish": (
        rf"\b{_MADE_PUBLIC}\b(?={_gap(140)}\b{_DOCUMENT})",
        rf"\b{_DOCUMENT}[^.;]{{0,100}}?\b(?P<v>published|issued|released|announced|promulgated|unveiled)\b",
    ),
    "meet": (
        rf"\b{_REACHED}\b(?! with\b)(?: \S+){{0,4}} (?:targets?|pledge|goals?|commitment|kpi)\b",
        r"\b(?:targets?|pledge|goal)\b[^.;,]{0,60}?\b(?P<v>met|achieved|attained|exceeded|reached|surpassed|delivered|fulfilled)\b",
        r"\b(?:more than|over) \w+ times (?:of )?the\b[^.;]{0,60}\b(?:pledged|target|promised)\b",
        (
            r"\ball (?:the )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b[^.;,]{0,90}?\b(?:are|have|has) (?:now"
            r" |all |been |already )+(?P<w>connected|completed|covered|equipped|in use|in place|installed|joined|linked)\b"
        ),
    ),
    "delay": (
        r"\b(?:delayed|reschedul(?:ed|es|ing of)|postpon(?:ed|es|ement of)|defer(?:red|s)?|put off|push(?:ed)? back|put back|slipp(?:ed|age))\b",
        r"\blater than the\b[^.;]{0,60}\b(?:aim|target|plan|schedule|date|timetable)\b",
        r"\b(?:now|instead) (?:expect(?:s|ed)?|plan(?:s|ned)?|aim(?:s)?|target(?:s|ed)?)\b[^.;]{0,90}\b(?:instead of|rather than|in place of)\b",
        r"\boriginally (?:planned|intended|scheduled|aimed)\b[^.;]{0,140}\bnow\b",
        r"\b(?:unable to|cannot|could not|not able to|fail(?:s|ed)? to) meet the\b[^.;]{0,40}\b(?:target|timetable|date|deadline|schedule)\b",
        (
            r"\b(?:(?:will|would|can|could) not|cannot|(?:will|can|could) no longer) be (?:in use|ready|completed|finished|opened"
            r"|launched|delivered|in place|in service)\b[^.;]{0,120}\b(?:as|by|until|before|within|this year|on time|in time)\b"
        ),
        r"\bbehind (?:the )?(?:schedule|time|timetable)\b",
        (
            r"\b(?:adjusts?|adjusted|revis(?:ed|es)|chang(?:ed|es)|extend(?:ed|s)) (?:the"
            r" |its )?(?:timetable|schedule|target date|completion date|timeline)\b"
        ),
        r"\btake(?:s|n)? longer than\b[^.;]{0,40}\b(?:expected|planned|thought|scheduled|estimated)\b",
    ),
    "cancel": (
        r"\b(?:cancel(?:led|s)?|scrapp(?:ed|s)|abandon(?:ed|s)?|shelv(?:ed|es)|call(?:ed|s) off|terminat(?:ed|es)|discontinu(?:ed|es))\b",
        r"\b(?:will|would) not (?:proceed with|go ahead with|pursue|take forward)\b",
    ),
}
