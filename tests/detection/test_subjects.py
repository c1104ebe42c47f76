"""What a sentence is about where it does not say so: other words, other places, parts of a question."""

from datetime import date

import pytest

from milestones.adapters.registry_files import load_registry
from milestones.detection.paraphrase import Paraphrases
from milestones.detection.places import is_elsewhere
from milestones.detection.text import fold
from milestones.domain.documents import Decision
from milestones.domain.events import Kind
from tests.detection.test_detector import SCHEME, read, release


@pytest.fixture(scope="module")
def english() -> Paraphrases:
    return Paraphrases(load_registry(), "en")


def test_a_description_leads_to_its_subject(english: Paraphrases) -> None:
    found = english.find("anyone may now look for a trade mark with a picture, for the registry compares images by artificial intelligence")
    assert found is not None
    assert found[0].short == "IP-05"


@pytest.mark.parametrize("text", ["the secretary thanked everybody for coming", "hong kong government new scheme", ""])
def test_common_words_describe_nothing(text: str, english: Paraphrases) -> None:
    assert english.find(text) is None


def test_what_is_only_described_waits_for_a_person() -> None:
    text = "From today (January 8) one can search the trade marks register by image with artificial intelligence, as the image search was launched."
    found = [c for c in read(release("Trade marks", text, on="2026-01-08"), SCHEME) if c.decision is Decision.APPEND]
    assert found == []


@pytest.mark.parametrize(
    ("text", "language", "away"),
    [
        ("the monetary authority of singapore launched a sandbox", "en", True),
        ("the korean parliament passed amendments", "en", True),
        ("at a ceremony in beijing, the secretary for commerce signed an agreement", "en", False),
        ("the department of health approved the drug", "en", False),
        ("佛山市政府實施新的管理辦法", "zh", True),
        ("歐盟經改革的規例已適用", "zh", True),
        ("局長在日內瓦簽署備忘錄", "zh", False),
        ("政府在深圳展開試驗", "zh", False),
    ],
)
def test_other_places(text: str, language: str, away: bool) -> None:
    folded = fold(text, language).text
    assert is_elsewhere(folded, len(folded), language) is away


def test_a_numbered_part_of_a_reply_is_about_what_that_part_of_the_question_names() -> None:
    opening = "Following is a question and a written reply in the Legislative Council today (May 21):"
    question = ("Question:", "(1) of the number of ferries; and", "(2) whether the Ferry Grant Scheme for ferries has begun?")
    reply = ("Reply:", "(1) There are 80.", "(2) It was rolled out on May 2 this year.")
    found = read(release("LCQ1: Transport", opening, *question, *reply), SCHEME)
    assert [(c.kind, c.occurred_on) for c in found if c.kind is not Kind.PROGRESS_REPORTED] == [(Kind.SCHEME_LAUNCHED, date(2025, 5, 2))]


@pytest.mark.parametrize(
    "text",
    [
        "A newspaper reported that the Ferry Grant Scheme for ferries had been launched on May 2.",
        "As of May 20, 428 applications had been approved under the Ferry Grant Scheme for ferries.",
        "The launch of the Ferry Grant Scheme for ferries, planned for May 21, has been put off.",
    ],
)
def test_what_is_no_launch_of_the_scheme(text: str) -> None:
    found = read(release("Ferries", text), SCHEME)
    assert [c for c in found if c.decision is Decision.APPEND and c.kind is Kind.SCHEME_LAUNCHED] == []
