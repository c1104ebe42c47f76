"""Quantities as stated, for targets that name one: value, unit, and whether the figure is a running total, of a period, or a level.

Only such a figure can show that a quantity was reached, so what is pledged, aimed at or still to come is left out.
"""

import re

from milestones.domain.commitments import Commitment, Quantity
from milestones.domain.documents import Figure

_WORDS = {
    "petaFLOPS": r"petaflops|pflops|每秒浮點",
    "students": r"(?:\w+ )?students|(?:名|位)?(?:中小學|中學|小學)?(?:學生|學童)",
    "people": r"(?:\w+ )?(?:people|persons|personnel|practitioners|trainees|participants|employees)|(?:名|位)?(?:人員|學員|從業員|人次|人)",
    "examiners": r"(?:\w+ )?examiners|(?:名|位)?(?:專利)?審查員",
    "participants": r"(?:\w+ )?(?:participants|attendees|visitors|people)|(?:名|位)?(?:參加者|與會者|人士|人次|人)",
    "estates": r"(?:\w+ ){0,3}estates|個?(?:公共|公共租住|公營)?屋邨",
}
"""How texts write the units of the registry; a unit that is not here is looked for as it stands."""

_NUMBER = r"(?P<number>\d{1,3}(?:[ ,]\d{3})+|\d+(?:\.\d+)?|[一二三四五六七八九十百千萬兩零○]{1,9})(?P<scale>萬|千| million)?"
_AHEAD = re.compile(
    r"\b(?:will|target|pledge[ds]?|aim\w*|to (?:reach|attain|train|promote)|further to|plan\w*|expect\w*)\b[^.;]{0,40}$"
    r"|(?:目標|將|會增至|計劃|預計|承諾|爭取)[^,。]{0,20}$"
)
_PLEDGED = re.compile(r"\W{0,2}(?:as )?(?:pledged|promised|targeted)|的?(?:目標|承諾)")
_TOTAL = re.compile(
    r"\b(?:so far|to date|in total|a total of|since|cumulative\w*|altogether|up to now|as at|as of|accumulated)\b"
    r"|累計|至今|合共|總共|截至|自.{0,16}(?:起|以來)"
)
_WHOLE_BEFORE = re.compile(r"(?<!total )(?<!number )\bof (?:the |all (?:the )?|these |those |our |its )?$")
_WHOLE_AFTER = re.compile(r"(?:當|之)?中(?!央|心)")
"""Six of the ten estates, 十個屋邨中，六個: the number beside the unit is of the whole, and nothing is said to have reached it."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"○": 0, "兩": 2}


def figures_of(text: str, commitment: Commitment, target: str) -> tuple[Figure, ...]:
    """The figures in a folded sentence that are in the unit of the target's quantity."""
    quantity = next((t.quantity for t in commitment.targets if t.slug == target), None)
    return _figures(text, quantity) if quantity else ()


def _figures(text: str, quantity: Quantity) -> tuple[Figure, ...]:
    found = []
    for m in re.finditer(rf"{_NUMBER} ?(?:{_WORDS.get(quantity.unit, re.escape(quantity.unit.lower()))})", text):
        value = number(m["number"])
        before = text[: m.start()]
        if value is None or _AHEAD.search(before) or _PLEDGED.match(text, m.end()):
            continue
        if _WHOLE_BEFORE.search(before) or _WHOLE_AFTER.match(text, m.end()):
            continue
        scale = {"萬": 10_000, "千": 1_000, " million": 1_000_000}.get(m["scale"] or "", 1)
        found.append(Figure(value=_plain(value * scale), unit=quantity.unit, basis=_basis(text, quantity)))
    return tuple(found)


def _basis(text: str, quantity: Quantity) -> str:
    if quantity.basis == "level":
        return "level"
    return "cumulative" if _TOTAL.search(text) else "period"


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def number(text: str) -> float | None:
    """A number as printed: `1 300`, `1,300`, `三千五百`; None where it is none."""
    if text[0].isdigit():
        return float(text.replace(" ", "").replace(",", ""))
    total, part, digit = 0, 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c == "萬":
            total, part, digit = (total + part + digit) * 10_000, 0, 0
        else:
            part += (digit or 1) * {"十": 10, "百": 100, "千": 1_000}[c]
            digit = 0
    value = total + part + digit
    return float(value) if value else None
