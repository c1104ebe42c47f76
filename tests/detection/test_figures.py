"""Figures are of what has reached a number, never of the whole of which only a part has."""

import pytest

from milestones.adapters.registry_files import load_registry
from milestones.detection.figures import figures_of
from milestones.detection.text import fold


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("Data from six of the 10 estates are now linked to a central dashboard.", "en", []),
        ("The platform runs at four of 10 estates.", "en", []),
        ("A total of 10 estates now have the platform.", "en", ["10"]),
        ("十個屋邨中，六個的數據已接駁至中央儀表板。", "zh", []),
        ("十個屋邨當中六個已啟用平台。", "zh", []),
        ("十個公共屋邨已全部啟用平台。", "zh", ["10"]),
        ("平台已在十個屋邨中央控制室啟用。", "zh", ["10"]),
    ],
)
def test_a_part_of_the_whole_is_not_the_whole(text: str, language: str, values: list[str]) -> None:
    found = figures_of(fold(text, language).text, load_registry().by_key["PA2024/DE-11"], "platform")
    assert [f.value for f in found] == values
