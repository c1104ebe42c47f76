import time

import pytest

from milestones.domain.errors import WrongPage
from scrapers.pages import clean, decoded, lines, parsed
from scrapers.trees import tree, tree_lines

BIG5 = {"content-type": "text/html; charset=big5"}
UTF8 = {"content-type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("着新聞".encode(), UTF8),
        ("着新聞".encode(), {}),
        (b"\xef\xbb\xbf" + "着新聞".encode(), {}),
        ("着新聞".encode("big5hkscs"), BIG5),
        ("着新聞".encode("big5hkscs"), {}),
        ("着新聞".encode("big5hkscs"), UTF8),
        ("着新聞".encode(), {"content-type": "text/html; charset=ISO-8859-1"}),
        ("着新聞".encode(), {"content-type": "text/html; charset=rot13"}),
    ],
)
def test_encodings_named_rightly_wrongly_or_not_at_all(body: bytes, headers: dict[str, str]) -> None:
    assert decoded(body, headers) == "着新聞"


def test_the_meta_element_counts_where_the_header_is_silent() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=big5">香港'.encode("big5hkscs")
    assert decoded(page, {"content-type": "text/html"}).endswith("香港")


def test_latin_is_believed_only_after_utf_8_has_failed() -> None:
    assert decoded(b"\x93quoted\x94", {"content-type": "text/html; charset=iso-8859-1"}) == "\u201cquoted\u201d"


@pytest.mark.parametrize("body", ["\ufffd\ufffd新聞".encode(), b"\xff\xfe\xff\xff", b"x" * 5_000_001])
def test_broken_or_endless_pages_are_refused(body: bytes) -> None:
    with pytest.raises(WrongPage):
        decoded(body, UTF8)


@pytest.mark.parametrize("page", ["<div>" * 90_000, "<b><i>" * 45_000 + "x", "<span>" * 201, '<div title="<">' * 300, "<div title='>'>" * 300])
def test_deep_nesting_is_refused_quickly(page: str) -> None:
    began = time.monotonic()
    for parse in (parsed, tree):
        with pytest.raises(WrongPage, match="nests"):
            parse(page)
    assert time.monotonic() - began < 2


def test_a_broad_page_is_no_deep_one() -> None:
    assert len(lines(parsed("<p>a<br>" * 3000 + "<div>b</div>" * 3000))) > 6000


def test_clean_takes_away_only_what_nobody_sees() -> None:
    assert clean("\u3000\u3000\xa0a\u200b\u200d\ufeffb\x00\x1f\u202e  c\r\n d\u3000e\u3000") == "ab c d\u3000e"
    assert clean("香港\r\n\t政府 2025\n年") == "香港政府 2025 年"
    assert clean("１２ 《條例》") == "１２ 《條例》"


def test_lines_break_where_browsers_do_and_skip_what_is_not_shown() -> None:
    page = parsed("<body>a<br>b<div>c <b>d</b></div><script>e</script><!--f--><table><tr><td>g</td><td>h</td></tr></table></body>")
    assert page.body
    assert [line for line in map(clean, lines(page.body)) if line] == ["a", "b", "c d", "g h"]


@pytest.mark.parametrize("page", ["<" * 99_000, "<br " * 99_000, "<!--" * 50_000, "<a href='" + "x" * 500_000, "中" + "\n" * 200_000 + "a"])
def test_unfinished_pages_take_no_time(page: str) -> None:
    began = time.monotonic()
    for line in lines(parsed(page)):
        clean(line)
    assert time.monotonic() - began < 3


def test_too_many_tags_are_refused() -> None:
    with pytest.raises(WrongPage, match="more than 100000 tags"):
        parsed("<p>" * 100_001)


def test_a_tree_breaks_into_the_same_lines_and_goes_on_past_a_stray_end() -> None:
    page = "<title>t</title>a<br>b<div>c <b>d</b><!--x-->e</div></html><script>f<b</script>g<?x y?><table><tr><td>h</td><td>i</table><p>"
    assert [clean(line) for line in tree_lines(tree(page))] == [clean(line) for line in lines(parsed(page))]
    assert [line for line in map(clean, tree_lines(tree(page))) if line] == ["a", "b", "c de", "g", "h i"]


@pytest.mark.parametrize("page", ["", " ", "\x00", "<!-- -->"])
def test_what_has_no_element_is_no_page(page: str) -> None:
    with pytest.raises(WrongPage, match="no element"):
        tree(page)
