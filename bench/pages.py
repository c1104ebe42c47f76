"""How many press releases a second one core reads: ours, and plain ways to read the same pages, in interleaved rounds of one run.

python -m bench.pages [--pages DIR] [--rounds N] [--peer-python PYTHON]. Without a folder of real pages: the golden pages of the tests and
what the replica serves of the facsimiles. Ours does more: encoding, caps on size and depth, every check that a release is whole.
"""

import argparse
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import IO, cast

from milestones.domain.dates import HKT
from milestones.domain.errors import WrongPage
from scrapers.press_pages import read_release
from tests.replica.replica import Site

ROUNDS = 7
TESTS = Path(__file__).parents[1] / "tests"
PEERS = {"bs4": "BeautifulSoup(html.parser)", "lxml": "lxml.html", "trafilatura": "trafilatura.extract"}


def own_pages() -> list[bytes]:
    """Golden pages of today's layout, and the facsimiles as pages."""
    golden = [path.read_bytes() for path in sorted((TESTS / "scrapers" / "pages" / "press-releases").glob("release_*.htm"))]
    site = Site(TESTS / "facsimiles", datetime(2026, 7, 1, tzinfo=HKT), 0)
    return golden + [site.page(release).encode() for release in site.press]


def pages_of(folder: Path) -> list[bytes]:
    """Real pages, at any depth of a folder."""
    return [path.read_bytes() for path in sorted(folder.rglob("*.htm"))]


def measure(pages: list[bytes], rounds: int, peer_python: str) -> dict[str, list[float]]:
    """Processor seconds of each round, by reader; a reader that is not installed has none."""
    found: dict[str, list[float]] = {"ours": [], **{name: [] for name in PEERS}}
    with tempfile.TemporaryDirectory(prefix="bench-pages-") as folder:
        for number, page in enumerate(pages):
            Path(folder, f"{number:05d}.htm").write_bytes(page)
        peers = [peer_python, str(Path(__file__).with_name("page_peers.py")), folder]
        with subprocess.Popen(peers, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own arguments
            told_to, told_by = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
            for _ in range(rounds):
                began = process_time()
                for page in pages:
                    read(page)
                found["ours"].append(process_time() - began)
                for name in PEERS:
                    told_to.write(f"{name}\n")
                    told_to.flush()
                    told = told_by.readline().strip()
                    found[name] += [] if told == "missing" else [float(told)]
            told_to.close()
    return found


def read(page: bytes) -> bool:
    """Whether it is a release; refusing one takes its time as well."""
    try:
        read_release(page, {}, "https://www.info.gov.hk/gia/general/202501/01/P2025010100001.htm")
    except WrongPage:
        return False
    return True


def main() -> None:
    """Measures and prints a table in Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=Path, help="a folder of real pages, *.htm, at any depth")
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--peer-python", default=sys.executable, help="an interpreter that has trafilatura")
    options = asked.parse_args()
    pages = pages_of(options.pages) if options.pages else own_pages()
    report(pages, measure(pages, options.rounds, options.peer_python))


def report(pages: list[bytes], found: dict[str, list[float]]) -> None:
    """One table."""
    size = sum(map(len, pages)) / len(pages) / 1000
    lines = [f"\n### {len(pages)} pages of {size:.1f} KB on average, {sum(map(read, pages))} of them releases\n"]
    lines += ["| reader | pages a second and core | ours, where this is 1 |", "|---|---|---|"]
    ours = median(found["ours"])
    for name, rounds in found.items():
        told = f"{len(pages) / median(rounds):,.0f} | {median(rounds) / ours:.2f}" if rounds else "not installed; see docs/benchmarks.md |"
        lines.append(f"| {PEERS.get(name, name)} | {told} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
