"""Which subjects a sentence names.

A title runs on to its last word: a name inside `Stablecoins Ordinance (Commencement) Notice` or before another year names something else.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from milestones.detection.paraphrase import Paraphrases
from milestones.detection.parts import is_other_part, parts_in
from milestones.detection.phrases import Hit, Phrase, Phrases, Use
from milestones.detection.text import Sentence
from milestones.domain.commitments import Commitment, Subject


class Strength(IntEnum):
    """How a sentence points to its subject: by its name, by a description, by a word for it, or only by what the text around is about."""

    TOPIC = 1
    PARAPHRASED = 2
    PRONOUN = 3
    REFERRED = 4
    DESCRIBED = 5
    NAMED = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject in a sentence. `name` are the words that name it, as far as its title runs on; of a reference, those of the name before."""

    subject: Subject
    commitment: Commitment
    start: int
    end: int
    name: str
    strength: Strength


_RUN_ON = re.compile(
    r"\)?(?: \([^)]*\))* (?:bill|ordinance|notice|order|regulation|rules)\b(?: \d{4})?| (?:19|20)\d\d\b"
    r"|[〉>]?\([^)]*\)(?:公告|令|規例|規則|條例草案|條例)|草案|規則|規例|[〉>]?\([^)]*\)(?=[〉》])"
)
_LEGAL_EN = re.compile(r"\b(?:bill|ordinance|notice|order|regulation|rules)$")
_LEGAL_ZH = re.compile(r"(?:條例草案|條例|規例|公告|規則|令)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_BEFORE = re.compile(r"\d{4}年$")
_TITLE_ENDS = re.compile(r"(?:bill|ordinance|notice|order|regulation|rules|公告|令|規例|規則|條例草案|條例)(?: \d{4})?$")


def _named(sentence: Sentence, hit: Hit) -> Mention | None:
    """The mention that a hit makes, or None where the title that it stands in is another year's."""
    text, end = sentence.text, hit.end
    run_on = _RUN_ON.match(text, end)
    if run_on and (_LEGAL_EN.search(hit.phrase.text) or _LEGAL_ZH.search(hit.phrase.text) or _TITLE_ENDS.search(run_on[0])):
        year = _YEAR.fullmatch(run_on[0].strip())
        if year and int(year[0]) < _first_year(hit.phrase.subject):
            return None
        end = run_on.end()
    if _LEGAL_ZH.search(hit.phrase.text) and not _YEAR.search(hit.phrase.text) and _YEAR_BEFORE.search(text[: hit.start]):
        return None
    strength = Strength.NAMED if hit.phrase.proper else Strength.DESCRIBED
    return Mention(hit.phrase.subject, hit.phrase.commitment, hit.start, end, _title_of(text, hit.start, end), strength)


def _title_of(text: str, start: int, end: int) -> str:
    """The words of a name, or of the whole title 《》 in which they stand."""
    first = text.rfind("《", 0, start)
    last = text.find("》", end)
    inside = first >= 0 and last >= 0 and "》" not in text[first:start] and "《" not in text[end:last]
    return text[first : last + 1] if inside else text[start:end]


def _first_year(subject: Subject) -> int:
    """The first year in the subject's titles. An instrument of an earlier year is another one; of a later year it may be the next step."""
    return min((int(y) for name in subject.names_en for y in _YEAR.findall(name)), default=0)


def named_in(sentence: Sentence, phrases: Phrases, present: frozenset[tuple[str, str]]) -> list[Mention]:
    """The subjects named in a sentence; `present` are the keys of subjects whose required words the document holds."""
    hits = phrases.find(sentence.text)
    if not hits:
        return []
    excluded = {id(h.phrase.subject) for h in hits if h.phrase.use is Use.EXCLUDED}
    names = [h for h in hits if h.phrase.use is Use.NAME and id(h.phrase.subject) not in excluded and is_possible(h.phrase, present)]
    parts = parts_in(sentence.text) if names else frozenset()
    names = [h for h in names if not is_other_part(h.phrase.subject, parts)]
    names = [h for h in names if not any(_inside(h, other) for other in names)]
    best: dict[tuple[int, int], Mention] = {}
    for hit in names:
        mention = _named(sentence, hit)
        if mention:
            best.setdefault((id(mention.subject), mention.start), mention)
    return list(best.values())


def described_in(sentence: Sentence, paraphrases: Paraphrases) -> list[Mention]:
    """The subject that a sentence describes without naming it; its whole text then stands for the name."""
    found = paraphrases.find(sentence.text)
    return [Mention(found[1], found[0], 0, 0, sentence.text, Strength.PARAPHRASED)] if found else []


def is_possible(phrase: Phrase, present: frozenset[tuple[str, str]]) -> bool:
    """Whether the document holds one of the words that the subject's names need beside them."""
    return not (phrase.subject.requires_en or phrase.subject.requires_zh) or phrase.key in present


def _inside(hit: Hit, other: Hit) -> bool:
    return other.start <= hit.start and hit.end <= other.end and (other.end - other.start) > (hit.end - hit.start)
