"""What a host asks of robots: fetched once, kept for a day, obeyed. No robots.txt means that all is allowed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from milestones.domain.errors import Refused

PRODUCT = "MilestoneMonitor"
_KEPT = timedelta(days=1)
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """One host's robots.txt as read at an instant."""

    parsed: Protego
    read_at: datetime

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks of us; at most a minute is granted."""
        return min(float(self.parsed.crawl_delay(PRODUCT) or 0.0), _LONGEST_DELAY)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of every host asked so far."""

    kept: dict[str, Rules] = field(default_factory=dict)

    def permit(self, url: str, now: datetime, read: Callable[[str], str]) -> Rules:
        """The rules of the host of `url`, which allow it; else Refused. `read` gets the text of a robots.txt, empty where there is none."""
        host = urlsplit(url).netloc
        rules = self.kept.get(host)
        if rules is None or not timedelta(0) <= now - rules.read_at < _KEPT:
            rules = Rules(Protego.parse(read(f"https://{host}/robots.txt")), now)
            self.kept[host] = rules
        if not rules.parsed.can_fetch(url, PRODUCT):
            raise Refused(f"{url} is not asked: {host}/robots.txt forbids it")
        return rules
