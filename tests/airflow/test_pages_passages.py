"""The words in their page: marked where they stand, with what is around them; nothing of a page is obeyed or shown without an end."""

from milestones.airflow.pages.passages import AROUND, LONGEST, MOST, shown
from milestones.domain.documents import Document, Form, Item


def document(*paragraphs: str, items: tuple[Item, ...] = (), headline: str = "Headline") -> Document:
    return Document(
        document_id="d", url="u", source="s", form=Form.PRESS_RELEASE, language="en", headline=headline, paragraphs=paragraphs, items=items
    )


def test_the_words_are_marked_at_their_locator_not_where_they_stand_first() -> None:
    page = shown(document("It was so.", "And it was so."), "it was so", "p1:4-13")
    assert [(p.before, p.words, p.after) for p in page.whole] == [("Headline", "", ""), ("It was so.", "", ""), ("And ", "it was so", ".")]
    assert page.found


def test_words_whose_locator_is_of_another_time_are_found_where_they_stand() -> None:
    for locator in ("p9:4-13", "p[3]", "", "p1:x-y", "p0:0-9"):
        page = shown(document("It was so.", "And it was so."), "it was so", locator)
        assert [p.words for p in page.whole] == ["", "", "it was so"]


def test_words_that_are_gone_are_said_to_be_gone() -> None:
    page = shown(document("Nothing of the sort."), "it was so", "p0:0-9")
    assert not page.found
    assert {p.words for p in page.whole} == {""}
    assert not shown(document("Nothing."), "", "").found


def test_around_the_words_some_passages_are_shown_at_once() -> None:
    page = shown(document(*(f"Paragraph {n}." for n in range(20))), "Paragraph 10.", "p10:0-13")
    assert [p.before or p.words for p in page.near] == [f"Paragraph {n}." for n in range(10 - AROUND, 11 + AROUND)]
    assert len(page.whole) == 21


def test_an_entry_of_an_agenda_is_shown_with_its_heading() -> None:
    page = shown(document(items=(Item(heading="gazetted", text="2025-07-11"),)), "2025-07-11", "i0:0-10")
    assert [(p.heading, p.before, p.words) for p in page.whole] == [("", "Headline", ""), ("gazetted", "", "2025-07-11")]


def test_a_page_is_shown_with_an_end_and_without_what_hides_words() -> None:
    page = shown(document(*["x" * (LONGEST + 9)] * (MOST + 9), headline="a\u202eb\x00c"), "", "")
    assert page.cut
    assert len(page.whole) == MOST
    assert page.whole[0].before == "abc"
    assert {len(p.before) for p in page.whole[1:]} == {LONGEST}
