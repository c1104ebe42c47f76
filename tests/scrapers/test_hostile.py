"""What somebody may put into a page to harm who reads it: each parser refuses it or reads it harmlessly, and quickly."""

import random
import time
import tracemalloc
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.registry import SOURCES
from tests.scrapers.golden import Golden, golden_page, page_paths
from tests.scrapers.mutations import BREAKING, HARMLESS

PAGES = [golden_page(path) for name in SOURCES for path in page_paths(name)]
KINDS = list({(page.source, page.path.suffix, page.asked["as"]): page for page in PAGES}.values())
"""One page for each parser."""

RELEASE = next(page for page in PAGES if page.path.name == "release_en_2017.htm")
TEXT = RELEASE.body.decode()
SECONDS, BYTES = 5.0, 300_000_000

_HOSTILE = {
    "entities that grow": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>',
    "an outside entity": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>',
    "10,000 elements in one another": "<html><body>" + "<div>" * 10_000 + "x" + "</div>" * 10_000 + "</body></html>",
    "100,000 lists in one another": "[" * 100_000,
    "100,000 objects in one another": '{"value":' * 100_000,
    "an attribute of 4 MB": f'<html><body><div id="pressrelease" class="{"x" * 4_000_000}">Ends/</div></body></html>',
    "50,000 attributes": "<html><body><div " + " ".join(f'a{n}="1"' for n in range(50_000)) + ">x</div></body></html>",
    "50 MB": "<p>a</p>" * 6_250_000,
    "NUL": "\x00" * 100_000,
    "an endless comment": "<html><!--" + "-" * 1_000_000,
    "half a tag, 500,000 times": "<a href=" * 60_000,
    "blanks": "\xa0 " * 700_000 + "Ends/",
    "a number too long": '{"odata.count": "' + "9" * 100_000 + '", "value": []}',
    "an integer too long": '{"odata.count": ' + "9" * 100_000 + ', "value": []}',
}


@pytest.mark.parametrize("page", KINDS, ids=lambda page: page.name)
@pytest.mark.parametrize("hostile", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_what_only_does_harm_is_refused_quickly_by_every_parser(page: Golden, hostile: str) -> None:
    began = time.monotonic()
    assert "refused" in page.read(SOURCES[page.source], hostile.encode())
    assert time.monotonic() - began < SECONDS


def read(text: str) -> dict[str, object]:
    told = RELEASE.read(SOURCES[RELEASE.source], text.encode())
    assert "refused" not in told, told
    (document,) = told["documents"]
    return dict(document)


def test_script_in_a_headline_is_text() -> None:
    spoiled = TEXT.replace("Pilot licences for <i>delivery</i>", "&lt;script&gt;alert(1)&lt;/script&gt;<script>alert(2)</script>")
    assert "<script>alert(1)</script>" in str(read(spoiled)["headline"]), "kept as text; whoever shows it escapes it"


def test_control_characters_and_marks_of_direction_are_gone() -> None:
    spoiled = TEXT.replace("Two pilot", "\u202eT\x00w\x1bo\u2066 \u200fpilot\x08")
    assert "Two pilot licences" in str(read(spoiled)["paragraphs"])


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1).pdf",
        "data:text/html,x.pdf",
        "file:///etc/passwd.pdf",
        "https://user:secret@gia.info.gov.hk/a.pdf",
        "https://gia.info.gov.hk:8080/a.pdf",
        "https://gia.info.gov.hk@evil.example/a.pdf",
        "//evil.example/a.pdf",
        "https://127.0.0.1/a.pdf",
        "https://gia.info.gov.hk/../../a.pdf",
        "http://[::1]/a.pdf",
        "https://gia.info.gov.hk\\@evil.example/a.pdf",
    ],
)
def test_links_elsewhere_are_none(href: str) -> None:
    spoiled = TEXT.replace("http://gia.info.gov.hk/general/202503/20/P2025031900398_1.pdf", href)
    spoiled = spoiled.replace("/gia/general/202503/20/P2025032000412.htm", href.replace(".pdf", "/gia/general/202503/20/P2025032000412.htm"))
    told = read(spoiled)
    addresses = [*told.get("attachments", []), *([told["twin_url"]] if "twin_url" in told else [])]  # type: ignore[misc]
    assert all(urlsplit(a).netloc in {"www.info.gov.hk", "gia.info.gov.hk"} and "secret" not in a for a in addresses)


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "hz-gb-2312", "unicode-escape", "base64", "../../x", "big5"])
def test_a_wrong_name_of_the_encoding_changes_nothing(charset: str) -> None:
    assert read(TEXT.replace("charset=utf-8", f"charset={charset}")) == read(TEXT)


WAYS = {kind: [*BREAKING[kind].values(), *HARMLESS[kind].values()] for kind in BREAKING}


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(page=st.sampled_from(PAGES), seed=st.integers(0, 10_000), cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8)), max_size=6))
def test_of_a_mutated_page_a_parser_gives_documents_or_says_why_not(page: Golden, seed: int, cuts: list[tuple[float, bytes]]) -> None:
    pick = random.Random(seed)
    kind = {".json": "json", ".xml": "xml"}.get(page.path.suffix, "html")
    changed = pick.choice(WAYS[kind])(page.path.read_text("utf-8"), pick) or ""
    body = bytearray(changed if isinstance(changed, bytes) else changed.encode())
    for at, piece in cuts:
        place = round(at * len(body))
        body[place : place + len(piece)] = piece
    began = time.monotonic()
    assert set(page.read(SOURCES[page.source], bytes(body))) & {"refused", "documents"}
    assert time.monotonic() - began < SECONDS


def test_reading_takes_little_memory() -> None:
    broad = TEXT.replace("The end is not fixed.", "The end is not fixed.<br />" * 30_000)
    tracemalloc.start()
    try:
        assert len(read(broad)["paragraphs"]) > 20_000  # type: ignore[arg-type]
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()
