"""The tenses that matter for milestones."""

from enum import Enum, auto


class Tense(Enum):
    """What the grammar says about an act; UNSURE leaves it to the day that is given."""

    PAST = auto()
    FUTURE = auto()
    PLANNED = auto()
    UNSURE = auto()
    DENIED = auto()
    INTENDED = auto()
    CONDITIONAL = auto()

    @property
    def tells(self) -> bool:
        """Whether an act in this tense can be a milestone at all, given a day."""
        return self in (Tense.PAST, Tense.FUTURE, Tense.PLANNED, Tense.UNSURE)
