"""Numbered parts of a scheme are told apart, as far as the subject's own names number them."""

import pytest

from milestones.detection.parts import is_other_part, parts_in
from milestones.domain.commitments import Subject

PHASE_3 = Subject(slug="s", target="t", kinds=frozenset(), names_en=("Phase 3 of the Window", "the Window"), names_zh=("窗口第三期", "窗口"))
UNNUMBERED = Subject(slug="s", target="t", kinds=frozenset(), names_en=("first phase of the Plan", "the Plan", "the new Plan", "Plan X"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("phases 1 and 2 of the window", {("phase", 1), ("phase", 2)}),
        ("the second innohk research cluster", {("cluster", 2)}),
        ("第一和第二階段", {("phase", 1), ("phase", 2)}),
        ("第二個innohk研發平台", {("cluster", 2)}),
        ("the first batch of services under phase 3", {("phase", 3)}),
        ("the first reading of the bill", set()),
    ],
)
def test_the_parts_that_a_text_names(text: str, parts: set[tuple[str, int]]) -> None:
    assert parts_in(text) == parts


def test_another_phase_is_another_thing() -> None:
    assert is_other_part(PHASE_3, parts_in("phase 2 of the window"))
    assert is_other_part(PHASE_3, parts_in("窗口第二階段"))
    assert not is_other_part(PHASE_3, parts_in("phases 2 and 3 of the window"))
    assert not is_other_part(PHASE_3, parts_in("the window"))


def test_a_number_in_few_of_the_names_tells_nothing() -> None:
    assert not is_other_part(UNNUMBERED, parts_in("phase 2 of the plan"))
