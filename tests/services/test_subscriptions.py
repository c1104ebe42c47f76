"""Subscriptions: what a file may say, what is wrong with one that is refused, and on which days each is due."""

from datetime import date

import pytest

from milestones.adapters.registry_files import load_registry
from milestones.adapters.subscription_files import TEMPLATE, read_subscriptions, subscriptions_in
from milestones.domain.errors import SettingsError
from milestones.domain.events import Kind
from milestones.services.subscriptions import Language, Period, Scope, Subscription, Subscriptions, is_address

REGISTRY = load_registry()
MONDAY = date(2025, 12, 8)


def read(text: str, *, default_to: tuple[str, ...] = ()) -> Subscriptions:
    return subscriptions_in(text.encode(), "subscriptions.toml", REGISTRY, default_to=default_to)


def entry(**fields: str) -> str:
    given = {"id": '"desk"', "to": '["desk@example.test"]', "period": '"weekly"', **fields}
    return "[[subscription]]\n" + "".join(f"{name} = {value}\n" for name, value in given.items() if value)


def test_the_template_is_a_file_that_passes() -> None:
    (desk,) = read(TEMPLATE).all
    assert (desk.period, desk.day, desk.language, desk.verdicts) == (Period.WEEKLY, 0, Language.BOTH, True)
    assert desk.alerts == {Kind.BILL_PASSED, Kind.DELAYED}
    meant = {c.key for d in desk.scope.narrowed(REGISTRY).documents for c in d.commitments}
    assert "PA2024/DE-04" in meant
    assert "PA2024/DE-05" not in meant
    assert {k for k in meant if "/IT-" in k} == {c.key for c in REGISTRY.commitments() if "/IT-" in c.key}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (entry(id='"Desk A"'), "subscription 1.id: must be a name of at most 20"),
        (entry(id='"default"'), "must be a name of at most 20"),
        (entry(period='"hourly"'), "subscription 1 (desk), period: hourly is none of daily, weekly, monthly, none"),
        (entry(period=""), "subscription 1 (desk), period: is missing"),
        (entry(perod='"weekly"'), "subscription 1 (desk), perod: unknown"),
        (entry(day='"someday"'), "subscription 1 (desk), day: someday is none of monday"),
        (entry(period='"monthly"', day="31"), "subscription 1 (desk), day: must be from 1 to 28"),
        (entry(period='"daily"', day="1"), "day: means nothing where the period is daily"),
        (entry(bureaux='["FSTB", "MOON"]'), "bureaux: MOON is none of "),
        (entry(sections='["ZZ"]'), "sections: ZZ is none of "),
        (entry(commitments='["IT-99"]'), "commitments: IT-99 is no commitment"),
        (entry(language='"fr"'), "language: fr is none of en, zh, both"),
        (entry(alerts='["bill_eaten"]'), "alerts: bill_eaten is none of "),
        (entry(verdicts='"yes"'), "verdicts: must be true or false"),
        (entry(to='"desk@example.test"'), "to: must be a list of addresses"),
        (entry(to="[]"), "to: must list 1 to 200 addresses"),
        (entry() + entry(to='["other@example.test"]'), "the id desk stands twice"),
        (entry() + entry(id='"two"', to='["DESK@example.test"]'), "address 1 of two stands in desk as well"),
        (entry(to='["a@example.test", "A@example.test"]'), "address 2 of desk stands in desk as well"),
        ('contact = "nobody"', "contact: is no plain mail address"),
        ("[[subscription]\n", "is no TOML"),
    ],
)
def test_what_is_wrong_is_told_by_entry_and_field(text: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(text)
    assert says in str(refused.value)
    assert "@" not in str(refused.value).replace("name@host", "")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "d.e.s.k",
        "a b@example.test",
        "a@b@c",
        "Desk <a@example.test>",
        "a@example.test\\r\\nBcc: b@example.test",
        "a@-x.test",
        "a@x..test",
        "é@x.test",
    ],
)
def test_only_plain_addresses_are_taken_and_none_is_repeated(address: str) -> None:
    with pytest.raises(SettingsError, match=r"address 1: is no plain mail address") as refused:
        read(entry(to=f'["{address}"]'))
    assert address not in str(refused.value)
    assert not is_address(address)


def test_alerts_alone_may_go_to_who_has_a_digest() -> None:
    alone = entry(id='"alerts"', period='"none"', alerts='["cancelled"]')
    assert [s.id for s in read(entry() + alone).all] == ["desk", "alerts"]
    assert [s.id for s in read(alone + entry()).all] == ["alerts", "desk"]


def test_who_the_setting_names_has_the_default_subscription(tmp_path) -> None:
    assert [(s.id, s.to) for s in read(entry(), default_to=("a@example.test",)).all] == [
        ("default", ("a@example.test",)),
        ("desk", ("desk@example.test",)),
    ]
    (alone,) = read_subscriptions(tmp_path / "absent.toml", REGISTRY, default_to=()).all
    assert (alone.id, alone.to, alone.period, alone.day, alone.scope) == ("default", (), Period.WEEKLY, 0, Scope())
    with pytest.raises(SettingsError, match="stands in default as well"):
        read(entry(), default_to=("desk@example.test",))


def test_addresses_do_not_show() -> None:
    told = read(TEMPLATE)
    assert "@" not in repr(told) + "".join(s.line() for s in told.all)


@pytest.mark.parametrize(
    ("period", "day", "today", "due"),
    [
        (Period.DAILY, 0, MONDAY, MONDAY),
        (Period.WEEKLY, 0, MONDAY, MONDAY),
        (Period.WEEKLY, 0, date(2025, 12, 14), MONDAY),
        (Period.WEEKLY, 4, MONDAY, date(2025, 12, 5)),
        (Period.MONTHLY, 8, MONDAY, MONDAY),
        (Period.MONTHLY, 9, MONDAY, date(2025, 11, 9)),
        (Period.MONTHLY, 28, date(2025, 1, 1), date(2024, 12, 28)),
        (Period.NONE, 0, MONDAY, None),
    ],
)
def test_the_newest_day_on_which_a_digest_is_due(period: Period, day: int, today: date, due: date | None) -> None:
    assert Subscription(id="x", to=(), period=period, day=day).last_due(today) == due


def test_a_missed_day_is_made_up_for_and_none_comes_twice() -> None:
    weekly = Subscription(id="x", to=())
    tuesday = date(2025, 12, 9)
    assert weekly.is_due(tuesday, after=date(2025, 12, 1))
    assert not weekly.is_due(tuesday, after=MONDAY)
    assert weekly.is_due(tuesday, after=None)
