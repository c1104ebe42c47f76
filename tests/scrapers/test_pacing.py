import itertools
import subprocess
import sys
import time
from pathlib import Path

from scrapers.pacing import Pacing

ASKING = """
import sys, time
from pathlib import Path
from scrapers.pacing import Pacing
pace = Pacing(folder=Path(sys.argv[1]), interval=0.2)
for _ in range(3):
    pace("www.info.gov.hk")
    print(time.time())
"""


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
    began = time.time()
    processes = [subprocess.Popen([sys.executable, "-c", ASKING, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    times = sorted(float(line) for process in processes for line in process.communicate(timeout=30)[0].split())
    assert [process.returncode for process in processes] == [0, 0]
    assert len(times) == 6
    assert times[-1] - times[0] >= 0.95
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) > 0.1
    assert times[0] - began < 20
