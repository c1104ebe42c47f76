"""How fast sources are read: pages alone (see `bench.pages`), and a whole ingest of a replica, from the request to the ledger.

python -m bench.sources [--sizes 1000,5000,10000] [--peer-python PYTHON] [--pages DIR]. No pause between requests, durability on. Each
size is a process of its own, so that peak memory is its own; beside it a Scrapy spider over the same replica, where the peer has Scrapy.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bench import pages
from bench.site import FIRST, last_day, served
from milestones.bootstrap import open_monitor

CONCURRENT = (1, 16)
"""Connections of Scrapy to the host: one, as manners demand and as ours has, and the sixteen that it opens by itself."""


def measure() -> dict[str, Any]:
    """One ingest with the settings of the environment: seconds of each part, documents and events, peak memory."""
    found, run_id = dict[str, Any](), "bench"
    with open_monitor() as monitor:
        before = monitor.ledger.head()[0]
        processor = process_time()
        began = perf_counter()
        summary = monitor.ingest("press-releases", run_id=run_id, since=FIRST)
        found["capture_and_parse_s"] = perf_counter() - began
        began = perf_counter()
        monitor.detect(run_id=run_id)
        found["detect_s"] = perf_counter() - began
        began = perf_counter()
        passed = monitor.audit(run_id=run_id).passed
        found["audit_s"] = perf_counter() - began
        began = perf_counter()
        monitor.append(passed, run_id=run_id)
        found["append_s"] = perf_counter() - began
        found["seconds"] = sum(found.values())
        found["processor_s"] = process_time() - processor
        found["documents"], found["failed"] = summary.documents, summary.failed
        found["candidates"], found["events"] = len(passed), monitor.ledger.head()[0] - before
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def one_size(size: int, peer_python: str) -> dict[str, dict[str, Any]]:
    """Ours and Scrapy over one replica."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="bench-sources-") as folder, served(size) as mirror:
        now = f"{last_day(size) + timedelta(days=1)}T12:00:00+08:00"
        environment = {"MILESTONES_HOME": folder, "MILESTONES_MIRROR": mirror, "MILESTONES_NOW": now, "MILESTONES_REQUEST_INTERVAL": "0"}
        found["ours"] = in_its_own_process([sys.executable, "-m", "bench.sources", "--one"], environment)
        for connections in CONCURRENT:
            spider = [peer_python, str(Path(__file__).with_name("spider.py")), mirror, str(FIRST), str(last_day(size))]
            found[f"Scrapy, {connections} at a time"] = in_its_own_process([*spider, f"{folder}/scrapy{connections}.db", str(connections)], {})
    return found


def in_its_own_process(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    """What a measurement prints, or what was missing for it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MILESTONES_")}
    done = subprocess.run(command, env=own | environment, capture_output=True, text=True, timeout=7_200, check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        return {"missing": (done.stderr.strip().splitlines() or ["no reason given"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found | {"documents_s": found["documents"] / found["seconds"]}


def report(size: int, found: dict[str, dict[str, Any]]) -> None:
    """One table in Markdown."""
    lines = [f"\n### {size:,} releases\n", f"| measured | {' | '.join(found)} |", f"|---|{'---|' * len(found)}"]
    for what in dict.fromkeys(name for each in found.values() for name in each):
        told = [each.get(what, "") for each in found.values()]
        lines.append(f"| {what} | {' | '.join(f'{value:,.1f}' if isinstance(value, float) else str(value) for value in told)} |")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="1000,5000,10000", help="releases of each replica; 50000 takes a quarter of an hour")
    asked.add_argument("--pages", type=Path, help="a folder of real pages, *.htm, to measure reading with")
    asked.add_argument("--peer-python", default=sys.executable, help="an interpreter that has scrapy and trafilatura")
    asked.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        sys.stdout.write(json.dumps(measure()) + "\n")
        return
    for real in [pages.own_pages(), *([pages.pages_of(options.pages)] if options.pages else [])]:
        pages.report(real, pages.measure(real, pages.ROUNDS, options.peer_python))
    for size in map(int, options.sizes.split(",")):
        report(size, one_size(size, options.peer_python))


if __name__ == "__main__":
    main()
