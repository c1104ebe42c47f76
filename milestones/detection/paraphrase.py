"""A second opinion on what a sentence is about: the words it shares with all the names and titles of a commitment, the rarer the heavier.

It finds subjects that a text only describes ("look for a trade mark by its picture"). Learnt from the registry alone, so that it needs no
model, knows a new policy document at once, and can say which words it went by.
"""

import re
from collections import Counter
from collections.abc import Iterable
from math import log

from milestones.detection.text import fold
from milestones.domain.commitments import Commitment, Registry, Subject

_ENOUGH = {"en": 11.0, "zh": 20.0}
"""Weight that the shared words must have. On development documents the right commitment leads above it nine times in ten."""

_LEAD = 1.2
"""How much heavier it must be than that of any other commitment."""

_WORDS = re.compile(r"[a-z][a-z0-9&+-]+")
_CHARACTERS = re.compile(r"[一-鿿]+")
_ENDINGS = ("isation", "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ers", "ed", "es", "s")
_COMMON = frozenset(
    [
        *("the", "a", "an", "of", "and", "or", "for", "to", "in", "on", "at", "by", "with", "from", "as", "is", "are", "be", "new", "its", "this"),
        *("that", "under", "into", "over", "hong", "kong", "government", "hksar", "bureau", "department", "public", "first", "second", "third"),
        *("more", "other", "their", "such", "phase", "use", "used", "which", "will", "has", "have", "not"),
    ]
)


def _stem(word: str) -> str:
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), "")
    return word[: len(word) - len(ending)]


def _terms(text: str, language: str) -> set[str]:
    """Stems of words; in Chinese pairs of characters."""
    if language == "zh":
        return {run[i : i + 2] for run in _CHARACTERS.findall(text) for i in range(len(run) - 1)}
    return {_stem(word) for word in _WORDS.findall(text) if word not in _COMMON}


class Paraphrases:
    """The words of a registry's commitments in one language."""

    def __init__(self, registry: Registry, language: str) -> None:
        self._language = language
        self._subjects = [(c, s) for c in registry.commitments() for s in c.subjects]
        counts = [Counter(_all_terms(c, s, language)) for c, s in self._subjects]
        commitments = {term: {c.key for (c, _), n in zip(self._subjects, counts, strict=True) if term in n} for term in set().union(*counts)}
        total = len({c.key for c, _ in self._subjects})
        self._weights: dict[str, list[tuple[int, float]]] = {}
        for index, count in enumerate(counts):
            for term, times in count.items():
                weight = log(total / len(commitments[term])) * (1 + log(times)) / 2
                if weight > 0:
                    self._weights.setdefault(term, []).append((index, weight))

    def find(self, folded: str) -> tuple[Commitment, Subject] | None:
        """The subject that a folded sentence shares most with; None where that is too little, or another commitment comes near."""
        scores: dict[int, float] = {}
        for term in _terms(folded, self._language):
            for index, weight in self._weights.get(term, ()):
                scores[index] = scores.get(index, 0) + weight
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < _ENOUGH[self._language]:
            return None
        commitment, subject = self._subjects[ranked[0][0]]
        rival = next((score for index, score in ranked if self._subjects[index][0].key != commitment.key), 0)
        return (commitment, subject) if ranked[0][1] >= _LEAD * rival else None


def _all_terms(commitment: Commitment, subject: Subject, language: str) -> Iterable[str]:
    zh = language == "zh"
    titles = [t.title_zh if zh else t.title_en for t in commitment.targets if t.slug == subject.target]
    for text in (*(subject.names_zh if zh else subject.names_en), *titles, commitment.title_zh if zh else commitment.title_en):
        yield from _terms(fold(text, language).text, language)
