from datetime import date

import pytest

from milestones.domain.errors import SettingsError
from milestones.domain.events import Origin
from milestones.settings import settings_from

SOURCES = ("press-releases", "legco-bills", "legco-agendas")
MIRROR = {"MILESTONES_MIRROR": "http://127.0.0.1:8099"}


def test_defaults(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = settings_from({}, SOURCES)
    assert settings.home == tmp_path / "var"
    assert settings.database_url == f"sqlite:///{tmp_path}/var/ledger.sqlite"
    assert settings.sources == SOURCES
    assert settings.request_interval == 2
    assert (settings.verdict_grace, settings.confirm_verdicts) == (5, True)
    assert settings.origin is Origin.LIVE


def test_everything_can_be_set():
    settings = settings_from(
        MIRROR
        | {
            "MILESTONES_DATABASE_URL": "postgresql://u@db/milestones",
            "MILESTONES_SOURCES": "legco-agendas, press-releases",
            "MILESTONES_SINCE": "2024-10-16",
            "MILESTONES_REQUEST_INTERVAL": "0",
            "MILESTONES_NOW": "2026-06-30T23:00:00+08:00",
            "MILESTONES_REPORT_TO": "a@example.org, b@example.org",
        },
        SOURCES,
    )
    assert settings.database_url == "postgresql+psycopg://u@db/milestones"
    assert settings.sources == ("press-releases", "legco-agendas")
    assert settings.since == date(2024, 10, 16)
    assert settings.report_to == ("a@example.org", "b@example.org")
    assert settings.origin is Origin.REPLICA


@pytest.mark.parametrize(
    ("mirror", "origin"),
    [
        ("http://127.0.0.1:8099", Origin.REPLICA),
        ("http://localhost:1/x", Origin.REPLICA),
        ("http://[::1]:1", Origin.REPLICA),
        ("https://mirror.example.org", Origin.LIVE),
    ],
)
def test_a_mirror_on_this_machine_makes_a_replica(mirror, origin):
    assert settings_from({"MILESTONES_MIRROR": mirror}, SOURCES).origin is origin


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"MILESTONES_NOW": "2026-06-30T23:00:00+08:00"}, "needs MILESTONES_MIRROR"),
        (MIRROR | {"MILESTONES_NOW": "yesterday"}, "must be an instant"),
        (MIRROR | {"MILESTONES_NOW": "2026-06-30T23:00:00"}, "needs a time zone"),
        ({"MILESTONES_SOURCES": "weather"}, "names weather; there are: press-releases"),
        ({"MILESTONES_SOURCES": ","}, "names nothing"),
        ({"MILESTONES_SINCE": "16/10/2024"}, "must be a day"),
        ({"MILESTONES_MIRROR": "ftp://mirror"}, "must be an address"),
        ({"MILESTONES_VERDICT_GRACE": "-1"}, "must be working days from 0 to 60"),
        ({"MILESTONES_VERDICT_GRACE": "soon"}, "must be working days from 0 to 60"),
        ({"MILESTONES_CONFIRM_VERDICTS": "perhaps"}, "must be yes or no"),
        ({"MILESTONES_REQUEST_INTERVAL": "soon"}, "must be seconds"),
        ({"MILESTONES_REQUEST_INTERVAL": "-1"}, "must be seconds"),
        ({"MILESTONES_REQUEST_INTERVAL": "nan"}, "must be seconds"),
        ({"MILESTONES_REQUEST_INTERVAL": "0"}, "for mirrors only"),
        ({"MILESTONES_DATABASE_URL": "mysql://x"}, "must begin with sqlite"),
        ({"MILESTONES_CONTACT": "a\nb"}, "plain ASCII on one line"),
        ({"MILESTONES_REPORT_TO": "a@b, not an address"}, "must be mail addresses"),
    ],
)
def test_a_bad_setting_is_one_clear_line(environ, message):
    with pytest.raises(SettingsError, match=message) as caught:
        settings_from(environ, SOURCES)
    assert "\n" not in str(caught.value)


def test_an_empty_variable_is_not_set():
    assert settings_from({"MILESTONES_SINCE": "  "}, SOURCES).since is None
