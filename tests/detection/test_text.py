from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from milestones.detection.text import fold, quotation, sentence_spans, sentences

LANGUAGES = st.sampled_from(["en", "zh"])
TEXTS = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("  。.！（）「」\u200b\u00a0AB法")), max_size=120)


def test_folding_makes_spellings_equal_and_leads_back() -> None:
    folded = fold("《2025年進出口（修訂）條例草案》", "zh")
    assert folded.text == "《2025年進出口(修訂)條例草案》"
    quoted = fold("推出「貿易單一窗口」第三期", "zh")
    assert quoted.text == "推出貿易單一窗口第三期"
    assert "推出「貿易單一窗口」第三期"[quoted.at(2) :].startswith("貿易")
    assert fold("Trade Descriptions (Amendment)\u200d  Bill", "en").text == "trade descriptions (amendment) bill"
    assert fold("臨牀試驗、衞生署", "zh").text == fold("臨床試驗、衛生署", "zh").text


@given(TEXTS, LANGUAGES)
def test_every_folded_character_stands_somewhere(text: str, language: str) -> None:
    folded = fold(text, language)
    places = [folded.at(i) for i in range(len(folded.text))]
    assert places == sorted(places)
    assert all(0 <= p < len(text) for p in places)
    assert folded.at(len(folded.text)) == len(text)


@given(TEXTS, LANGUAGES)
def test_sentences_follow_one_another_and_lose_only_blanks(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_abbreviations_end_no_sentence() -> None:
    text = "The Hon. Mr. Chan spoke on Cap. 528. It was No. 2 on the list. The U.S. was named."
    assert [text[a:b] for a, b in sentence_spans(text, "en")] == [
        "The Hon. Mr. Chan spoke on Cap. 528.",
        "It was No. 2 on the list.",
        "The U.S. was named.",
    ]


@given(st.text(alphabet="ab 法，", min_size=1, max_size=900), st.data())
def test_a_quotation_is_cut_from_the_text_and_holds_the_words(text: str, data: st.DataObject) -> None:
    for sentence in sentences([("p0", text)], "en"):
        start = data.draw(st.integers(0, len(sentence.text) - 1))
        end = data.draw(st.integers(start, min(len(sentence.text), start + 40)))
        words, locator = quotation(sentence, [(start, end)], 300)
        place, _, span = locator.partition(":")
        first, last = (int(n) for n in span.split("-"))
        assert place == "p0"
        assert text[first:last] == words
        assert len(words) <= 300
