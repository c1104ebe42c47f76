import itertools
import subprocess
import sys
from pathlib import Path

from scrapers.pacing import Pacing

ASKING = """
import sys, time
from pathlib import Path
from scrapers.pacing import Pacing
now = [0.0]
def clock():
    now[0] = time.time()
    return now[0]
def sleep(seconds):
    now[0] += seconds
    time.sleep(seconds)
pace = Pacing(folder=Path(sys.argv[1]), interval=0.2, now=clock, sleep=sleep)
for _ in range(3):
    pace("www.info.gov.hk")
    print(now[0])
"""
"""Prints when each slot began by the pacing's own reckoning, so that a busy machine changes nothing."""


def pacing(folder: Path, now: list[float], slept: list[float], interval: float = 2.0) -> Pacing:
    return Pacing(folder=folder, interval=interval, now=lambda: now[0], sleep=slept.append)


def test_requests_queue_up_for_a_host_and_hosts_do_not_wait_for_one_another(tmp_path: Path) -> None:
    now, slept = [1000.0], list[float]()
    pace = pacing(tmp_path, now, slept)
    for host in ("one.example", "one.example", "two.example", "one.example"):
        pace(host)
    assert slept == [2.0, 4.0]
    now[0] = 1100.0
    pace("one.example")
    assert slept == [2.0, 4.0]


def test_a_host_may_ask_for_longer_pauses(tmp_path: Path) -> None:
    slept = list[float]()
    pace = pacing(tmp_path, [1000.0], slept)
    pace("one.example", 10.0)
    pace("one.example")
    assert slept == [10.0]


def test_no_interval_is_no_pause_and_no_file(tmp_path: Path) -> None:
    slept = list[float]()
    for _ in range(3):
        pacing(tmp_path / "none", [1000.0], slept, interval=0)("one.example", 10.0)
    assert slept == []
    assert not (tmp_path / "none").exists()


def test_a_clock_set_back_or_a_spoiled_file_never_stops_reading(tmp_path: Path) -> None:
    now, slept = [1_000_000.0], list[float]()
    pace = pacing(tmp_path, now, slept)
    pace("one.example")
    now[0] = 1000.0
    pace("one.example")
    (tmp_path / "one.example.slot").write_text("spoiled")
    pace("one.example")
    assert slept == []


def test_two_processes_share_the_slots(tmp_path: Path) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", ASKING, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    begun = sorted(float(line) for process in processes for line in process.communicate(timeout=60)[0].split())
    assert [process.returncode for process in processes] == [0, 0]
    assert len(begun) == 6
    assert min(later - earlier for earlier, later in itertools.pairwise(begun)) > 0.19
