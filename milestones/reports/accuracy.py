"""How right the machine was when it was last measured, as mails and pages quote it; docs/accuracy.md explains the figures."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from milestones.domain.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`right` of `of`."""

    right: int
    of: int

    @property
    def percent(self) -> int:
        """In whole hundredths."""
        return round(100 * self.right / self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """What was measured on `documents` that nobody who wrote rules had seen."""

    rules: int
    measured_on: date
    documents: int
    precision: Share
    recall: Share
    recall_with_review: Share


@cache
def accuracy() -> Accuracy:
    """The recorded figures. Raises RegistryError naming a wrong field."""
    table = Table("accuracy.toml", tomllib.loads((files("milestones") / "data" / "accuracy.toml").read_text(encoding="utf-8")))
    return Accuracy(
        rules=table.count("rules"),
        measured_on=table.day("measured_on"),
        documents=table.count("documents"),
        precision=_share(table.table("precision")),
        recall=_share(table.table("recall")),
        recall_with_review=_share(table.table("recall_with_review")),
    )


def _share(table: Table) -> Share:
    return Share(right=table.count("right"), of=table.count("of"))
