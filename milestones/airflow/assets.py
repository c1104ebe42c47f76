"""The seams between the DAGs, and what they all have in common.

captures/<source> -> milestone-events -> read-tables -> reports. A DAG says what it makes true, and whoever builds on it runs by itself.
Light on purpose: Airflow parses the DAG files over and over.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import Asset, AsyncCallback, DeadlineAlert, DeadlineReference  # type: ignore[attr-defined]  # its stub lacks two of them

from milestones.airflow.incidents import tell_of_incidents, tell_of_sound_sources
from milestones.airflow.notices import tell_of_failure, tell_of_lateness, tell_of_recovery

HONG_KONG = ZoneInfo("Asia/Hong_Kong")

START = datetime(2024, 10, 16, tzinfo=HONG_KONG)
"""The day of the Policy Address. Without catchup a start in the past means: run the latest tick at once."""

POOLS = {
    "info_gov_hk": "www.info.gov.hk",
    "legco_gov_hk": "app.legco.gov.hk and www.legco.gov.hk",
    "hkma_gov_hk": "api.hkma.gov.hk and www.hkma.gov.hk",
    "gld_gov_hk": "www.gld.gov.hk",
    "data_gov_hk": "api.data.gov.hk",
}
"""One pool of one slot per host: two runs never read the same site at the same time."""

PRESS_RELEASES = Asset("captures/press-releases")
LEGCO_BILLS = Asset("captures/legco-bills")
LEGCO_AGENDAS = Asset("captures/legco-agendas")
LEGCO_SCHEDULE = Asset("captures/legco-schedule")
LEGCO_COMMITTEES = Asset("captures/legco-committees")
LEGCO_SUBSIDIARY = Asset("captures/legco-subsidiary")
LEGCO_VOTES = Asset("captures/legco-votes")
HKMA = Asset("captures/hkma")
GAZETTE = Asset("captures/gazette")
MILESTONE_EVENTS = Asset("milestone-events")
READ_TABLES = Asset("read-tables")
REPORTS = Asset("reports")

DAG_DEFAULTS: dict[str, Any] = {
    "start_date": START,
    "catchup": False,
    "max_active_runs": 1,
    "default_args": {
        "owner": "monitoring-team",
        "execution_timeout": timedelta(minutes=10),
        "on_failure_callback": tell_of_failure,
        "on_success_callback": tell_of_recovery,
    },
}

WATCH_DEFAULTS: dict[str, Any] = {"on_failure_callback": tell_of_incidents, "on_success_callback": tell_of_sound_sources}
"""One mail when a source's incident begins and one when it ends, whatever else makes the check red meanwhile."""


def done_within(limit: timedelta) -> DeadlineAlert:
    """The operators are told of a run that is not done so long after it was queued: for what takes minutes, and whose lateness others feel."""
    return DeadlineAlert(reference=DeadlineReference.DAGRUN_QUEUED_AT, interval=limit, callback=AsyncCallback(tell_of_lateness))


INGEST_DEFAULTS: dict[str, Any] = {
    "retries": 2,
    "retry_delay": timedelta(seconds=30),
    "execution_timeout": timedelta(minutes=45),
    "priority_weight": 10,
    "weight_rule": "absolute",
}
"""Only reading a site is worth repeating, and soon: the next run comes by itself.

A pass asks for ten minutes at the polite pace and leaves the rest to the next one.
"""

HISTORY_DEFAULTS: dict[str, Any] = {**INGEST_DEFAULTS, "priority_weight": 1}
"""The past never goes before what is live: among tasks that wait for a host, those of more weight are begun first."""
