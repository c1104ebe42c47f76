"""The same releases by a Scrapy spider: the same elements by selectors, a pipeline that writes each to SQLite, nothing archived, detected or chained.

Needs no part of the product: python bench/spider.py MIRROR FIRST LAST DATABASE CONCURRENT. Prints JSON.
"""

import json
import re
import resource
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter, process_time
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess

FOOT = re.compile(r"^Ends\s*/|^完$")
BASE, FIRST, LAST, DATABASE, CONCURRENT = sys.argv[1:]


class Releases(scrapy.Spider):
    """The day's indexes in both languages, and every release that they name."""

    name = "releases"

    async def start(self) -> Any:
        first, last = date.fromisoformat(FIRST), date.fromisoformat(LAST)
        for number in range((last - first).days + 1):
            for letter in ("", "c"):
                yield scrapy.Request(f"{BASE}/www.info.gov.hk/gia/general/{first + timedelta(days=number):%Y%m/%d}{letter}.htm", self.parse)

    def parse(self, response: Any, **_: Any) -> Iterator[Any]:
        for href in response.css("ul.list a::attr(href)").getall():
            yield scrapy.Request(f"{BASE}/www.info.gov.hk{href}", self.release)

    def release(self, response: Any) -> Iterator[Any]:
        texts = [t.strip() for t in response.css("#pressrelease ::text").getall()]
        yield {
            "url": response.url,
            "headline": response.css("#PRHeadlineSpan::text").get("").strip(),
            "paragraphs": json.dumps([t for t in texts if t and not FOOT.match(t)], ensure_ascii=False),
            "issued": " ".join(texts[-4:]),
            "twin": response.css("a:has(img#hdrENLnk)::attr(href), a:has(img#hdrTCLnk)::attr(href)").get(),
            "files": json.dumps([h for h in response.css("a::attr(href)").getall() if re.search(r"\.(pdf|docx?|xlsx?|jpe?g|png)$", h)]),
        }


class ToSqlite:
    """One row and one commit for each release, as durable as ours."""

    @classmethod
    def from_crawler(cls, _crawler: Any) -> "ToSqlite":
        return cls()

    def open_spider(self) -> None:
        self.connection = sqlite3.connect(DATABASE, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE release (url TEXT PRIMARY KEY, headline TEXT, paragraphs TEXT, issued TEXT, twin TEXT, files TEXT)")

    def process_item(self, item: Any) -> Any:
        self.connection.execute("INSERT INTO release VALUES (:url, :headline, :paragraphs, :issued, :twin, :files)", item)
        return item

    def close_spider(self) -> None:
        self.connection.close()


def main() -> None:
    """Crawls once."""
    process = CrawlerProcess(
        settings={
            "LOG_LEVEL": "ERROR",
            "ROBOTSTXT_OBEY": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": int(CONCURRENT),
            "DOWNLOAD_DELAY": 0,
            "ITEM_PIPELINES": {"__main__.ToSqlite": 1},
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Releases)
    began = perf_counter()
    process.start()
    seconds, processor = perf_counter() - began, process_time()
    with sqlite3.connect(DATABASE) as connection:
        rows = connection.execute("SELECT count(*) FROM release WHERE headline <> '' AND paragraphs <> '[]'").fetchone()[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"documents": rows, "seconds": seconds, "processor_s": processor, "peak_mb": peak}))  # noqa: T201 - the measurement is the output


if __name__ == "__main__":
    main()
