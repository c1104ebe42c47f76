"""English phrases of the stages of making law, on folded sentences; see `acts_en`."""


def _gap(width: int) -> str:
    return rf"[^.;]{{0,{width}}}?"


_LEGCO = r"(?:the )?(?:legislative council|legco|council)\b"

LAW: dict[str, tuple[str, ...]] = {
    "gazette": (
        r"\bgazett(?:ed|es|e|ing|al)\b",
        (
            rf"\b(?:publish(?:ed|es|ing)?|print(?:ed|s)?|appear(?:ed|s)?|carri(?:ed|es)"
            rf"|notif(?:ied|ies))\b{_gap(220)}\bin (?:the|this|today's) (?:\w+ )?gazette\b"
        ),
    ),
    "first_reading": (
        rf"\b(?:introduc(?:ed|es|e|ing)|present(?:ed)?|submit(?:ted)?|read|receiv(?:ed|e))\b{_gap(140)}\bfirst (?:and second )?reading\b",
        rf"\b(?:introduc(?:ed|e|es)|tabl(?:ed|e)|present(?:ed)?|submit(?:ted)?) (?:it |the bill |a bill )?(?:in|into|to|at) {_LEGCO}",
        r"\bfirst reading\b",
        r"\bread (?:for )?the first time\b",
        r"\bmov(?:ed|es|ing|e) (?:the )?second reading of\b",
    ),
    "second_reading": (
        r"\bsecond reading debates?\b[^.;]{0,500}?\b(?P<v>resum(?:ed|es|e|ption)|continued?)\b",
        r"\b(?:resum(?:ed|es|e|ing|ption)|continu(?:ed|es|e|ing))(?: of)? (?:the )?(?:debate on (?:the )?)?second reading\b",
        r"\bresumption of (?:the )?(?:second reading )?debate\b",
        r"\bdebates? on (?:the )?second reading\b[^.;]{0,300}?\b(?P<w>resum(?:ed|es|e)|continued?|go(?:es)? on)\b",
        r"\bcommittee(?: of the whole council)? stage\b",
    ),
    "pass": (
        r"\bpassage (?:of|by|through)\b",
        r"\b(?:was|were|been|be) (?P<v>passed)\b",
        rf"\bpassed by {_LEGCO}",
        rf"\b{_LEGCO}[^.;,]{{0,50}}? (?:(?:has|had) )?(?P<w>pass(?:ed|es))\b",
        r"\bpassed (?:the )?(?:\w+ )?(?:bill|third reading)\b",
        r"\bread the third time and passed\b",
        r"\b(?:gave|given) (?:its |the |a )?third reading\b",
        r"\benact(?:ed|ment of)\b",
        r"\bbecame law\b",
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
        r"\b(?:start(?:s|ed)?|beg[ia]ns?) to apply\b",
    ),
}
