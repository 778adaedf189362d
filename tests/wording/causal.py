"""Finds wording on a page that claims a cause, in everything that a reader can see or hear.

Visible text, titles and labels, and the texts inside charts; never tags, scripts or file names.
"""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from pipelines.catalogue.loader import read_yaml

SPOKEN_ATTRIBUTES = ("aria-label", "title", "alt")


@cache
def read_list() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The forbidden phrases as one expression, and the sentences that are allowed."""
    listed = read_yaml(Path(__file__).with_name("causal.yaml"))
    phrases = "|".join((*listed["nl"], *listed["en"]))
    return re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE), tuple(listed["allowed"])


class _Spoken(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag, attrs):
        self._in_style = tag == "style"
        self.parts += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag):
        self._in_style = False

    def handle_data(self, data):
        if not self._in_style:
            self.parts.append(data)


def find_causal_wording(html: str) -> list[str]:
    """Every forbidden phrase on the page, with the words around it."""
    reader = _Spoken()
    reader.feed(html)
    text = re.sub(r"\s+", " ", " ".join(reader.parts).replace("<br>", " "))
    expression, allowed = read_list()
    for sentence in allowed:
        text = text.replace(sentence, "")
    return [text[max(0, hit.start() - 40) : hit.end() + 40] for hit in expression.finditer(text)]
