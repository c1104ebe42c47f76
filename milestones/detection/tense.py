"""Whether the words around an act say that it took place, will take place, or neither.

Neither is the rule of caution: what is planned, hoped, denied, conditional or asked is no milestone. Texts come folded, with the words
of names masked by x, so that a Plan or a Study in a name intends nothing. English tells by the form of its verbs (`tense_en`);
Chinese verbs have none, and the words before them decide (`tense_zh`).
"""

from milestones.detection import tense_en, tense_zh
from milestones.detection.tenses import Tense

__all__ = ["Tense", "tense"]


def tense(text: str, start: int, end: int, *, headline: bool, language: str, since: int = 0) -> Tense:
    """The tense of the act whose verb stands at `start` and whose words end at `end`; in Chinese, words before `since` intend nothing."""
    if language == "zh":
        return tense_zh.tense(text, start, end, headline, since)
    return tense_en.tense(text, start, end, headline)
