"""What readers get: the text is compared as a whole, the HTML for what it may and may not hold."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from milestones.adapters.registry_files import load_vocabulary
from milestones.domain.documents import Figure
from milestones.domain.events import Draft, EventType, Kind, Origin, State
from milestones.domain.notes import notes_in
from milestones.reports.digest import SHOWN, render
from milestones.services.digest import Digest
from milestones.services.subscriptions import Language, Scope
from tests.reports.sample import NOTE, TODAY, ledger, opened, read_until, reported, view, vocabulary, weekly

GOLDEN_ZH = Path(__file__).parent / "golden" / "digest-zh.txt"
GOLDEN = Path(__file__).parent / "golden" / "digest.txt"
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><a href="https://evil.test">click</a>',
    "{{ 7 * 7 }}",
    "line\r\nBcc: somebody@example.test",
    "\u202edesrever\u202c and \u2066hidden\u2069 and zero\u200bwidth",
)


@dataclass
class Page(HTMLParser):
    """Tags, links and the text of a page."""

    html: str
    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str | None]] = field(default_factory=list)
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def a_full_week(origin: Origin = Origin.LIVE) -> Digest:
    """One of everything that a digest can tell."""
    known = [
        opened(origin),
        reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 11, 4), document="corrected"),
        reported("IP-08", "students", Kind.PROGRESS_REPORTED, date(2025, 11, 1)),
    ]
    before = ledger(*known)
    news = [
        reported("IT-22", "buses", Kind.FUNDING_AWARDED, date(2025, 12, 4), document="award", quote="批出資助"),
        reported("IT-22", "buses", Kind.FUNDING_AWARDED, date(2025, 12, 4), document="award-in-english", quote="Two more grants were made."),
        reported(
            "IP-08", "students", Kind.PROGRESS_REPORTED, date(2025, 12, 2), figures=[Figure(value="130000", unit="students", basis="cumulative")]
        ),
        reported("IP-08", "students", Kind.PROGRESS_REPORTED, date(2025, 12, 5)),
        reported("IT-25", "bill", Kind.BILL_GAZETTED, date(2025, 3, 14)),
        reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 10), state=State.SCHEDULED),
        reported("IT-25", "bill", Kind.LEGISLATIVE_PROPOSAL, date(2025, 12, 2), state=State.SCHEDULED),
        reported(
            "IT-22",
            "buses",
            Kind.TRIAL_STARTED,
            date(2025, 11, 5),
            document="corrected",
            type_=EventType.MILESTONE_AMENDED,
            amends=before[1].event_id,
        ),
    ]
    events = ledger(*known, *news)
    return weekly(before, events, origin=origin, unread={"hkma": "not read since 3 December: HTTP 503"})


def in_language(told: Digest, language: Language) -> Digest:
    return replace(told, subscription=replace(told.subscription, language=language))


def told_of(*drafts: Draft) -> Digest:
    return weekly(ledger(opened()), ledger(opened(), *drafts))


def test_the_text_is_word_for_word_what_it_should_be() -> None:
    assert render(a_full_week(), vocabulary(), note=NOTE).text == GOLDEN.read_text(encoding="utf-8")


def test_the_same_digest_gives_the_same_bytes() -> None:
    assert render(a_full_week(), vocabulary(), note=NOTE) == render(a_full_week(), vocabulary(), note=NOTE)


def test_the_chinese_text_is_word_for_word_what_it_should_be() -> None:
    told = in_language(a_full_week(), Language.ZH)
    assert render(told, load_vocabulary(), note=NOTE).text == GOLDEN_ZH.read_text(encoding="utf-8")


def test_both_languages_are_one_mail_that_leads_from_one_to_the_other() -> None:
    message = render(in_language(a_full_week(), Language.BOTH), load_vocabulary(), note=NOTE)
    page = Page(message.html)
    assert "#zh" in page.links
    assert ("id", "zh") in page.attributes
    assert page.tags.count("h1") == 1
    assert [a.cid for a in message.attachments if a.cid] == ["course-en@milestone-monitor", "course-zh@milestone-monitor"]
    assert message.text.count(NOTE.checkpoint.origin) == 1
    assert "1 correction" in message.subject
    assert "1 項更正" in message.subject


def test_a_chinese_mail_quotes_the_chinese_document_and_says_where_there_is_none() -> None:
    text = render(in_language(a_full_week(), Language.ZH), load_vocabulary(), note=NOTE).text
    assert "“批出資助”" in text
    assert "https://www.info.gov.hk/gia/award.htm" in text
    assert "Two more grants" not in text
    assert "130,000 名學生（累計） [只有英文]" in text


def test_an_english_mail_says_where_the_words_are_chinese_alone() -> None:
    told = told_of(reported("IT-22", "buses", Kind.FUNDING_AWARDED, date(2025, 12, 4), quote="批出資助"))
    assert "[Chinese only]" in render(told, load_vocabulary(), note=NOTE).text


def test_the_checkpoint_can_be_read_from_either_part() -> None:
    message = render(a_full_week(), vocabulary(), note=NOTE)
    assert notes_in(message.text) == [NOTE]
    assert NOTE.checkpoint.origin in Page(message.html).words


def test_the_mail_says_which_commitments_it_tells_of() -> None:
    told = a_full_week()
    told = replace(told, subscription=replace(told.subscription, scope=Scope(bureaux=("CEDB",))))
    assert "Tells of: CEDB" in render(told, vocabulary(), note=NOTE).text


def test_few_dated_targets_need_no_picture() -> None:
    message = render(replace(a_full_week(), course=()), vocabulary(), note=NOTE)
    assert not [a for a in message.attachments if a.cid]
    assert "<img" not in message.html


def test_what_is_folded_is_said() -> None:
    told = replace(a_full_week(), folded_before=date(2025, 12, 5))
    assert "What happened before 5 December 2025 is told in one line" in render(told, vocabulary(), note=NOTE).text


def test_the_html_says_what_the_text_says() -> None:
    message = render(a_full_week(), vocabulary(), note=NOTE)
    words = " ".join(Page(message.html).words.split())
    for told in (
        "130,000 students (cumulative)",
        "Two more grants were made.",
        "1 update",
        "HTTP 503",
        "5 days since 3 December 2025",
    ):
        assert told in words
        assert told in message.text


def test_the_subject_counts() -> None:
    assert render(a_full_week(), vocabulary(), note=NOTE).subject == (
        "Milestone Monitor, 1 to 8 December 2025: 4 milestones, 2 changes of status, 1 correction; 1 source not fully read"
    )


def test_a_quiet_week_says_what_was_read() -> None:
    events = ledger(opened(), reported("IP-11", "survey", Kind.STUDY_COMPLETED, date(2025, 11, 20)))
    message = render(weekly(events, events), vocabulary(), note=NOTE)
    assert message.subject == "Milestone Monitor, 1 to 8 December 2025: nothing new found"
    for part in (message.text, Page(message.html).words):
        assert "Nothing new was found in this period" in part
        assert "press-releases: 7 of 7 full days read" in part


def test_an_announced_day_alone_stands_in_the_subject() -> None:
    survey = reported("IP-11", "survey", Kind.STUDY_COMPLETED, date(2025, 11, 20))
    plan = reported("IT-22", "buses", Kind.FUNDING_AWARDED, date(2025, 12, 20), state=State.SCHEDULED)
    told = weekly(ledger(opened(), survey), ledger(opened(), survey, plan))
    assert render(told, vocabulary(), note=NOTE).subject.endswith(": 1 date ahead")


def test_a_last_sitting_stands_among_what_lies_ahead() -> None:
    day = TODAY + timedelta(days=3)
    told = weekly(ledger(opened()), ledger(opened()), last_sittings={("PA2024/IT-25", "bill"): day})
    lines = render(told, vocabulary(), note=NOTE).text.splitlines()
    assert any("Last sitting of the Legislative Council before the date given or the end of the term" in line for line in lines)


def test_the_first_digest_says_so() -> None:
    assert "This is the first digest" in render(weekly([], ledger(opened())), vocabulary(), note=NOTE).text


def test_a_replica_says_on_top_of_everything_that_these_are_facsimiles() -> None:
    message = render(a_full_week(Origin.REPLICA), vocabulary(), note=NOTE)
    assert message.subject.startswith("[FACSIMILES] ")
    assert message.text.startswith("*** Facsimiles, not news.")
    body = message.html.partition("<body")[2]
    assert body.index("Facsimiles, not news.") < body.index("<h1")
    live = render(a_full_week(), vocabulary(), note=NOTE)
    assert "acsimile" not in live.subject + live.text + live.html


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    message = render(told_of(reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 4), quote=words)), vocabulary(), note=NOTE)
    page = Page(message.html)
    assert not {"script", "iframe", "form"} & set(page.tags)
    assert [value for name, value in page.attributes if name == "src"] == ["cid:course-en@milestone-monitor"]
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert page.links == ["https://www.info.gov.hk/gia/IT-22-trial_started-2025-12-04.htm"]
    for part in (message.html, message.text):
        assert not [c for c in part if c in "\r\u202e\u202c\u2066\u2069\u200b"]
        assert "49" not in part.partition("“")[2].partition("”")[0]
    assert "\nBcc:" not in message.text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.test/x",
        "https://user@evil.test/",
        "https://www.info.gov.hk/\r\nx",
        'https://www.info.gov.hk/"onmouseover="alert(1)',
        "https://[::1",
        "https://www.info.gov.hk/" + "x" * 700,
        "urn:milestones:person",
    ],
)
def test_only_addresses_of_web_pages_become_links(url: str) -> None:
    message = render(told_of(reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 4), url=url)), vocabulary(), note=NOTE)
    assert Page(message.html).links == []
    assert "no official page" in Page(message.html).words
    assert url not in message.text


def test_an_odata_address_is_a_link() -> None:
    url = "https://app.legco.gov.hk/BillsDB/odata/Vbills?$filter=internal_key%20eq%20'A1'&$format=json"
    message = render(told_of(reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 4), url=url)), vocabulary(), note=NOTE)
    assert Page(message.html).links == [url]


def test_the_html_is_fit_for_mail_clients_and_for_screen_readers() -> None:
    message = render(in_language(a_full_week(), Language.BOTH), vocabulary(), note=NOTE)
    page = Page(message.html)
    assert ("lang", "en") in page.attributes
    assert ("lang", "zh-HK") in page.attributes
    assert page.tags.count("h1") == 1
    assert page.tags.index("h1") < page.tags.index("h2")
    assert not {"link", "script"} & set(page.tags)
    english, chinese = (value for name, value in page.attributes if name == "alt")
    assert english == (
        "Chart: of 4 targets with a date, the date of 1 had come by 8 December 2025; 0 were met by then. The last date is 16 October 2027."
    )
    assert chinese
    assert chinese.startswith("圖：4 項設限期目標中，截至2025年12月8日有 1 項限期已到")
    assert "@media (prefers-color-scheme: dark)" in message.html
    assert "max-width: 640px" in message.html.partition("<body")[2]
    assert "<style>" in message.html
    assert ".card {" not in message.html.partition("@media")[0]


def test_a_flood_is_capped_and_counted() -> None:
    many = [
        reported("IT-22", "buses", Kind.FUNDING_AWARDED, date(2025, 12, 4), document=f"d{n}", subject=f"s{n}", quote="x" * 300)
        for n in range(SHOWN + 5)
    ]
    message = render(told_of(*many), vocabulary(), note=NOTE)
    assert "and 5 more" in message.text
    assert len(message.html) < 100_000


def test_the_words_of_the_product_fit_the_templates() -> None:
    text = render(a_full_week(), load_vocabulary(), note=NOTE).text
    assert "Bill introduced (First Reading)" in text


def test_what_was_not_read_is_said_to_be_unknown() -> None:
    events = ledger(opened())
    told = weekly(events, events, now=view(TODAY, events, read_until(TODAY, without="press-releases")))
    text = render(told, vocabulary(), note=NOTE).text
    assert "Not read on every day from promise to deadline: press-releases\n  * IP-11" in text
    assert "press-releases: 0 of 7 full days read; last read to the end: never" in text
    assert "## Dates passed\n" not in text
