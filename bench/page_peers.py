"""Plain ways to read the same pages, for comparison: the same elements by BeautifulSoup(html.parser) and by lxml.html, and trafilatura.extract.

Needs no part of the product, so that it runs in an environment of its own: python bench/page_peers.py FOLDER. Reads the name of a peer from
each line of input, answers with the processor seconds of one round over all pages.
"""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import Any


def soup(page: bytes) -> Any:
    """Headline, text and links, as anybody would write it first."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - each peer is there or not

    tree = BeautifulSoup(page, "html.parser")
    headline, text = tree.find(id="PRHeadlineSpan"), tree.find(id="pressrelease")
    return headline and headline.get_text(), text and text.get_text("\n"), [a["href"] for a in tree.find_all("a", href=True)]


def lxml_html(page: bytes) -> Any:
    """The same by lxml."""
    from lxml.html import fromstring  # noqa: PLC0415

    tree = fromstring(page)
    return tree.xpath("string(//*[@id='PRHeadlineSpan'])"), tree.xpath("//*[@id='pressrelease']//text()"), tree.xpath("//a/@href")


def trafilatura(page: bytes) -> Any:
    """The main text of any page."""
    from trafilatura import extract  # noqa: PLC0415

    return extract(page)


PEERS: dict[str, Callable[[bytes], Any]] = {"bs4": soup, "lxml": lxml_html, "trafilatura": trafilatura}


def main() -> None:
    """Answers until the input ends."""
    pages = [path.read_bytes() for path in sorted(Path(sys.argv[1]).iterdir())]
    for line in sys.stdin:
        name = line.strip()
        if find_spec(name) is None:
            print("missing", flush=True)  # noqa: T201 - the measurement is the output
            continue
        read = PEERS[name]
        read(pages[0])  # what is imported or compiled at the first page is not the work
        began = process_time()
        for page in pages:
            read(page)
        print(process_time() - began, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
