"""English: the form of the verb and its auxiliary decide; wishes govern only what is not finite ("plans to launch", not "launched")."""

import re

from milestones.detection.tenses import Tense

_BREAK = re.compile(r"[;:]|,\s(?:and|but|while|whereas|although|which|who|where|with)\b|\b(?:which|who|that)\b")
ASIDE = re.compile(
    r"\([^)]*\)|,\s(?:(?:under|of|in|for|by|to|on|with|through|at|from) )?(?:which"
    r"|whom|whose|who|where|when|while|including|such as|as)\b[^,;:]*,(?=\s)"
)
"""Relative clauses and brackets in the middle of a sentence: their verbs say nothing of the verb after them."""

_NOT = re.compile(
    r"\b(?:not(?! only)|never|no longer|cannot|neither|nor|yet to|fail(?:s|ed)? to|unable to|without|instead of|rather than|falsely)\b|n't\b"
)
_NO = re.compile(r"\b(?:no|none|nobody|neither)\b[^,;]{0,50}\b(?:has|have|had|was|were|is|are|been)\s(?:been\s)?$")
_IF = re.compile(r"(?:\b(?:if|whether|unless|once|until|pending|provided that|subject to|in case|when|how|why)\b|^should\b)[^,]*$")
_HEARSAY = re.compile(
    r"\b(?:newspapers?|media|press reports?|rumou?rs?|it (?:was|is|has been) (?:reported|said|rumou?red|suggested))\b"
    r"[^;]*\b(?:that|reported|claimed)\b[^;]*$"
    r"|\b(?:welcom\w+|not(?:es|ed|ing)|regarding|concerning|about|aware of|in response to|following|refer\w* to|according to)"
    r" (?:the |an? |its |recent |media )*(?:announcements?|news|statements?|claims?)\b(?: (?:made )?(?:by|from|of)\b[^;]*)?[^;]{0,60}\bthat\b[^;]*$"
    r"|\b(?:announcements?|statements?) (?:made )?by (?:an?|two|three|several|some) [^;]*$"
)
_ROUTINE = re.compile(r"unless|subject to|pending|once")
_WILL = re.compile(r"\bwill (?:\w+ly |then |also |be )*$")
"""What still has to pass the Council "will come into operation on January 1" all the same: the day is announced."""

_PLANNED = re.compile(
    r"\b(?:(?:is|are|was|were) (?:\w+ )?(?:scheduled|expected|set|due|planned|targeted|slated)|scheduled|expected|due|set) (?:to|for|that)\b[^,;]*$"
)
_WISHES = (
    *("plan(?:s|ned|ning)?", "aim(?:s|ed|ing)?", "hop(?:e|es|ed|ing)", "intend(?:s|ed|ing)?", "propos(?:e|es|ed|ing|als?)"),
    *("would", r"may(?! \d)", "might", "could", "can", "should", "must", "expect(?:s|ed|ing)?", "striv(?:e|es|ing)", "target(?:s|ed|ing)?"),
    *("consider(?:s|ed|ing)?", "explor(?:e|es|ed|ing)", "study(?:ing)?", "prepar(?:e|es|ed|ing|ations?|atory)", "working on", "with a view to"),
    *("in order to", "seek(?:s|ing)?", "wish(?:es|ed)?", "want(?:s|ed)?", "encourag(?:e|es|ed|ing)", "invit(?:e|es|ed|ing)", "urg(?:e|es|ed|ing)"),
    *("need(?:s|ed)?", "ha(?:s|ve|d) to", "so that", "so as to", "ask(?:s|ed)? (?:for|to)", "ready to", "likely", "originally", "called? for"),
    *("allow(?:s|ed|ing)?", "enabl(?:e|es|ed|ing)", "help(?:s|ed|ing)?", "support(?:s|ing)?"),
)
_INTENDED = re.compile(rf"\b(?:{'|'.join(_WISHES)})\b[^;]{{0,60}}$")
_ADVERBS = r"(?: (?:\w+ly|also|already|just|now|since|so|far|to date|jointly|first|then|thus|both|each|all|together|again))*"
_DONE = re.compile(rf"\b(?:has|have|had|was|were|been|having){_ADVERBS}\s$")
_WILL_BE = re.compile(
    r"\b(?P<modal>will|shall|to|would|may|might|can|could|should|must)(?: \w+ly| then| also| not)? (?:be|have been|get|see|have)\b[^,;]{0,24}$"
)
_SAID = re.compile(r"\b(?:said|announced|confirmed|stated)\b[^;]*\bthat\b")
_MODAL = re.compile(r"\b(will|shall|to|would|may|might|can|could|should|must)(?: \w+ly| then| also)? $")
_IS = re.compile(rf"\b(?:is|are|being|be){_ADVERBS}\s$")
_FUTURE = re.compile(r"\b(?:will|shall|going to|about to)\b[^,;]{0,45}$|\bto\s(?:(?:be|\w+ly|jointly)\s)*$")
_FUTURE_AND = re.compile(r"\b(?:will|shall)\b[^;]{0,160}\band (?:\w+ly |then |also )?$")
_PURPOSE = re.compile(r"\b(?:for|of|towards?|by|on|to|about|before|after)\s(?:\w+ly\s)?$")
_FOR_THE = re.compile(r"\b(?:for|towards?|before|until|since|after|on|about) (?:the |a |its |their )(?:\w+ )?$")
_AND = re.compile(r"\band (?:then |also |subsequently )?$")
_AUXILIARY = re.compile(r"\b(?:will be|shall be|to be|was|were|has been|have been|had been)\b")
_AFTER_NAME = re.compile(r"x{4,},?(?: \w+ly)?\s$")
_MAIN_VERB = re.compile(r"(?:\bby\b[^.;]*|,)\s(?:was|were|has|have|held|will|is|are)\b")
_FINITE = frozenset(["came", "took", "began", "went", "gave", "drew", "withdrew", "saw", "rose", "fell"])
"""Past forms that are no participles, so that nothing before them can govern them."""

_PARTICIPLE = re.compile(
    r"(?:\w+ed|set|put|begun|held|taken|brought|gone|sought|drawn|laid|met|given|withdrawn|made|come|run|read|cut|hit|built|sent|shown)$"
)
_NOUN = re.compile(
    r"(?:launch|opening|signing|establishment|passage|start|gazettal|commencement|introduction|completion|publication|release|setting"
    r"|implementation|inauguration|resumption|conclusions?|outcome|results?|grant|award|extension|approval|formation|incorporation|roll-?out)$"
)
_ATTENDED = re.compile(
    r"\b(?:attend(?:s|ed)?|officiat(?:e|es|ed)|welcom(?:e|es|ed)|announc(?:e|es|ed)|witness(?:es|ed)?|celebrat(?:e|es|ed)|mark(?:s|ed)"
    r"|host(?:s|ed)?|publish(?:es|ed)?|releas(?:es|ed|e)|speaking|speech|g(?:ave|iven|ives)|saw)\b[^;]{0,80}$"
)


def tense(text: str, start: int, end: int, headline: bool) -> Tense:
    """See `tense.tense`."""
    before = ASIDE.sub("", text[max(0, start - 240) : start])[-160:]
    near = before[max((m.end() for m in _BREAK.finditer(before)), default=0) :]
    word = re.match(r"[a-z]+", text[start:end])
    verb = word[0] if word else ""
    if _NOT.search(near[-45:]) or _NO.search(before):
        return Tense.DENIED
    condition = _IF.search(near)
    if (condition and not (_WILL.search(near) and _ROUTINE.match(condition[0]))) or _HEARSAY.search(before):
        return Tense.CONDITIONAL
    if verb in _FINITE:
        return Tense.PAST
    if _PARTICIPLE.match(verb):
        return _participle(text, end, before, near, verb, headline)
    return _other(before, near, verb, headline)


def _participle(text: str, end: int, before: str, near: str, verb: str, headline: bool) -> Tense:
    if _PLANNED.search(near):
        return Tense.PLANNED
    governed = _WILL_BE.search(near)
    if governed:
        backshifted = governed["modal"] == "would" and _SAID.search(before)
        wished = _INTENDED.search(near[: governed.start()]) or (governed["modal"] not in ("will", "shall", "to") and not backshifted)
        return Tense.INTENDED if wished else Tense.FUTURE
    if _DONE.search(near):
        return Tense.PAST
    if not headline and _AFTER_NAME.search(before) and _MAIN_VERB.search(text, end):
        return Tense.CONDITIONAL  # "the Platform established by the two institutions was launched" tells of the launch
    return _plain_participle(before, near, verb)


def _plain_participle(before: str, near: str, verb: str) -> Tense:
    """One without an auxiliary of its own."""
    auxiliaries = _AUXILIARY.findall(near) if _AND.search(near) else []
    if auxiliaries and auxiliaries[-1].startswith(("will", "shall", "to")):
        return Tense.FUTURE
    bare = _MODAL.search(near) if verb in _BARE else None
    if bare:
        backshifted = bare[1] == "would" and _SAID.search(before)
        return Tense.INTENDED if _INTENDED.search(near) and not backshifted else Tense.FUTURE
    return Tense.UNSURE if _IS.search(near) else Tense.PAST


_BARE = frozenset(["set", "put", "come", "run", "read", "cut", "hit"])
"""Participles that look like their infinitives."""


def _other(before: str, near: str, verb: str, headline: bool) -> Tense:
    """Infinitives, present forms, gerunds and nouns."""
    if _PLANNED.search(near):
        return Tense.PLANNED
    gerund = verb.endswith("ing") and verb not in ("opening", "signing")
    noun = bool(_NOUN.match(verb))
    purpose = (gerund and _PURPOSE.search(near)) or ((gerund or noun) and _FOR_THE.search(near))
    wished = _INTENDED.search(near) and not _DONE.search(near)
    if (purpose or wished) and not (noun and _ATTENDED.search(before)):
        return Tense.INTENDED
    if (_FUTURE.search(near) or _FUTURE_AND.search(before)) and not _DONE.search(near):
        return Tense.FUTURE
    if noun and not re.search(r"\b(?:to|will)\s(?:\w+ly\s)?$", near):
        return Tense.PAST if headline or _ATTENDED.search(before) else Tense.UNSURE
    return Tense.PAST if headline and not verb.endswith("ing") else Tense.UNSURE
