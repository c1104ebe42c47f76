"""The polite way to ask: one address at a time, paced, under caps, as robots.txt allows, and never a host that the source does not name.

Tries again only where that can help (no connection, a cut body, 429, 5xx) and waits as long as the server asks, up to a cap.
Redirects are followed by hand, so that every step passes the same rules.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from milestones.domain.errors import Missing, Refused, SourceError, Unreachable, WrongPage
from milestones.services.ports import Answer, Clock, Fetch, Validators
from scrapers.addresses import allowed, mirrored, unmirrored
from scrapers.bodies import Limits, received, unpacked
from scrapers.pacing import Pace
from scrapers.peers import PublicOnly
from scrapers.robots import PRODUCT, Robots
from scrapers.warc import response_record

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})
_LONGEST_BACKOFF = 30.0
_NOTHING = Validators()


def polite_fetch(
    *,
    contact: str,
    clock: Clock,
    pace: Pace,
    robots: Path,
    mirror: str | None = None,
    limits: Limits | None = None,
    sleep: Callable[[float], None] = time.sleep,
    jitter: Callable[[], float] = random.random,
) -> Fetch:
    """A Fetch that names itself and `contact` to every server, and keeps what hosts ask of robots in the folder `robots`.

    Behind `mirror` the addresses it reports stay the publisher's; without one, only public addresses of the Internet are connected to.
    """
    session = requests.Session()
    if mirror is None:
        session.mount("https://", PublicOnly())
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"User-Agent": f"{PRODUCT}/0.1 (+{contact})", "Accept": "*/*", "Accept-Encoding": "gzip"})
    return _PoliteFetch(
        session=session, clock=clock, pace=pace, mirror=mirror, limits=limits or Limits(), sleep=sleep, jitter=jitter, robots=Robots(robots)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Received:
    """One answer off the wire, whatever its status."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    retrieved_at: datetime

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers if k.lower() == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _PoliteFetch:
    session: requests.Session
    clock: Clock
    pace: Pace
    mirror: str | None
    limits: Limits
    sleep: Callable[[float], None]
    jitter: Callable[[], float]
    robots: Robots

    def __call__(self, url: str, hosts: frozenset[str], *, known: Validators | None = None) -> Answer:
        got = self._followed(url, hosts, self._permitted, known or _NOTHING)
        headers = {name.lower(): value for name, value in got.headers}
        if got.status == 304 and known:
            return Answer(url=got.url, status=304, headers=headers, body=b"", retrieved_at=got.retrieved_at, record=b"")
        if got.status in {404, 410}:
            raise Missing(f"{got.url}: the publisher has no such page ({got.status})")
        if got.status != 200:
            raise Unreachable(f"{got.url} answers {got.status} {got.reason}; try again later")
        body = unpacked(got.payload, got.header("content-encoding"), self.limits)
        if not body:
            raise WrongPage(f"{got.url} answers with an empty body")
        record = response_record(
            got.url, status=f"{got.status} {got.reason}", headers=got.headers, payload=got.payload, retrieved_at=got.retrieved_at
        )
        return Answer(url=got.url, status=got.status, headers=headers, body=body, retrieved_at=got.retrieved_at, record=record)

    def _permitted(self, url: str, hosts: frozenset[str]) -> float:
        """Refused where robots.txt forbids the address; else the seconds between requests that it asks for."""
        return self.robots.permit(url, self.clock(), lambda robots: self._robots_text(robots, hosts)).delay()

    def _robots_text(self, url: str, hosts: frozenset[str]) -> str:
        """By RFC 9309 a client error means that nothing is forbidden, a server error that we may not ask at all."""
        got = self._followed(url, hosts, lambda _url, _hosts: 0.0, _NOTHING)
        if 400 <= got.status < 500:
            return ""
        if got.status != 200:
            raise Unreachable(f"{url} answers {got.status}; without it nothing of this host is asked")
        return unpacked(got.payload, got.header("content-encoding"), self.limits).decode("utf-8", errors="replace")

    def _followed(self, url: str, hosts: frozenset[str], permit: Callable[[str, frozenset[str]], float], known: Validators) -> _Received:
        for _ in range(self.limits.redirects + 1):
            target = allowed(url, hosts)
            got = self._insisting(target, permit(target, hosts), known)
            if got.status not in _REDIRECTS:
                return got
            url = urljoin(target, unmirrored(got.header("location"), self.mirror))
        raise Refused(f"{url} is not asked: more than {self.limits.redirects} redirects")

    def _insisting(self, url: str, delay: float, known: Validators) -> _Received:
        """Asks until an answer comes that is worth having, at most `limits.attempts` times."""
        failure: SourceError = Unreachable(f"{url} was not asked")
        for attempt in range(self.limits.attempts):
            if attempt:
                self.sleep(min(2.0**attempt, _LONGEST_BACKOFF) * (0.5 + self.jitter() / 2))
            self.pace(urlsplit(url).netloc, delay)
            try:
                got = self._asked(url, known)
            except Unreachable as error:
                failure = error
                continue
            if got.status not in _BUSY:
                return got
            failure = Unreachable(f"{url} answers {got.status} {got.reason}; try again later")
            if attempt + 1 < self.limits.attempts:
                self._wait_as_told(got.header("retry-after"), failure)
        raise failure

    def _asked(self, url: str, known: Validators) -> _Received:
        began = time.monotonic()
        timeout = (self.limits.connect, self.limits.read)
        conditions = {name: value for name, value in (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified)) if value}
        try:
            with self.session.get(mirrored(url, self.mirror), headers=conditions, stream=True, allow_redirects=False, timeout=timeout) as response:
                payload = received(response.raw, self.limits, began=began)
                headers = tuple((str(k), str(v)) for k, v in response.raw.headers.items())
        except (Unreachable, Refused) as error:
            raise type(error)(f"{url}: {error}") from error
        except (requests.RequestException, HTTPError) as error:
            raise Unreachable(f"{url} gives no answer ({type(error).__name__}); try again later") from error
        return _Received(
            url=url, status=response.status_code, reason=response.reason or "", headers=headers, payload=payload, retrieved_at=self.clock()
        )

    def _wait_as_told(self, retry_after: str, failure: SourceError) -> None:
        seconds = _seconds(retry_after, self.clock())
        if seconds > self.limits.longest_wait:
            raise Unreachable(f"{failure}; it asks to come back in {seconds:.0f} seconds")
        if seconds > 0:
            self.sleep(seconds)


def _seconds(retry_after: str, now: datetime) -> float:
    """What a Retry-After header asks for, in seconds or as a date (RFC 9110 section 10.2.3); 0 where it says nothing usable."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return (parsedate_to_datetime(text) - now).total_seconds()
    except (ValueError, TypeError):
        return 0.0
