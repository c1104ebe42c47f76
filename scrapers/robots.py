"""What a host asks of robots: fetched once for all processes, kept for a day, obeyed. No robots.txt means that all is allowed.

Where a host cannot be asked for it, what it said within the last week still holds (RFC 9309 section 2.4); without that nothing is asked.
"""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from protego import Protego

from milestones.domain.errors import Refused, Unreachable

PRODUCT = "MilestoneMonitor"
_KEPT = timedelta(days=1)
_STALE = timedelta(days=7)
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """One host's robots.txt as read at an instant."""

    text: str
    read_at: datetime

    def delay(self) -> float:
        """Seconds between requests that the host asks of us; at most a minute is granted."""
        return min(float(_parsed(self.text).crawl_delay(PRODUCT) or 0.0), _LONGEST_DELAY)

    def allows(self, url: str) -> bool:
        """Whether the address may be asked."""
        return bool(_parsed(self.text).can_fetch(url, PRODUCT))


@lru_cache(maxsize=64)
def _parsed(text: str) -> Protego:
    """A page is asked thousands of times under the same few files."""
    return Protego.parse(text)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of every host asked so far, in one small file a host, shared by all that use `folder`."""

    folder: Path

    def permit(self, url: str, now: datetime, read: Callable[[str], str]) -> Rules:
        """The rules of the host of `url`, which allow it; else Refused. `read` gets the text of a robots.txt, empty where there is none."""
        host = urlsplit(url).netloc
        known = self._known(host, now)
        if known is None or now - known.read_at >= _KEPT:
            try:
                known = Rules(read(f"https://{host}/robots.txt"), now)
            except Unreachable:
                if known is None:
                    raise
            else:
                self._keep(host, known)
        if not known.allows(url):
            raise Refused(f"{url} is not asked: {host}/robots.txt forbids it")
        return known

    def _known(self, host: str, now: datetime) -> Rules | None:
        try:
            kept = json.loads(self._file(host).read_text(encoding="utf-8"))
            rules = Rules(str(kept["text"]), datetime.fromisoformat(kept["read_at"]))
            age = now - rules.read_at
        except (OSError, ValueError, KeyError, TypeError):
            return None  # never asked, or half a file: it is asked again
        return rules if timedelta(0) <= age < _STALE else None

    def _keep(self, host: str, rules: Rules) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self._file(host).with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps({"read_at": rules.read_at.isoformat(), "text": rules.text}), encoding="utf-8")
        part.replace(self._file(host))

    def _file(self, host: str) -> Path:
        return self.folder / f"{re.sub(r'[^a-z0-9.-]', '_', host.lower())}.json"
