"""Addresses of the press release site, folded to one per release.

The number of a release holds the day on which its draft was opened, which differs from the day of issue in 2 of 100 English and 10 of 100
Chinese releases; the folder holds the day of issue, and is the only part that is read as a date.
"""

import re
from datetime import date
from urllib.parse import urljoin, urlsplit

HOST = "www.info.gov.hk"
_SIMPLIFIED = re.compile(r"^/(?:TuniS|gb)/+(www\.info\.gov\.hk)(/.*)$")
_RELEASE = re.compile(r"^/+gia/general/(\d{4})(\d\d)/(\d\d)/(P\d{12,13})(?:p|_print)?\.htm$")


def release_address(href: str, base: str = f"https://{HOST}/") -> str | None:
    """The one address of a release, whichever mirror, print version or spelling is linked; None where it is no release."""
    try:
        parts = urlsplit(urljoin(base, href.strip()))
    except ValueError:
        return None
    host, path = parts.hostname, parts.path
    if host in {"sc.isd.gov.hk", HOST} and (mirrored := _SIMPLIFIED.match(path)):
        host, path = mirrored[1], mirrored[2]
    found = _RELEASE.match(path)
    if host != HOST or parts.scheme not in {"http", "https"} or not found:
        return None
    address = f"https://{HOST}/gia/general/{found[1]}{found[2]}/{found[3]}/{found[4]}.htm"
    return address if issue_day(address) else None


def issue_day(address: str) -> date | None:
    """The day of issue, from the folder of a release's address."""
    found = _RELEASE.match(urlsplit(address).path)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def index_address(day: date, feed: str) -> str:
    """The page that lists a day's releases in one language."""
    return f"https://{HOST}/gia/general/{day:%Y%m}/{day:%d}{'c' if feed == 'zh' else ''}.htm"


def rss_address(feed: str) -> str:
    """The feed of the newest hundred releases in one language."""
    return f"https://{HOST}/gia/rss/general_{feed}.xml"
