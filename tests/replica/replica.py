#!/usr/bin/env python3
"""A replica of the watched sites on loopback, made from facsimile documents: for tests, for the demo, and for trying things out.

    python tests/replica/replica.py tests/facsimiles [--port 8099] [--now 2025-07-20T12:00:00+08:00] [--filler N] [--faults RATE --seed N] [--only-fault KIND]
    with replica(folder, now=...) as address: ...    # in a test: on a free port, in this process

The folder holds press.jsonl, bills.jsonl, agendas.jsonl, legco.json and legco-pages.jsonl (see tests/facsimiles/README.md); their texts are our own
and no releases of the Government. A request for https://HOST/PATH is answered at http://127.0.0.1:PORT/HOST/PATH, which is what the setting
MILESTONES_MIRROR=http://127.0.0.1:PORT asks for. Documents published after --now do not exist yet; POST /_now with a timestamp as body moves
the clock. GET /_log returns the requests seen, as JSON. Every day from the first release (not before October 2024) to the --now of the start also has N everyday
releases in each language (--filler, default 2, in tests 0), because the real site has no empty day; they report no milestone.

Answers: press releases, daily indexes (DD.htm, DDc.htm, today.htm, ctoday.htm), RSS (general_en.xml, general_zh.xml), BillsDB Vbills, ScheduleDB
Tmeeting, Tterm, Tsession and votes (OData v3: $top, $skip, $inlinecount, $filter on the year or a day of a date field), agenda pages, LegCo's tables
of subsidiary legislation, the HKMA list, robots.txt.
Other hosts and pages answer 404.
Faults (share RATE of the answers, reproducible by --seed): 500, 503 with Retry-After, a cut body, a 200 page that is not the page, an empty
answer, a slow answer, U+FFFD in place of Chinese. Standard library only; listens on 127.0.0.1 only.

Written for reading at one glance, markup beside data, and so with wide lines; ruff leaves this folder alone.
"""

import argparse
import hashlib
import html
import json
import random
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

HKT = timezone(timedelta(hours=8))
FAULTS = ("500", "503", "cut", "wrong_page", "empty", "slow", "mojibake")
WEEKDAYS_ZH = "一二三四五六日"


FILLER = [
    (
        "Temporary closure of swimming pool in {place}",
        "{place}游泳池暫停開放",
        "The swimming pool in {place} will be closed for repairs. Patrons are asked to use other venues nearby.",
        "位於{place}的游泳池因維修工程暫停開放，市民可使用鄰近場地。",
    ),
    (
        "Special traffic arrangements in {place}",
        "{place}實施特別交通安排",
        "Special traffic arrangements will be in force in {place} during the weekend. Motorists should drive with care.",
        "{place}於周末實施特別交通安排，駕駛人士應小心駕駛。",
    ),
    (
        "Missing man in {place} located",
        "{place}失蹤男子尋回",
        "A man who had been reported missing in {place} has been located. He is safe.",
        "早前報稱於{place}失蹤的男子已經尋回，情況安全。",
    ),
    (
        "Appeal for information on traffic accident in {place}",
        "警方呼籲市民提供{place}交通意外資料",
        "Police appeal to anyone who witnessed a traffic accident in {place} to contact the investigation team.",
        "警方呼籲任何目擊{place}交通意外的人士與調查隊聯絡。",
    ),
    (
        "Customs seizes suspected illicit cigarettes in {place}",
        "海關於{place}檢獲懷疑私煙",
        "Customs officers seized suspected illicit cigarettes in {place} and arrested one person.",
        "海關人員在{place}檢獲一批懷疑私煙，並拘捕一人。",
    ),
    (
        "Air quality health risk reaches high level in {place}",
        "{place}空氣質素健康風險達高水平",
        "The health risk of air pollution reached the high level in {place}. Children and the elderly should reduce outdoor activities.",
        "{place}空氣污染的健康風險達高水平，兒童及長者應減少戶外活動。",
    ),
    (
        "Exhibition on local history opens in {place}",
        "{place}舉行本地歷史展覽",
        "An exhibition of old photographs is on show at the public library in {place}. Admission is free.",
        "{place}公共圖書館展出舊照片，免費入場。",
    ),
    (
        "Water supply suspension in {place}",
        "{place}暫停食水供應",
        "Fresh water supply to some buildings in {place} will be suspended for works on the mains.",
        "{place}部分樓宇因水管工程暫停食水供應。",
    ),
]
PLACES = [
    ("Sha Tin", "沙田"),
    ("Kwun Tong", "觀塘"),
    ("Yuen Long", "元朗"),
    ("Wan Chai", "灣仔"),
    ("Tai Po", "大埔"),
    ("Sai Kung", "西貢"),
    ("Tuen Mun", "屯門"),
]


def everyday(first: datetime, last: datetime, per_day: int) -> list[dict]:
    """`per_day` everyday releases a day in each language, the same ones for the same day, as twins."""
    docs, day = [], first.replace(hour=0, minute=0, second=0, microsecond=0)
    while day <= last:
        for n in range(per_day):
            title_en, title_zh, body_en, body_zh = FILLER[(day.toordinal() * 3 + n) % len(FILLER)]
            place_en, place_zh = PLACES[(day.toordinal() + n * 2) % len(PLACES)]
            at, ids = day + timedelta(hours=10 + 2 * n, minutes=15), [f"F{day:%Y%m%d}{n}{x}" for x in "ez"]
            for k, (lang, title, body, place) in enumerate([("en", title_en, body_en, place_en), ("zh", title_zh, body_zh, place_zh)]):
                url = f"https://www.info.gov.hk/gia/general/{day:%Y%m}/{day:%d}/P{day:%Y%m%d}9{n:02d}{k:02d}.htm"
                docs.append(
                    {
                        "id": ids[k],
                        "url": url,
                        "lang": lang,
                        "published_at": at.isoformat(),
                        "headline": title.format(place=place),
                        "on_behalf_of": None,
                        "paragraphs": [body.format(place=place)],
                        "twin": ids[1 - k],
                        "expected": [],
                    }
                )
        day += timedelta(days=1)
    return docs


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()] if path.exists() else []


class Site:
    def __init__(self, folder: Path, now: datetime, filler: int):
        self.now = now
        self.press = read_lines(folder / "press.jsonl")
        if self.press and filler:
            first = max(min(datetime.fromisoformat(d["published_at"]) for d in self.press), datetime(2024, 10, 1, tzinfo=HKT))
            self.press += everyday(first.astimezone(HKT), now, filler)
        for doc in self.press:
            doc["at"] = datetime.fromisoformat(doc["published_at"]).astimezone(HKT)
        self.by_path = {urlsplit(d["url"]).path: d for d in self.press}
        self.by_id = {d["id"]: d for d in self.press}
        self.bills = read_lines(folder / "bills.jsonl")
        self.agendas = {urlsplit(a["url"]).path: a for a in read_lines(folder / "agendas.jsonl")}
        self.legco_pages = {urlsplit(p["url"]).path: p for p in read_lines(folder / "legco-pages.jsonl")}
        self.legco = json.loads((folder / "legco.json").read_text("utf-8")) if (folder / "legco.json").exists() else {}

    def visible(self, lang: str) -> list[dict]:
        docs = [d for d in self.press if d["lang"] == lang and d["at"] <= self.now]
        return sorted(docs, key=lambda d: (d["at"], d["url"]), reverse=True)

    # ---- press releases -------------------------------------------------------------------------------------------
    def page(self, doc: dict) -> str:
        zh = doc["lang"] == "zh"
        twin = self.by_id.get(doc.get("twin") or "")
        link = f'<a href="{urlsplit(twin["url"]).path}"><img id="{"hdrENLnk" if zh else "hdrTCLnk"}" alt=""></a>' if twin else ""
        at, headline = doc["at"], html.escape(doc["headline"])
        indent = "\u3000\u3000" if zh else "&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;"
        parts = ([html.escape(doc["on_behalf_of"])] if doc.get("on_behalf_of") else []) + [indent + html.escape(p) for p in doc["paragraphs"]]
        if zh:
            foot = f"完<br /><br />{at.year}年{at.month}月{at.day}日（星期{WEEKDAYS_ZH[at.weekday()]}）<br />香港時間{at.hour}時{at.minute:02d}分"
        else:
            foot = f"Ends/{at:%A}, {at:%B} {at.day}, {at.year} <br/> Issued at HKT {at:%H:%M}"
        return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{headline}</title>
<meta property="og:title" content="{headline}"></head><body>
<div id="headerBanner"><div class="hdrLnk">{link}<a href="http://sc.isd.gov.hk/TuniS/www.info.gov.hk{urlsplit(doc["url"]).path}"><img id="hdrSCLnk" alt=""></a></div></div>
<div id="content"><div id="contentBody"><div class="fontSize1" style="display:none">{headline}</div>
<div id="PRHeadline"><span id="PRHeadlineSpan" class="fontSize1">{headline}</span></div><div id="starBar">{"*" * 60}</div>
<span id="pressrelease" class="fontSize1">{"<br /><br />".join(parts)}<br /><br /><div class="controlDisplay2"></div>
<div class="mB15 f15">{foot}</div>{"" if zh else "<div>NNNN</div>"}</span></div>
<div id="rightContent"></div></div><a href="/gia/general/today.htm">Today's Press Releases</a></body></html>"""

    def index(self, day: str, lang: str) -> str | None:
        docs = [d for d in self.visible(lang) if d["at"].strftime("%Y%m/%d") == day]
        date = datetime.strptime(day, "%Y%m/%d").replace(tzinfo=HKT)
        if date > self.now:
            return None
        rows = "".join(f'<li><a href="{urlsplit(d["url"]).path}">{html.escape(d["headline"])}</a></li>' for d in docs)
        return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Press Releases</title></head><body>
<div id="headerBanner">{date:%d-%m-%Y}</div><div id="contentBody"><ul class="list fontSize1">{rows}</ul></div></body></html>"""

    def rss(self, lang: str) -> str:
        items = []
        for d in self.visible(lang)[:100]:
            body = html.escape("<br/><br/>".join(html.escape(p).replace(" ", "&nbsp;", 1) for p in d["paragraphs"]))
            items.append(
                f"<item><title>{html.escape(d['headline'])} </title><guid>{d['url']}</guid><link>{d['url']}</link>"
                f"<pubDate>{format_datetime(d['at'].replace(second=0))}</pubDate><description>{body}</description></item>"
            )
        wrong = self.now.strftime("%a, %d %b %Y %H:%M:%S GMT")  # the real feed labels Hong Kong time as GMT
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Press Releases</title><link>https://www.info.gov.hk/</link>'
            f"<language>{'zh-HK' if lang == 'zh' else 'en-UK'}</language><pubDate>{wrong}</pubDate>"
            f"<lastBuildDate>Tue, 12 Jul 2016 09:00:00 GMT</lastBuildDate>{''.join(items)}</channel></rss>"
        )

    # ---- Legislative Council --------------------------------------------------------------------------------------
    def known_bills(self) -> list[dict]:
        """Rows as they stood at `now`: dates still to come are null, bills not yet gazetted are absent."""
        limit, rows = self.now.strftime("%Y-%m-%dT%H:%M:%S"), []
        for bill in self.bills:
            row = {
                k: (None if "_date" in k and not k.endswith(("_eng", "_chi")) and isinstance(v, str) and v > limit else v) for k, v in bill.items()
            }
            if any(isinstance(v, str) and re.match(r"\d{4}-\d\d-\d\dT", v) for v in row.values()) or not any(
                isinstance(v, str) and re.match(r"\d{4}-\d\d-\d\dT", v) for v in bill.values()
            ):
                rows.append(row)
        return rows

    def meetings(self) -> list[dict]:
        """Sittings of the Council, known long before, and meetings of committees; an agenda is linked from five days before."""
        rows = {(day, "Council meeting (Regular meeting)", "立法會會議"): {} for day in self.legco.get("sittings", [])}
        for a in self.agendas.values():
            if self.is_out(a["meeting_date"], days=5):
                rows.setdefault((a["meeting_date"], "Council meeting (Regular meeting)", "立法會會議"), {})[a["lang"]] = a["url"]
        for page in (p for p in self.legco_pages.values() if "subject_eng" in p and self.is_out(p["meeting_date"], days=5)):
            rows.setdefault((page["meeting_date"], page["subject_eng"], page["subject_chi"]), {})[page["lang"]] = page["url"]
        return [
            {
                "slot_id": f"{n}",
                "meet_id": n,
                "subject_eng": subject_eng,
                "subject_chi": subject_chi,
                "start_date_time": f"{day}T11:00:00",
                "meeting_type_eng": "Open",
                "meeting_type_chi": "公開",
                "venue_code": "C",
                "venue_name_eng": "Chamber",
                "venue_name_chi": "會議廳",
                "term_id": 7 if day < "2026" else 8,
                "agenda_url_eng": links.get("en", "").replace("https://", "http://"),
                "agenda_url_chi": links.get("zh", "").replace("https://", "http://"),
            }
            for n, ((day, subject_eng, subject_chi), links) in enumerate(sorted(rows.items()), 1)
        ]

    def is_out(self, day: str, days: int = 0) -> bool:
        """Whether something of a day is there already, so many days before it."""
        return datetime.fromisoformat(day).replace(tzinfo=HKT) - timedelta(days=days) <= self.now

    def legco_page(self, path: str) -> str:
        """A page without the rows of its table whose Gazette day (`6.6.25`) is still to come."""
        html = self.legco_pages[path]["html"]
        for row, day in re.findall(r"(<tr><td>([\d.]+)<br>.*?</tr>)", html):
            html = html if self.is_out(datetime.strptime(day, "%d.%m.%y").date().isoformat()) else html.replace(row, "")
        return html

    def votes(self) -> list[dict]:
        return [v for v in self.legco.get("votes", []) if self.is_out(v["vote_time"])]


def hkma(site: Site, query: dict) -> str:
    """HKMA's press release list: what the replica's releases say is issued by or for the HKMA; title, link and day only."""
    if "lang" not in query:
        return json.dumps({"header": {"success": False, "err_code": "9999", "err_msg": "lang is required"}, "result": None})
    docs = [
        d
        for d in site.visible("en" if query["lang"] == ["en"] else "zh")
        if "HKMA" in d["headline"] or "金管局" in d["headline"] or "Monetary Authority" in (d.get("on_behalf_of") or "")
    ]
    if query.get("choose") == ["date"]:
        docs = [d for d in docs if query["from"][0] <= f"{d['at']:%Y-%m-%d}" <= query["to"][0]]
    start, size = int(query.get("offset", ["0"])[0]), int(query.get("pagesize", ["100"])[0])
    records = [
        {
            "title": d["headline"],
            "link": f"https://www.hkma.gov.hk/{'eng' if d['lang'] == 'en' else 'chi'}/news-and-media/press-releases/{d['at']:%Y/%m/%Y%m%d}-3/",
            "date": f"{d['at']:%Y-%m-%d}",
        }
        for d in docs[start : start + size]
    ]
    return json.dumps(
        {"header": {"success": True, "err_code": "0000", "err_msg": "No error found"}, "result": {"datasize": len(records), "records": records}},
        ensure_ascii=False,
    )


def odata(rows: list[dict], query: dict, name: str) -> str:
    for clause in re.findall(r"(?:year\()?(\w+)\)? (ge|le|gt|lt|eq) (?:datetime'([^']+)'|(\d{4}))", query.get("$filter", [""])[0]):
        field, op, day, year = clause

        def keep(row):
            value = row.get(field)
            if value is None:
                return False
            left, right = (value[:4], year) if year else (value, day)
            return {"ge": left >= right, "le": left <= right, "gt": left > right, "lt": left < right, "eq": left[: len(right)] == right}[op]

        rows = [r for r in rows if keep(r)]
    total = len(rows)
    rows = rows[int(query.get("$skip", ["0"])[0]) :]
    rows = rows[: int(query["$top"][0])] if "$top" in query else rows
    out = {"odata.metadata": f"https://app.legco.gov.hk/$metadata#{name}"}
    if query.get("$inlinecount") == ["allpages"]:
        out["odata.count"] = str(total)
    return json.dumps(out | {"value": rows}, ensure_ascii=False)


def answer(site: Site, host: str, path: str, query: dict) -> tuple[str, str] | None:
    """(content type, text) of https://HOST/PATH, or None where there is no such page."""
    if path == "/robots.txt":
        return "text/plain", "User-agent: *\nDisallow: /isd/40anniversary/\n"
    if host == "www.info.gov.hk":
        if path in site.by_path:
            doc = site.by_path[path]
            return ("text/html; charset=utf-8", site.page(doc)) if doc["at"] <= site.now else None
        if m := re.fullmatch(r"/gia/general/(\d{6}/\d\d)(c?)\.htm", path):
            try:
                page = site.index(m[1], "zh" if m[2] else "en")
            except ValueError:
                return None
            return ("text/html; charset=utf-8", page) if page else None
        if m := re.fullmatch(r"/gia/general/(c?)today\.htm", path):
            return "text/html; charset=utf-8", site.index(site.now.strftime("%Y%m/%d"), "zh" if m[1] else "en")
        if m := re.fullmatch(r"/gia/rss/general_(en|zh)\.xml", path):
            return "text/xml; charset=utf-8", site.rss(m[1])
    if host == "app.legco.gov.hk":
        if path == "/BillsDB/odata/Vbills":
            return "application/json; charset=utf-8", odata(site.known_bills(), query, "Vbills")
        if path == "/ScheduleDB/odata/Tmeeting":
            return "application/json; charset=utf-8", odata(site.meetings(), query, "Tmeeting")
        if path in ("/ScheduleDB/odata/Tterm", "/ScheduleDB/odata/Tsession") and site.legco:
            name = path.rpartition("/")[2]
            return "application/json; charset=utf-8", odata(site.legco["terms" if name == "Tterm" else "sessions"], query, name)
        if path == "/vrdb/odata/vVotingResult" and site.legco:
            return "application/json; charset=utf-8", odata(site.votes(), query, "vVotingResult")
    if host == "api.hkma.gov.hk" and path == "/public/press-releases":
        return "application/json; charset=utf-8", hkma(site, query)
    if host in ("www.legco.gov.hk", "legco.gov.hk") and path in site.agendas:
        return "text/html; charset=utf-8", site.agendas[path]["html"]
    if host in ("www.legco.gov.hk", "legco.gov.hk") and path in site.legco_pages:
        return "text/html; charset=utf-8", site.legco_page(path)
    return None


class Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Clients that hang up are part of the game: they time out on slow answers and refuse cut ones."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def server_of(site: Site, port: int, rate: float, seed: int, only: str | None) -> Server:
    """The replica's server, bound but not yet serving; port 0 is a free one."""
    dice, lock, log = random.Random(seed), threading.Lock(), []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body leave separately; without this each answer waits 40 ms for an acknowledgement

        def log_message(self, *args):
            pass

        def send(self, status: int, kind: str, body: bytes, extra: dict = {}, declared: int | None = None):
            self.send_response(status)
            for key, value in {"Content-Type": kind, "Content-Length": str(len(body) if declared is None else declared), **extra}.items():
                self.send_header(key, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
            if declared is not None:
                self.close_connection = True

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            if self.path == "/_now":
                site.now = datetime.fromisoformat(body.strip()).astimezone(HKT)
            return self.send(200, "text/plain", str(site.now).encode())

        def do_GET(self):
            if self.path == "/_log":
                return self.send(200, "application/json", json.dumps(log).encode())
            parts = urlsplit(unquote(self.path))
            host, _, rest = parts.path.lstrip("/").partition("/")
            with lock:
                fault = (only or dice.choice(FAULTS)) if dice.random() < rate else None
            found = answer(site, host, "/" + rest, parse_qs(parts.query))
            with lock:
                log.append(
                    {
                        "host": host,
                        "path": "/" + rest,
                        "query": parts.query,
                        "at": time.time(),
                        "fault": fault,
                        "found": bool(found),
                        "user_agent": self.headers.get("User-Agent"),
                        "if_none_match": self.headers.get("If-None-Match"),
                    }
                )
            if fault == "500":
                return self.send(500, "text/html", b"<h1>Internal Server Error</h1>")
            if fault == "503":
                return self.send(503, "text/html", b"busy", {"Retry-After": "1"})
            if fault == "wrong_page":
                return self.send(200, "text/html; charset=utf-8", b"<html><body><h1>System maintenance</h1></body></html>")
            if fault == "empty":
                return self.send(200, found[0] if found else "text/html", b"")
            if found is None:
                return self.send(404, "text/html", b"<h1>Not found</h1>")
            kind, text = found
            if fault == "mojibake":
                text = re.sub(r"[\u3400-\u9fff]", "\ufffd", text)
            body = text.encode("utf-8")
            etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
            if fault == "cut":
                return self.send(200, kind, body[: len(body) // 2], declared=len(body))
            if fault == "slow":
                time.sleep(5)
            if host.endswith("legco.gov.hk") and self.headers.get("If-None-Match") == etag:
                return self.send(304, kind, b"", {"ETag": etag})
            extra = {"ETag": etag} if host.endswith("legco.gov.hk") else {"Cache-Control": "no-store"}
            self.send(200, kind, body, extra)

        do_HEAD = do_GET

    return Server(("127.0.0.1", port), Handler)


@contextmanager
def replica(folder: Path, *, now: datetime, filler: int = 0, faults: float = 0.0, seed: int = 1, only_fault: str | None = None) -> Iterator[str]:
    """Serves the folder on a free port as long as the block runs; gives the address that MILESTONES_MIRROR takes."""
    server = server_of(Site(folder, now.astimezone(HKT), filler), 0, faults, seed, only_fault)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("--port", type=int, default=8099, help="0 is a free one; the first line printed says which")
    p.add_argument("--now", type=datetime.fromisoformat, default=datetime.now(HKT))
    p.add_argument("--filler", type=int, default=2, metavar="N")
    p.add_argument("--faults", type=float, default=0.0, metavar="RATE")
    p.add_argument("--only-fault", choices=FAULTS)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    if not (a.folder / "press.jsonl").exists():
        p.error(f"no press.jsonl in {a.folder}")
    site = Site(a.folder, a.now.astimezone(HKT), a.filler)
    server = server_of(site, a.port, a.faults, a.seed, a.only_fault)
    print(
        f"replica on http://127.0.0.1:{server.server_port} at {site.now.isoformat()}: {len(site.press)} releases, {len(site.bills)} bills, {len(site.agendas)} agendas",
        flush=True,
    )
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
