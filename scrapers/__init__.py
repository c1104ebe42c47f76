"""Sources: HTTP in, documents out. The only place that knows requests and BeautifulSoup."""

from scrapers.expected import expected_pages
from scrapers.http import polite_fetch
from scrapers.legco_schedule import schedule_addresses
from scrapers.pacing import Pacing
from scrapers.registry import SOURCES, read_saved, saved_answer

__all__ = ["SOURCES", "Pacing", "expected_pages", "polite_fetch", "read_saved", "saved_answer", "schedule_addresses"]
