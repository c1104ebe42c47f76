"""Which addresses may be asked, and one spelling for each: https, no port, no user, no fragment, a host that the source names.

Redirects and links come from pages that anybody may have written, so each passes here before it is asked.
"""

import ipaddress
import re
from collections.abc import Set as AbstractSet
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from milestones.domain.errors import Refused

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")


def allowed(url: str, hosts: AbstractSet[str]) -> str:
    """The address in its one spelling; http becomes https. Refused unless it leads to one of `hosts` and nowhere else."""
    if _UNPRINTABLE.search(url):
        raise Refused(f"{url[:200]!r} is not an address: it holds blanks, control characters or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(f"{url[:200]!r} is not an address: {error}") from None
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or port not in {None, 443 if parts.scheme == "https" else 80}:
        raise Refused(f"{url[:200]!r} is not asked: only https without user name and port is")
    if host not in hosts or _is_ip(host):
        raise Refused(f"{url[:200]!r} is not asked: its host is none of {', '.join(sorted(hosts))}")
    if {".", ".."} & set(unquote(parts.path).split("/")):
        raise Refused(f"{url[:200]!r} is not asked: its path climbs")
    return urlunsplit(("https", host, parts.path or "/", parts.query, ""))


def resolved(base: str, href: str, hosts: AbstractSet[str]) -> str | None:
    """A link of the page at `base` as an address that may be asked, or None where it leads elsewhere."""
    try:
        return allowed(urljoin(base, href.strip()), hosts)
    except (Refused, ValueError):
        return None


def mirrored(url: str, mirror: str | None) -> str:
    """Where an allowed address is really asked: `https://HOST/PATH` at `MIRROR/HOST/PATH`."""
    return url if mirror is None else f"{mirror.rstrip('/')}/{url.removeprefix('https://')}"


def unmirrored(location: str, mirror: str | None) -> str:
    """The publisher's address of a redirect that a mirror answers with an address of its own."""
    prefix = f"{mirror.rstrip('/')}/" if mirror else ""
    return f"https://{location.removeprefix(prefix)}" if prefix and location.startswith(prefix) else location


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
