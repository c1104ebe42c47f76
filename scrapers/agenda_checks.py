"""Whether an agenda tells all that it announces: parts numbered without a gap, and an entry under each heading.

So it is in the real agendas of 2013 and 2014 that were seen. What a changed page has lost would otherwise be business that nobody misses.
"""

import re
from collections.abc import Sequence

from milestones.domain.documents import Item
from milestones.domain.errors import WrongPage
from scrapers.agenda_pages import Row

_NUMBER = re.compile(r"^([IVX](?: ?[IVX])*)\s*[.．]")
_BILLS = re.compile(r"\bBills?$|法案$")
_VALUES = {"I": 1, "V": 5, "X": 10}


def require_all_parts(rows: Sequence[Row], sections: Sequence[str], headings: Sequence[str], items: Sequence[Item]) -> None:
    """WrongPage names what is announced and missing. `headings` are those under which entries belong, as `agenda_items` found them."""
    numbers = [_value(found[1]) for row in rows if (found := _NUMBER.match(row.text)) and any(title in row.text for title in sections)]
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        raise WrongPage(f"the agenda's parts are numbered {', '.join(map(str, numbers))}: one is missing, or they are out of order")
    if bare := [title for title in sections if _BILLS.search(title) and not any(h.startswith(f"{title} / ") for h in headings)]:
        raise WrongPage(f"no stage stands under {bare[0][:80]!r}: stages are named in a new way")
    listed = {item.heading for item in items}
    if empty := [heading for heading in headings if heading not in listed]:
        raise WrongPage(f"nothing stands under {empty[0][:80]!r}: the agenda is cut, or laid out in a new way")


def _value(roman: str) -> int:
    digits = [_VALUES[c] for c in roman.replace(" ", "")]
    return sum(-d if d < max(digits[n:]) else d for n, d in enumerate(digits))
