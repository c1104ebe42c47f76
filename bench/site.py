"""A replica of the press release site with as many releases as wanted, made ahead and served from memory by a process of its own.

Eighty releases a day, half of them in each language, twins of one another. One in twenty tells what a facsimile of the tests tells;
the others have paragraphs of facsimiles that report nothing, mixed anew, so that no two are alike.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from milestones.domain.dates import HKT
from tests.replica.replica import Site

FACSIMILES = Path(__file__).parents[1] / "tests" / "facsimiles"
FIRST = date(2024, 10, 16)
_A_DAY = 80
_TOLD = 20


def days_of(size: int) -> int:
    """Over how many days so many releases are spread."""
    return -(-size // _A_DAY)


def last_day(size: int) -> date:
    """The day of the newest release."""
    return FIRST + timedelta(days=days_of(size) - 1)


def rendered(size: int) -> dict[str, bytes]:
    """Every page by its path behind a mirror."""
    noon = datetime.combine(last_day(size) + timedelta(days=1), datetime.min.time(), HKT) + timedelta(hours=12)
    site, pick = Site(FACSIMILES, noon, 0), random.Random(1)  # noqa: S311 - the same replica each time
    told = {lang: [r for r in site.press if r["lang"] == lang and r["expected"]] for lang in ("en", "zh")}
    plain = {lang: [p for r in site.press if r["lang"] == lang and not r["expected"] for p in r["paragraphs"]] for lang in ("en", "zh")}
    pages = {"/www.info.gov.hk/robots.txt": b"User-agent: *\nDisallow: /isd/40anniversary/\n"}
    number = 0
    for at in range(days_of(size)):
        day = FIRST + timedelta(days=at)
        of_day = []
        for place in range(min(_A_DAY, size - number)):
            lang = ("en", "zh")[place % 2]
            release = pick.choice(told[lang]) if number // 2 % _TOLD == 0 else None
            texts = release["paragraphs"] if release else pick.sample(plain[lang], 6)
            of_day.append(_release(number, place, day, lang, release["headline"] if release else f"{texts[0][:60]} ({number})", texts))
            number += 1
        site.press, site.by_id = of_day, {r["id"]: r for r in of_day}
        for release in of_day:
            pages["/" + release["url"].removeprefix("https://")] = site.page(release).encode()
        for lang, letter in (("en", ""), ("zh", "c")):
            index = site.index(f"{day:%Y%m/%d}", lang) or ""
            pages[f"/www.info.gov.hk/gia/general/{day:%Y%m/%d}{letter}.htm"] = index.encode()
    for lang in ("en", "zh"):
        pages[f"/www.info.gov.hk/gia/rss/general_{lang}.xml"] = site.rss(lang).encode()
    site.press = []  # today has none yet
    for lang, letter in (("en", ""), ("zh", "c")):
        pages[f"/www.info.gov.hk/gia/general/{noon:%Y%m/%d}{letter}.htm"] = (site.index(f"{noon:%Y%m/%d}", lang) or "").encode()
    return pages


def _release(number: int, place: int, day: date, lang: str, headline: str, paragraphs: list[str]) -> dict[str, Any]:
    at = datetime.combine(day, datetime.min.time(), HKT) + timedelta(hours=9, minutes=6 * (place // 2))
    return {
        "id": str(number),
        "url": f"https://www.info.gov.hk/gia/general/{day:%Y%m/%d}/P{day:%Y%m%d}{place:05d}.htm",
        "lang": lang,
        "at": at,
        "headline": headline,
        "paragraphs": paragraphs,
        "twin": str(number ^ 1),
    }


@contextmanager
def served(size: int) -> Iterator[str]:
    """The address of the mirror."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(size, theirs), daemon=True)
    process.start()
    theirs.close()  # so that a child that dies is noticed
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


def _serve(size: int, told: Connection) -> None:
    pages = rendered(size)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # headers and body in one packet

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.send(server.server_port)
    threading.Event().wait()
