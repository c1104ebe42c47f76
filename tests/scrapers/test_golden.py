"""Every source has golden pages in each language that it is read in, and reads them as a person has found right."""

import json
from pathlib import Path

import pytest

from scrapers.registry import SOURCES
from tests.scrapers import golden
from tests.scrapers.golden import golden_page, page_paths, write_missing
from tests.scrapers.saved import PAGES

ALL = [path for name in SOURCES for path in page_paths(name)]


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_has_golden_pages_in_both_languages(source: str) -> None:
    languages = {golden_page(path).language for path in page_paths(source)}
    assert languages >= {"en", "zh"} or languages == {"both"}, f"put pages into tests/scrapers/pages/{source}; CONTRIBUTING says how"


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_golden_pages_are_read_as_expected(path: Path) -> None:
    page = golden_page(path)
    assert page.expected is not None, "run python -m tests.scrapers.golden"
    assert page.checked, f"read {page.expectation.name}, and set checked to true if it is right"
    assert page.read(SOURCES[page.source], page.body) == page.expected


def test_no_folder_of_pages_is_without_a_source_that_will_read_it() -> None:
    modules = {p.stem.replace("_", "-") for p in (Path(__file__).parents[2] / "scrapers").glob("*.py")}
    assert {p.name for p in PAGES.iterdir()} <= set(SOURCES) | modules


def test_a_new_page_is_written_down_and_waits_for_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golden, "PAGES", tmp_path)
    folder = tmp_path / "press-releases"
    folder.mkdir()
    (folder / "new.htm").write_bytes((PAGES / "press-releases" / "release_en_2017.htm").read_bytes())
    with pytest.raises(FileNotFoundError, match=r"new\.htm has no new\.expected\.json"):
        golden_page(folder / "new.htm")
    asked = json.loads((PAGES / "press-releases" / "release_en_2017.expected.json").read_text("utf-8"))["asked"]
    (folder / "new.expected.json").write_text(json.dumps({"asked": asked}), "utf-8")
    (written,) = write_missing({"press-releases": SOURCES["press-releases"]})
    told = json.loads(written.read_text("utf-8"))
    assert told["checked"] is False
    assert told["expected"]["documents"][0]["headline"].startswith("Pilot licences")
    assert write_missing({"press-releases": SOURCES["press-releases"]}) == [], "what is written is never written over"
