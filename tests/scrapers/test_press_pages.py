import time
from datetime import UTC, date, datetime

import pytest

from milestones.domain.documents import Form
from milestones.domain.errors import WrongPage
from scrapers.press_pages import read_release
from tests.scrapers.saved import page

EN = "https://www.info.gov.hk/gia/general/202503/20/P2025031900398.htm"
ZH = "https://www.info.gov.hk/gia/general/202503/20/P2025032000412.htm"


def test_english_release_of_2017_and_later() -> None:
    release = read_release(page("press-releases/release_en_2017.htm"), {}, EN)
    assert release.document_id == release.url == EN
    assert (release.source, release.form, release.language) == ("press-releases", Form.PRESS_RELEASE, "en")
    assert release.headline == "Pilot licences for delivery drones issued (with photos)"
    assert release.on_behalf_of == "The following is issued on behalf of the Harbour Drone Office:"
    assert release.paragraphs == (
        'Two pilot licences were issued today (March 20) for deliveries by drone. Its head called them "a beginning". The end is not fixed.',
        "Holder Island Air Parcel",
        "Ends of cables must be marked, <b>always</b>.",
    )
    assert release.published_at == datetime(2025, 3, 20, 10, 5, tzinfo=UTC)
    assert release.day == date(2025, 3, 20)
    assert release.twin_url == ZH
    assert release.attachments == ("https://gia.info.gov.hk/general/202503/20/P2025031900398_1.pdf",)
    assert release.photos == ("https://gia.info.gov.hk/general/202503/20/P2025031900398_photo_1.jpg",)


def test_chinese_release_of_2017_and_later() -> None:
    release = read_release(page("press-releases/release_zh_2017.htm"), {}, ZH)
    assert release.language == "zh"
    assert release.headline == "無人機送貨試驗牌照發出（附圖）"
    assert release.on_behalf_of == "下稿代港口無人機辦事處發出："
    assert release.paragraphs == (
        "今日（三月二十日）發出兩個無人機送貨試驗牌照。試驗完結日期未定，首階段完成後再作檢討。",
        "辦事處主管說：「《深化合作\u3000推進建設》是開始。」",
        "他感謝業界。",
    )
    assert release.published_at == datetime(2025, 3, 20, 10, 5, tzinfo=UTC)
    assert release.twin_url == EN


def test_chinese_release_of_2012_in_big5() -> None:
    address = "https://www.info.gov.hk/gia/general/201207/03/P201207030436.htm"
    release = read_release(page("press-releases/release_zh_2012.txt", codec="big5hkscs"), {}, address)
    assert release.headline == "碼頭渡輪新班次（只有中文）"
    assert release.paragraphs == ("渡輪公司今日（七月三日）公布新班次，乘客可沿着海旁前往碼頭。", "發言人說：「新班次於七月五日生效。」")
    assert release.published_at == datetime(2012, 7, 3, 8, 43, tzinfo=UTC)
    assert release.twin_url is None


def test_english_release_of_2012() -> None:
    address = "https://www.info.gov.hk/gia/general/201207/03/P201207030437.htm"
    release = read_release(page("press-releases/release_en_2012.txt", codec="big5hkscs"), {}, address)
    assert release.headline == "New ferry timetable"
    assert release.paragraphs == (
        "The ferry company announced a new timetable today (July 3), café boats included.",
        '"It takes effect on July 5," a spokesman said.',
    )
    assert release.published_at == datetime(2012, 7, 3, 8, 43, tzinfo=UTC)


def test_a_saved_page_tells_its_own_address_by_folder_of_the_issue_day() -> None:
    assert read_release(page("press-releases/release_en_2017.htm"), {}, None).url == EN


def test_a_copy_found_elsewhere_keeps_the_publishers_address() -> None:
    assert read_release(page("press-releases/release_en_2017.htm"), {}, "https://copies.example/saved/1.htm").url == EN
    assert read_release(page("press-releases/release_zh_2017.htm"), {}, ZH.replace("https://", "https://sc.isd.gov.hk/TuniS/")).url == ZH


def test_changed_chrome_is_no_change_of_text() -> None:
    body = page("press-releases/release_en_2017.htm")
    assert read_release(body, {}, EN).text_digest == read_release(body.replace(b"Version Number = 01", b"Version Number = 02"), {}, EN).text_digest


@pytest.mark.parametrize(
    ("cut", "reason"),
    [
        ((b'id="pressrelease"', b'id="other"'), "no element #pressrelease"),
        ((b"Issued at HKT 18:05", b""), "no foot"),
        ((b"Ends/Thursday, March 20, 2025", b"Ends/Thursday, March 32, 2025"), "impossible instant"),
        ((b"Ends/Thursday, March 20, 2025", b"Ends/Thursday, Smarch 20, 2025"), "no foot"),
    ],
)
def test_what_is_no_whole_release_is_refused_with_the_reason(cut: tuple[bytes, bytes], reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        read_release(page("press-releases/release_en_2017.htm").replace(*cut), {}, EN)


def test_a_page_broken_off_in_its_text_is_refused() -> None:
    body = page("press-releases/release_zh_2017.htm")
    with pytest.raises(WrongPage, match="no foot"):
        read_release(body[: body.index("香港時間".encode())], {}, ZH)


@pytest.mark.parametrize("filling", [b"a<br>" * 20_000, "。\xa0".encode() + b"\xc2\xa0" * 200_000, "完 ".encode() * 100_000, b"Ends/ " * 100_000])
def test_endless_text_without_a_foot_is_refused_quickly(filling: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(WrongPage, match="no foot"):
        read_release(b"<html><div id='pressrelease'>" + filling + b"</div></html>", {}, EN)
    assert time.monotonic() - began < 10


def test_hidden_characters_and_other_peoples_language_links_do_no_harm() -> None:
    body = page("press-releases/release_en_2017.htm")
    body = body.replace(b"Two pilot", "\u202eTwo\x00 \u200bpi\u200flot\x07".encode())
    body = body.replace(b"/gia/general/202503/20/P2025032000412.htm", b"//evil.example/gia/general/202503/20/P2025032000412.htm")
    release = read_release(body, {}, EN)
    assert release.paragraphs[0].startswith("Two pilot licences")
    assert release.twin_url is None


BODY = page("press-releases/release_en_2017.htm")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<head>", b'<head><meta name="description" content="The Harbour Drone Office announced something else today..."/>', "description"),
        (
            b'<div class="btm_btn">',
            "<div>\xa0\xa0\xa0\xa0\xa0A paragraph of the release that a new template puts behind the text of it.</div><div>".encode(),
            "outside",
        ),
        (b"</html>", b"", "does not end"),
        (b"Two pilot", "Two pilotâ€™s".encode(), "broken by a wrong encoding"),
    ],
)
def test_a_release_that_lacks_a_part_is_refused(old: bytes, new: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        read_release(BODY.replace(old, new), {}, EN)


def test_a_description_that_begins_as_the_text_is_no_reason() -> None:
    said = b'<head><meta name="description" content="The following is issued on behalf of the Harbour Drone Office: Two..."/>'
    assert read_release(BODY.replace(b"<head>", said), {}, EN) == read_release(BODY, {}, EN)


def test_the_twin_is_found_without_its_marks_but_never_guessed_among_several() -> None:
    bare = BODY.replace(b'id="hdrTCLnk"', b"").replace(b'id="hdrSCLnk"', b"")
    assert read_release(bare, {}, EN).twin_url == ZH
    news = b'<a href="/gia/general/202503/19/P2025031900001.htm">Most read</a><a href="/gia/general/202503/19/P2025031900002.htm">Next</a>'
    assert read_release(bare.replace(b"<body>", b"<body>" + news), {}, EN).twin_url is None
    assert read_release(BODY.replace(b"<body>", b"<body>" + news), {}, EN).twin_url == ZH
