"""Docs cannot drift from the code: every setting and every command is in the README, every link leads somewhere."""

import re
from pathlib import Path

import pytest
import typer.main

from milestones.cli import app

TOP = Path(__file__).parents[1]
README = (TOP / "README.md").read_text("utf-8")
SETTINGS = sorted(set(re.findall(r'given\.get\("([A-Z_]+)"|"([A-Z_]+)" (?:not )?in given', (TOP / "milestones/settings.py").read_text("utf-8"))))
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
PAGES = [TOP / "README.md", TOP / "CONTRIBUTING.md", *sorted((TOP / "docs").rglob("*.md"))]


def test_there_are_settings_and_commands_to_look_for():
    assert len(SETTINGS) >= 10
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("name", ["".join(found) for found in SETTINGS])
def test_every_setting_is_described(name):
    assert f"`MILESTONES_{name}`" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named(name):
    assert re.search(rf"milestones {name}\b|`{name}`", README)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(TOP)))
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert link.startswith("https://") or (page.parent / link).exists(), f"{page}: {link}"
