"""Links from the first use of a term on a page to its meaning on the method page.

Here: finding the terms in paragraphs and column heads of a rendered page. Not here: the terms and
their meanings, which are words of the catalogue (``glossary.yaml``).
"""

import re
from functools import cache
from typing import NamedTuple

from pipelines.catalogue.wording import Words

METHOD_PAGE = "method.html"
# The text up to the first tag inside a paragraph or column head: plain words, never a link.
_PLACE = re.compile(r"(<(?:p|th scope=\"col\")\b[^>]*>)([^<]+)")
_MAIN = '<main id="main"'


class Terms(NamedTuple):
    """The terms of one language: how to find them, and the key of each form."""

    pattern: re.Pattern[str]
    keys: dict[str, str]  # form in lower case -> key in the glossary


@cache
def read_terms(forms: tuple[tuple[str, str], ...]) -> Terms:
    """The terms as one pattern, the longest first.

    Args:
        forms: pairs of (form, key), e.g. ``("eenheden", "unit")``.
    """
    keys = {form.lower(): key for form, key in forms}
    longest_first = sorted(keys, key=lambda form: (-len(form), form))
    alternatives = "|".join(re.escape(form) for form in longest_first)
    return Terms(re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), keys)


def list_forms(words: Words) -> tuple[tuple[str, str], ...]:
    """Every form of every term of the glossary: its name and what else it is called."""
    forms = []
    for key, text in sorted(words.texts.items()):
        first, _, rest = key.partition(".")
        term, _, part = rest.partition(".")
        if first == "glossary" and part == "name":
            forms.append((text, term))
        elif first == "glossary" and part == "also":
            forms += [(form.strip(), term) for form in text.split(",") if form.strip()]
    return tuple(forms)


def link_terms(html: str, words: Words, page: str) -> str:
    """The page with a link at the first use of every term.

    Args:
        html: a rendered page; terms above its main part stay as they are.
        page: file name of the page; on the method page itself the links stay on it.
    """
    terms = read_terms(list_forms(words))
    linked: set[str] = set()
    target = "" if page == METHOD_PAGE else METHOD_PAGE

    def link(match: re.Match[str]) -> str:
        key = terms.keys[match.group().lower()]
        if key in linked:
            return match.group()
        linked.add(key)
        return f'<a class="term" href="{target}#term-{key}">{match.group()}</a>'

    def link_place(match: re.Match[str]) -> str:
        return match.group(1) + terms.pattern.sub(link, match.group(2))

    start = html.find(_MAIN)
    return html[:start] + _PLACE.sub(link_place, html[start:])
