"""Ways in which a publisher changes pages: `BREAKING` may lose data, `HARMLESS` must not.

Each takes a text and a source of chance, and gives None where it finds nothing to change.
A change is made as a template makes it: everywhere on the page at once.
"""

import json
import random
import re
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag

Mutation = Callable[[str, random.Random], str | bytes | None]

LABELS = (
    *(("Ends/", "Published/"), ("Issued at HKT", "Time of issue"), ("完\n", "全文完畢\n"), ("香港時間", "發出時間")),
    *(("Agenda", "Order of business"), ("議程", "事項表"), ("First Reading", "Introduction"), ("Second Reading", "Debate on principles")),
    *(("首讀", "提交"), ("二讀", "原則辯論"), ("Bills", "Legislation"), ("法案", "立法"), ("Subsidiary Legislation", "Instruments")),
    *(("附屬法例", "文書"), ("Gazette date", "Published"), ("憲報", "公報"), ("Council meeting", "Sitting"), ("Council Meeting", "Sitting")),
)
_DATES = (
    (r"\b(\d{2})-(\d{2})-(\d{4})\b", r"\3.\2.\1"),
    (r"\b([A-Z][a-z]+) (\d{1,2}), (\d{4})\b", r"\2 \1 \3"),
    (r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b", r"\2 \1, \3"),
    (r"(\d{4})年(\d{1,2})月(\d{1,2})日", r"\1/\2/\3"),
    (r"\b(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})", r"\3/\2/\1 \4:\5"),
    (r"\b(\d{1,2})\.(\d{1,2})\.(\d{2,4})\b", r"\2/\1/\3"),
    (r"(HKT )(\d{1,2}):(\d{2})", r"\1\2.\3"),
    (r"(\d{1,2})時(\d{1,2})分", r"\1:\2"),
    (r"\b(\w{3}), (\d{2}) (\w{3}) (\d{4}) (\d{2}):", r"\4 \3 \2 \5:"),
)
_DATA_DATES = ((r'"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2}))?"', r'"\3/\2/\1"'), (r'"(\d{4})-(\d{2})-(\d{2})', r'"\1\2\3'))
_OTHER_TAGS = ("div", "section", "article", "p", "span", "main", "aside")
_GROUPS = frozenset({"div", "table", "tbody", "ul", "ol", "section", "form", "center", "span"})
_TAGS = re.compile(r"<(/?)([A-Za-z][\w:-]*)")


def _elements(page: BeautifulSoup) -> list[Tag]:
    return [e for e in page.find_all(True) if e.name not in {"html", "head", "body"}]


def _inner(page: BeautifulSoup) -> list[Tag]:
    return list(page.body.find_all(True)) if page.body else []


def _blocks(page: BeautifulSoup) -> list[Tag]:
    """What a template is made of: marked elements and groups of others. Rows, paragraphs and words inside are what is said, not how."""
    return [
        e
        for e in _inner(page)
        if e.name not in {"script", "style", "br", "a", "img"}
        and (e.get("id") or e.get("class") or e.name in _GROUPS)
        and not e.find_parent(["tr", "li", "p", "pre"])
    ]


def _tree(change: Callable[[BeautifulSoup, random.Random], bool]) -> Mutation:
    def mutation(text: str, pick: random.Random) -> str | None:
        page = BeautifulSoup(text, "html.parser")
        return str(page) if change(page, pick) else None

    return mutation


def _rename_id(page: BeautifulSoup, pick: random.Random) -> bool:
    ids = sorted({str(e["id"]) for e in page.find_all(id=True)})
    chosen, new = (pick.choice(ids), pick.choice(["content", "mainArea", "block7", ""])) if ids else ("", "")
    for element in page.find_all(id=chosen) if ids else []:
        if new:
            element["id"] = new
        else:
            del element["id"]
    return bool(ids)


def _rename_class(page: BeautifulSoup, pick: random.Random) -> bool:
    names = sorted({c for e in page.find_all(class_=True) for c in e["class"]})
    if not names:
        return False
    chosen, new = pick.choice(names), pick.choice([["text"], ["css-1x2y3z"], []])
    for element in page.find_all(class_=chosen):
        element["class"] = [c for c in element["class"] if c != chosen] + new
    return True


def _rename_tag(page: BeautifulSoup, pick: random.Random) -> bool:
    names = sorted({e.name for e in _inner(page)} - {"script", "a", "img", "br"})
    if not names:
        return False
    chosen = pick.choice(names)
    new = pick.choice([t for t in _OTHER_TAGS if t != chosen])
    for element in page.find_all(chosen):
        element.name = new
    return True


def _wrap(page: BeautifulSoup, pick: random.Random) -> bool:
    found = _blocks(page)
    if found:
        pick.choice(found).wrap(page.new_tag(pick.choice(_OTHER_TAGS)))
    return bool(found)


def _unwrap(page: BeautifulSoup, pick: random.Random) -> bool:
    found = _blocks(page)
    if found:
        pick.choice(found).unwrap()
    return bool(found)


def _nest(page: BeautifulSoup, pick: random.Random) -> bool:
    """An element moves into the one before it."""
    found = [e for e in _blocks(page) if e.find_previous_sibling(True)]
    if not found:
        return False
    element = pick.choice(found)
    brother = element.find_previous_sibling(True)
    if isinstance(brother, Tag):
        brother.append(element.extract())
    return True


def _reorder(page: BeautifulSoup, pick: random.Random) -> bool:
    """An element moves behind the one after it."""
    found = [e for e in _blocks(page) if e.find_next_sibling(True)]
    if not found:
        return False
    element = pick.choice(found)
    brother = element.find_next_sibling(True)
    if isinstance(brother, Tag):
        brother.insert_after(element.extract())
    return True


def _drop_foot(page: BeautifulSoup, pick: random.Random) -> bool:
    """The last blocks of the text are gone, or are filled in by a script."""
    found = [e for e in _blocks(page) if e.get_text(strip=True)]
    if found:
        pick.choice(found[-max(3, len(found) // 4) :]).decompose()
    return bool(found)


def _move_out(page: BeautifulSoup, pick: random.Random) -> bool:
    """A piece of the page moves to the end of its body."""
    found = [e for e in _blocks(page) if e.parent is not page.body and e.get_text(strip=True)]
    if found and page.body:
        page.body.append(pick.choice(found).extract())
    return bool(found)


def _words(text: str, pick: random.Random) -> str | None:
    there = [(old, new) for old, new in LABELS if old in text]
    return text.replace(*pick.choice(there)) if there else None


def _dates(text: str, pick: random.Random) -> str | None:
    there = [(old, new) for old, new in _DATES if re.search(old, text)]
    return re.sub(*pick.choice(there), text) if there else None


def _data_dates(text: str, pick: random.Random) -> str | None:
    """Only days that are data: those inside a remark are what is said."""
    there = [(old, new) for old, new in _DATA_DATES if re.search(old, text)]
    return re.sub(*pick.choice(there), text) if there else None


def _cut(text: str, pick: random.Random) -> str:
    return text[: pick.randrange(len(text) // 3, len(text) - 20)]


def _encoding(text: str, pick: random.Random) -> bytes:
    """In another encoding than is said, or broken twice over."""
    ways: list[Callable[[], bytes]] = [
        lambda: text.encode("utf-16"),
        lambda: text.encode("utf-8").decode("cp1252", "replace").encode("utf-8"),
        lambda: text.encode("ascii", "replace"),
        lambda: text.encode("big5hkscs", "replace"),
        lambda: text.encode("utf-8").decode("ascii", "replace").encode("utf-8"),
    ]
    return pick.choice(ways)()


def _rename_xml_tag(text: str, pick: random.Random) -> str | None:
    names = sorted({m[2] for m in _TAGS.finditer(text)})
    chosen = pick.choice(names)
    return _TAGS.sub(lambda m: f"<{m[1]}{'entry' if m[2] == chosen else m[2]}", text)


def _drop_xml_tag(text: str, pick: random.Random) -> str | None:
    leaves = sorted(set(re.findall(r"<([\w-]+)[^<>]*>[^<>]*</\1>", text)))
    return re.sub(rf"<{chosen}(?:\s[^<>]*)?>[^<>]*</{chosen}>", "", text) if leaves and (chosen := pick.choice(leaves)) else None


def _rows(told: Any) -> list[dict[str, Any]]:
    """All objects in lists, at any depth."""
    found, waiting = [], [told]
    while waiting:
        node = waiting.pop()
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        found += [x for x in node if isinstance(x, dict)] if isinstance(node, list) else []
        waiting += inner
    return found


def _json(change: Callable[[Any, random.Random], Any]) -> Mutation:
    def mutation(text: str, pick: random.Random) -> str | None:
        told = json.loads(text)
        changed = change(told, pick)
        return None if changed is None else json.dumps(changed, ensure_ascii=False)

    return mutation


def _field(told: Any, pick: random.Random) -> Any:
    rows = _rows(told)
    names = sorted({k for r in rows for k in r})
    if not names:
        return None
    chosen, new = pick.choice(names), pick.choice(["", "_v2", "Text"])
    for row in rows:
        if chosen in row:
            value = row.pop(chosen)
            if new:
                row[chosen + new] = value
    return told


def _top(told: Any, pick: random.Random) -> Any:
    if not isinstance(told, dict):
        return {"d": told}
    chosen = pick.choice(sorted(told))
    return pick.choice([{("data" if k == chosen else k): v for k, v in told.items()}, {"d": told}, {k: v for k, v in told.items() if k != chosen}])


def _camel(told: Any, _pick: random.Random) -> Any:
    rows = _rows(told)
    for row in rows:
        for name in [k for k in row if "_" in k]:
            row[re.sub(r"_(\w)", lambda m: m[1].upper(), name)] = row.pop(name)
    return told if any("_" not in k for r in rows for k in r) else None


def _chrome(page: BeautifulSoup, pick: random.Random) -> bool:
    made = page.new_tag("div", attrs={"class": "notice-bar", "id": f"notice{pick.randrange(9)}"})
    made.string = pick.choice(["Weather: hot", "本網站使用曲奇", "Sign up for mail"])
    if page.body:
        page.body.insert(pick.choice([0, len(page.body.contents)]), made)
    return page.body is not None


def _navigation(page: BeautifulSoup, pick: random.Random) -> bool:
    made = page.new_tag("nav")
    for name in ("Home", "About", "聯絡我們"):
        link = page.new_tag("a", href=f"/{pick.randrange(99)}/index.htm")
        link.string = name
        made.append(link)
    if page.body:
        page.body.insert(0, made)
    return page.body is not None


def _advert(page: BeautifulSoup, pick: random.Random) -> bool:
    made = page.new_tag("div", attrs={"class": f"ad{pick.randrange(99)}"})
    link = page.new_tag("a", href="https://www.brandhk.gov.hk/")
    link.append(page.new_tag("img", src="/ad.png", alt=""))
    made.append(link)
    if page.body:
        page.body.append(made)
    return page.body is not None


def _classes(page: BeautifulSoup, pick: random.Random) -> bool:
    for element in pick.sample(_elements(page), k=min(5, len(_elements(page)))):
        element["class"] = [*(element.get("class") or []), f"x-{pick.randrange(99)}"]
    return True


def _attributes(page: BeautifulSoup, _pick: random.Random) -> bool:
    for element in _elements(page):
        element.attrs = dict(reversed([*element.attrs.items(), ("data-v", "1")]))
    return True


def _comments(page: BeautifulSoup, pick: random.Random) -> bool:
    for element in pick.sample(_inner(page), k=min(5, len(_inner(page)))):
        element.insert_before(Comment(" rendered <b>by</b> the new system "))
    return True


def _scripts(page: BeautifulSoup, pick: random.Random) -> bool:
    for element in pick.sample(_inner(page), k=min(3, len(_inner(page)))):
        made = page.new_tag("script")
        made.string = "window.seen = '<div id=\"pressrelease\">Ends/</div>';"
        element.insert_after(made)
    return True


def _whitespace(text: str, _pick: random.Random) -> str:
    return re.sub(r"(</(?:div|tr|table|ul|li|h\d)>|<(?:div|tr|table|ul)\b[^<>]*>)", r"\n \1\r\n\t", text)


def _new_field(told: Any, _pick: random.Random) -> Any:
    for row in _rows(told):
        row["last_updated_by_system"] = "x"
    return told


def _order(told: Any, _pick: random.Random) -> Any:
    for row in _rows(told):
        items = list(row.items())
        row.clear()
        row.update(reversed(items))
    return told


def _spread(told: Any, _pick: random.Random) -> Any:
    return told


def _new_xml(text: str, _pick: random.Random) -> str:
    return re.sub(r"(</item>|</vote>)", r"<generator>new</generator>\1", text)


def _xml_comment(text: str, _pick: random.Random) -> str:
    return re.sub(r"(<item>|<vote )", r"<!-- next -->\n\1", text)


BREAKING: dict[str, dict[str, Mutation]] = {
    "html": {
        "another id, or none": _tree(_rename_id),
        "another class, or none": _tree(_rename_class),
        "another element": _tree(_rename_tag),
        "one more wrapper": _tree(_wrap),
        "a wrapper less": _tree(_unwrap),
        "nested in its neighbour": _tree(_nest),
        "in another order": _tree(_reorder),
        "moved to the end": _tree(_move_out),
        "foot or last blocks gone": _tree(_drop_foot),
        "other words in headings": _words,
        "another form of dates": _dates,
        "cut": _cut,
        "another encoding": _encoding,
    },
    "json": {
        "a field renamed or gone": _json(_field),
        "the frame changed": _json(_top),
        "names in camel case": _json(_camel),
        "another form of dates": _data_dates,
        "other words in headings": _words,
        "cut": _cut,
        "another encoding": _encoding,
    },
    "xml": {
        "another element": _rename_xml_tag,
        "a field renamed or gone": _drop_xml_tag,
        "another form of dates": _dates,
        "cut": _cut,
        "another encoding": _encoding,
    },
}
HARMLESS: dict[str, dict[str, Mutation]] = {
    "html": {
        "new notice": _tree(_chrome),
        "new navigation": _tree(_navigation),
        "another advertisement": _tree(_advert),
        "more classes": _tree(_classes),
        "order of attributes": _tree(_attributes),
        "comments": _tree(_comments),
        "scripts": _tree(_scripts),
        "whitespace": _whitespace,
    },
    "json": {"a new field": _json(_new_field), "order of fields": _json(_order), "whitespace": _json(_spread)},
    "xml": {"a new element": _new_xml, "comments": _xml_comment},
}
