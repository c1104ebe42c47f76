import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from milestones.domain.errors import Missing, Refused, Unreachable, WrongPage
from milestones.services.ports import Fetch, Validators
from scrapers.bodies import Limits
from scrapers.http import polite_fetch

HOST = "www.info.gov.hk"
HOSTS = frozenset({HOST, "app.legco.gov.hk"})
PAGE = f"https://{HOST}/gia/general/202503/20.htm"
NOON = datetime(2025, 3, 20, 4, 0, tzinfo=UTC)


@dataclass
class Around:
    """The world as a fetch sees it: a clock to turn, a folder of its own, and what it waited for."""

    folder: Path
    now: datetime = NOON
    slept: list[float] = field(default_factory=list)
    paced: list[tuple[str, float]] = field(default_factory=list)

    def fetch(self, mirror: str | None, **limits: float) -> Fetch:
        return polite_fetch(
            contact="team@example.org",
            clock=lambda: self.now,
            pace=lambda host, at_least=0.0: self.paced.append((host, at_least)),
            robots=self.folder / "robots",
            mirror=mirror,
            limits=Limits(**limits),  # type: ignore[arg-type]
            sleep=self.slept.append,
            jitter=lambda: 1.0,
        )


@pytest.fixture
def around(tmp_path: Path) -> Around:
    return Around(tmp_path)


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request(f"/{HOST}/robots.txt").respond_with_data("", status=404)
    return httpserver


def base(server: HTTPServer) -> str:
    return server.url_for("/")


def test_an_answer_keeps_the_publishers_address_and_its_record(site: HTTPServer, around: Around) -> None:
    seen: list[Request] = []

    def respond(request: Request) -> Response:
        seen.append(request)
        return Response("新聞", content_type="text/html; charset=utf-8")

    site.expect_request(f"/{HOST}/gia/general/202503/20.htm", query_string="a=1").respond_with_handler(respond)
    fetch = around.fetch(base(site))
    answer = fetch(f"http://{HOST}/gia/general/202503/20.htm?a=1#top", HOSTS)
    assert answer.url == f"{PAGE}?a=1"
    assert (answer.status, answer.body.decode(), answer.retrieved_at) == (200, "新聞", NOON)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.record.startswith(b"\x1f\x8b")
    assert b"WARC/1.1\r\n" in gzip.decompress(answer.record)
    assert f"WARC-Target-URI: {PAGE}?a=1\r\n".encode() in gzip.decompress(answer.record)
    assert seen[0].headers["User-Agent"] == "MilestoneMonitor/0.1 (+team@example.org)"
    assert around.paced == [(HOST, 0.0), (HOST, 0.0)]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        f"https://{HOST}.evil.example/",
        f"https://{HOST}@evil.example/",
        f"https://user:pass@{HOST}/",
        f"https://{HOST}:8443/",
        f"http://{HOST}:443/",
        f"ftp://{HOST}/",
        "https://127.0.0.1/",
        "https://[::1]/",
        f"https://{HOST}/a b",
        f"https://{HOST}/a\r\nX: y",
        f"https://{HOST}\\@evil.example/",
        f"https://{HOST}/gia/../../_now",
        f"https://{HOST}/gia/%2e%2e/%2E%2E/_now",
        "//evil.example",
        "https://[",
        "",
    ],
)
def test_only_hosts_of_the_source_are_asked(url: str, site: HTTPServer, around: Around) -> None:
    with pytest.raises(Refused):
        around.fetch(base(site))(url, HOSTS)
    assert site.log == []


def test_no_plain_ip_address_even_if_a_source_names_it(site: HTTPServer, around: Around) -> None:
    with pytest.raises(Refused):
        around.fetch(base(site))("https://169.254.169.254/", frozenset({"169.254.169.254"}))


def redirect(site: HTTPServer, path: str, to: str) -> None:
    site.expect_request(f"/{HOST}{path}").respond_with_data("", status=302, headers={"Location": to})


def test_redirects_are_followed_within_the_hosts(site: HTTPServer, around: Around) -> None:
    redirect(site, "/one", "/two")
    redirect(site, "/two", f"http://{HOST}/three")
    redirect(site, "/three", f"{base(site)}{HOST}/four")
    site.expect_request(f"/{HOST}/four").respond_with_data("here")
    assert around.fetch(base(site))(f"https://{HOST}/one", HOSTS).url == f"https://{HOST}/four"


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/x", "file:///etc/passwd", "http://127.0.0.1:1/", f"https://{HOST}/loop"])
def test_redirects_elsewhere_or_in_a_circle_are_refused(to: str, site: HTTPServer, around: Around) -> None:
    redirect(site, "/loop", to)
    with pytest.raises(Refused):
        around.fetch(base(site))(f"https://{HOST}/loop", HOSTS)


def statuses(site: HTTPServer, *answers: tuple[int, dict[str, str]]) -> None:
    left = iter(answers)

    def respond(_: Request) -> Response:
        status, headers = next(left)
        return Response("x", status=status, headers=headers)

    site.expect_request(f"/{HOST}/p").respond_with_handler(respond)


def test_trouble_is_tried_again_with_growing_pauses(site: HTTPServer, around: Around) -> None:
    statuses(site, (500, {}), (502, {}), (200, {}))
    assert around.fetch(base(site))(f"https://{HOST}/p", HOSTS).body == b"x"
    assert around.slept == [2.0, 4.0]


def test_trouble_that_lasts_is_unreachable(site: HTTPServer, around: Around) -> None:
    statuses(site, *[(503, {})] * 4)
    with pytest.raises(Unreachable, match="503"):
        around.fetch(base(site))(f"https://{HOST}/p", HOSTS)


def test_retry_after_is_obeyed_up_to_a_cap(site: HTTPServer, around: Around) -> None:
    statuses(site, (429, {"Retry-After": "7"}), (503, {"Retry-After": "Thu, 20 Mar 2025 04:00:09 GMT"}), (503, {"Retry-After": "86400"}))
    with pytest.raises(Unreachable, match="86400 seconds"):
        around.fetch(base(site))(f"https://{HOST}/p", HOSTS)
    assert around.slept == [7.0, 2.0, 9.0, 4.0]


@pytest.mark.parametrize(("status", "error"), [(404, Missing), (410, Missing), (403, Unreachable), (204, Unreachable)])
def test_answers_that_are_no_page_and_that_no_repeat_would_better(status: int, error: type[Exception], site: HTTPServer, around: Around) -> None:
    statuses(site, (status, {}))
    with pytest.raises(error):
        around.fetch(base(site))(f"https://{HOST}/p", HOSTS)
    assert around.slept == []


def test_an_empty_page_is_the_wrong_page(site: HTTPServer, around: Around) -> None:
    site.expect_request(f"/{HOST}/p").respond_with_data("")
    with pytest.raises(WrongPage, match="empty"):
        around.fetch(base(site))(f"https://{HOST}/p", HOSTS)


def test_robots_are_read_once_a_day_and_obeyed(httpserver: HTTPServer, around: Around) -> None:
    text = "User-agent: *\nDisallow: /private/\nCrawl-delay: 5\n"
    httpserver.expect_request(f"/{HOST}/robots.txt").respond_with_data(text)
    httpserver.expect_request(f"/{HOST}/p").respond_with_data("x")
    fetch = around.fetch(base(httpserver))
    for _ in range(2):
        fetch(f"https://{HOST}/p", HOSTS)
    with pytest.raises(Refused, match="robots"):
        fetch(f"https://{HOST}/private/p", HOSTS)
    assert [request.path for request, _ in httpserver.log].count(f"/{HOST}/robots.txt") == 1
    assert around.paced == [(HOST, 0.0), (HOST, 5.0), (HOST, 5.0)]
    around.now += timedelta(days=1, seconds=1)
    fetch(f"https://{HOST}/p", HOSTS)
    assert [request.path for request, _ in httpserver.log].count(f"/{HOST}/robots.txt") == 2


def test_a_redirect_into_a_forbidden_place_is_refused(httpserver: HTTPServer, around: Around) -> None:
    httpserver.expect_request(f"/{HOST}/robots.txt").respond_with_data("User-agent: MilestoneMonitor\nDisallow: /private/")
    redirect(httpserver, "/p", "/private/p")
    with pytest.raises(Refused, match="robots"):
        around.fetch(base(httpserver))(f"https://{HOST}/p", HOSTS)


def test_without_an_answer_about_robots_nothing_is_asked(httpserver: HTTPServer, around: Around) -> None:
    httpserver.expect_request(f"/{HOST}/robots.txt").respond_with_data("", status=500)
    with pytest.raises(Unreachable, match=r"robots\.txt"):
        around.fetch(base(httpserver))(PAGE, HOSTS)
    assert {request.path for request, _ in httpserver.log} == {f"/{HOST}/robots.txt"}


def test_what_a_host_asks_of_robots_is_shared_and_outlives_a_day_of_its_silence(httpserver: HTTPServer, around: Around) -> None:
    httpserver.expect_oneshot_request(f"/{HOST}/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/\n")
    httpserver.expect_request(f"/{HOST}/robots.txt").respond_with_data("", status=500)
    httpserver.expect_request(f"/{HOST}/p").respond_with_data("x")
    around.fetch(base(httpserver))(f"https://{HOST}/p", HOSTS)
    another_process = around.fetch(base(httpserver))
    another_process(f"https://{HOST}/p", HOSTS)
    assert [request.path for request, _ in httpserver.log].count(f"/{HOST}/robots.txt") == 1
    around.now += timedelta(days=6)
    assert another_process(f"https://{HOST}/p", HOSTS).body == b"x"
    with pytest.raises(Refused, match="robots"):
        another_process(f"https://{HOST}/private/p", HOSTS)
    around.now += timedelta(days=2)
    with pytest.raises(Unreachable, match=r"robots\.txt"):
        another_process(f"https://{HOST}/p", HOSTS)


def test_half_a_kept_file_is_asked_for_again(site: HTTPServer, around: Around) -> None:
    (around.folder / "robots").mkdir()
    (around.folder / "robots" / f"{HOST}.json").write_text('{"text": "User-agent')
    site.expect_request(f"/{HOST}/p").respond_with_data("x")
    assert around.fetch(base(site))(f"https://{HOST}/p", HOSTS).body == b"x"


def test_a_page_is_asked_for_only_if_it_changed(site: HTTPServer, around: Around) -> None:
    def respond(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return Response("", status=304, headers={"ETag": '"v1"'})
        return Response("x", headers={"ETag": '"v1"', "Last-Modified": "Thu, 20 Mar 2025 04:00:00 GMT"})

    site.expect_request(f"/{HOST}/p").respond_with_handler(respond)
    fetch = around.fetch(base(site))
    first = fetch(f"https://{HOST}/p", HOSTS)
    assert (first.unchanged, first.validators) == (False, Validators(etag='"v1"', last_modified="Thu, 20 Mar 2025 04:00:00 GMT"))
    again = fetch(f"https://{HOST}/p", HOSTS, known=first.validators)
    assert (again.unchanged, again.body, again.record) == (True, b"", b"")
    assert site.log[-1][0].headers["If-Modified-Since"] == "Thu, 20 Mar 2025 04:00:00 GMT"


def test_unchanged_is_no_answer_to_who_did_not_ask_for_it(site: HTTPServer, around: Around) -> None:
    statuses(site, (304, {}))
    with pytest.raises(Unreachable, match="304"):
        around.fetch(base(site))(f"https://{HOST}/p", HOSTS)


def test_packed_answers_are_unpacked_under_the_same_cap(site: HTTPServer, around: Around) -> None:
    packed = gzip.compress(b"a" * 1000)
    site.expect_request(f"/{HOST}/p").respond_with_data(packed, headers={"Content-Encoding": "gzip"})
    assert around.fetch(base(site), size=1000)(f"https://{HOST}/p", HOSTS).body == b"a" * 1000
    with pytest.raises(Refused, match="more than 999 bytes"):
        around.fetch(base(site), size=999)(f"https://{HOST}/p", HOSTS)


@pytest.mark.parametrize(
    ("coding", "body", "error"), [("br", b"x", Refused), ("gzip", b"no gzip", Unreachable), ("gzip", gzip.compress(b"abc" * 99)[:-9], Unreachable)]
)
def test_other_codings_and_spoiled_packing_are_no_answer(coding: str, body: bytes, error: type[Exception], site: HTTPServer, around: Around) -> None:
    site.expect_request(f"/{HOST}/p").respond_with_data(body, headers={"Content-Encoding": coding})
    with pytest.raises(error):
        around.fetch(base(site))(f"https://{HOST}/p", HOSTS)


def test_a_long_answer_is_refused(site: HTTPServer, around: Around) -> None:
    site.expect_request(f"/{HOST}/p").respond_with_data(b"a" * 200_000)
    with pytest.raises(Refused, match="longer than 1000 bytes"):
        around.fetch(base(site), size=1000)(f"https://{HOST}/p", HOSTS)


Raw = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]


@pytest.fixture
def raw() -> Iterator[Raw]:
    """A server that writes what it likes, robots.txt apart."""
    servers: list[ThreadingHTTPServer] = []

    def serve(write: Callable[[BaseHTTPRequestHandler], None]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives
                pass

            def do_GET(self) -> None:
                if self.path.endswith("robots.txt"):
                    self.wfile.write(b"HTTP/1.1 404 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                else:
                    write(self)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "cut",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        b"nonsense",
        b"",
    ],
)
def test_a_cut_answer_is_tried_again_and_then_unreachable(cut: bytes, raw: Raw, around: Around) -> None:
    asked = []

    def write(handler: BaseHTTPRequestHandler) -> None:
        asked.append(1)
        handler.wfile.write(cut)

    with pytest.raises(Unreachable):
        around.fetch(raw(write), attempts=2)(PAGE, HOSTS)
    assert len(asked) == 2


def test_a_dripping_answer_ends_at_the_cap_on_the_whole_time(raw: Raw, around: Around) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(40):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)

    began = time.monotonic()
    with pytest.raises(Unreachable, match="longer than 0 seconds"):
        around.fetch(raw(drip), attempts=1, total=0.3)(PAGE, HOSTS)
    assert time.monotonic() - began < 1.5


def test_nobody_there_is_unreachable(around: Around) -> None:
    with pytest.raises(Unreachable, match="gives no answer"):
        around.fetch("http://127.0.0.1:9", attempts=1)(PAGE, HOSTS)


def test_the_same_answer_at_the_same_instant_has_the_same_record(site: HTTPServer, around: Around) -> None:
    headers = {"Date": "Thu, 20 Mar 2025 04:00:00 GMT", "Content-Type": "text/html"}
    site.expect_request(f"/{HOST}/p").respond_with_response(Response("same", headers=headers))
    records = {around.fetch(base(site))(f"https://{HOST}/p", HOSTS).record for _ in range(2)}
    assert len(records) == 1
