from dataclasses import replace

import pytest

from milestones.domain.differences import What, differences, paragraphs_changed
from milestones.domain.documents import Document, Form, Item

PAGE = Document(
    document_id="https://www.info.gov.hk/x.htm",
    url="https://www.info.gov.hk/x.htm",
    source="press-releases",
    form=Form.PRESS_RELEASE,
    language="en",
    headline="Stablecoins Bill to be gazetted",
    paragraphs=(
        "The Government will gazette the Stablecoins Bill on December 6, 2024, said Mr Christopher Hui.",
        "The Bill will be introduced into the Legislative Council on 18 December. Some 5,000 firms spent $1.5 billion, or 30 per cent more.",
    ),
)
PAGE_ZH = replace(
    PAGE,
    language="zh",
    headline="《穩定幣條例草案》將刊憲",
    paragraphs=(
        "政府將於二零二四年公布，《穩定幣條例草案》於2024年12月6日刊憲，涉及五億元及3,000名學生。",
        "財經事務及庫務局局長許正宇先生說：「這是重要一步」。",
    ),
)


def edited(page: Document, was: str, now: str) -> list[tuple[str, str | None, str | None]]:
    paragraphs = tuple(p.replace(was, now) for p in page.paragraphs)
    assert paragraphs != page.paragraphs
    return [(d.what.value, d.before, d.now) for d in differences(page, replace(page, paragraphs=paragraphs))]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("December 6, 2024", "December 13, 2024", ("date", "December 6, 2024", "December 13, 2024")),
        ("18 December", "8 January 2025", ("date", "18 December", "8 January 2025")),
        ("5,000", "6,000", ("figure", "5,000", "6,000")),
        ("$1.5 billion", "$1.6 billion", ("figure", "$1.5 billion", "$1.6 billion")),
        ("30 per cent", "13 per cent", ("figure", "30 per cent", "13 per cent")),
        ("Mr Christopher Hui", "Mr Joseph Chan", ("name", "Mr Christopher Hui", "Mr Joseph Chan")),
        (", or 30 per cent more", "", ("figure", "30 per cent", None)),
    ],
)
def test_what_stood_and_what_stands_now_in_english(was, now, told):
    assert edited(PAGE, was, now) == [told]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("12月6日", "12月13日", ("date", "2024年12月6日", "2024年12月13日")),
        ("五億元", "六億元", ("figure", "五億元", "六億元")),
        ("3,000名", "3,500名", ("figure", "3,000名", "3,500名")),
        ("《穩定幣條例草案》", "《穩定幣條例》", ("name", "《穩定幣條例草案》", "《穩定幣條例》")),
        ("重要一步", "第一步", ("name", "「這是重要一步」", "「這是第一步」")),
    ],
)
def test_what_stood_and_what_stands_now_in_chinese(was, now, told):
    assert edited(PAGE_ZH, was, now) == [told]


def test_full_width_digits_are_the_same_digits():
    assert edited(PAGE_ZH, "3,000", "３,０００") == []


def test_moved_and_reworded_text_differs_in_nothing_that_counts():
    moved = replace(PAGE, paragraphs=PAGE.paragraphs[::-1])
    reworded = replace(PAGE, paragraphs=(PAGE.paragraphs[0].replace("will gazette", "is going to gazette"), PAGE.paragraphs[1]))
    assert differences(PAGE, moved) == differences(PAGE, reworded) == []
    assert (paragraphs_changed(PAGE, moved), paragraphs_changed(PAGE, reworded)) == (0, 1)


def test_unequal_numbers_are_not_paired():
    added = replace(PAGE, paragraphs=(*PAGE.paragraphs, "Another 700 firms applied on 2 January 2025 and 3 January 2025."))
    assert [(d.what, d.before, d.now) for d in differences(PAGE, added)] == [
        (What.DATE, None, "2 January 2025"),
        (What.DATE, None, "3 January 2025"),
        (What.FIGURE, None, "700"),
    ]
    assert differences(PAGE, added)[2].line() == "figure: nothing → 700"


def test_items_of_an_agenda_count_as_text():
    agenda = replace(PAGE, form=Form.COUNCIL_AGENDA, items=(Item(heading="Bills", text="Companies Bill 2024"),))
    later = replace(agenda, items=(Item(heading="Bills", text="Companies Bill 2025"),))
    assert [d.line() for d in differences(agenda, later)] == ["figure: 2024 → 2025"]


def test_a_hostile_page_is_compared_in_time_and_told_in_part():
    """Half a million characters without an end of anything, and names as long as a page."""
    long = replace(PAGE, paragraphs=("A" * 100_000, "《" + "x" * 100_000, "1," * 50_000, "Ab " * 50_000, "一" * 100_000))
    found = differences(PAGE, long)
    assert all(len(d.now or "") <= 80 for d in found)
