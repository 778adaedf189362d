"""From a page in values to a page in HTML: the templates, the navigation, the data of the figures.

Not here: what stands on a page (``reports.pages``) and where it is written.
"""

import json
import re
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipelines.catalogue.wording import load_words
from reports.formats import start_with_capital
from reports.glossary_links import link_terms
from reports.inline_style import reserve_heights
from reports.pages.page import Page, PageContext
from reports.panels.panel import encode_names

NAVIGATION = (
    ("overview", "index.html"),
    ("organisation", "organisation.html"),
    ("requirements", "requirements.html"),
    ("audits", "audits.html"),
    ("outcomes", "outcomes.html"),
    ("comparison", "comparison.html"),
    ("research", "research.html"),
    ("data", "data.html"),
    ("method", "method.html"),
)


LINE_END_BEFORE_TAG = re.compile(
    r"\n(?=</?(?:t[dhr]|thead|tbody|li|ul|ol|dl|dt|dd|section|div|table|details|figure)\b)"
)


@cache
def read_environment() -> Environment:
    """The templates of this layer, read once per process."""
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capital"] = start_with_capital
    environment.filters["tells"] = name_told
    return environment


def name_told(names: Sequence[str | None]) -> Markup:
    """The attribute that says of which figures a text may tell numbers; nothing without one."""
    known = [name for name in names if name]
    return Markup(f" data-tells='{encode_names(known)}'") if known else Markup("")


def dump_json(value: object) -> str:
    """JSON that is safe inside a script element and always the same for the same value."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def render_page(
    page: Page, context: PageContext, languages: tuple[str, ...], release_id: str, static: dict
) -> str:
    """The whole page as HTML, with its figures inside."""
    html = (
        read_environment()
        .get_template(page.template)
        .render(
            **page.values,
            page=page,
            organisation=context.organisation,
            t=context.words,
            f=context.formats,
            language=context.language,
            languages=[(code, load_words(code)("site.language_name")) for code in languages],
            navigation=NAVIGATION,
            panels={panel.key: panel for panel in page.panels},
            heights=reserve_heights(page.panels),
            figures=dump_json({panel.key: panel.spec for panel in page.panels}),
            release_id=release_id,
            static=static,
        )
    )
    # Line ends between parts of tables and lists show nothing, and are a hundredth of a page.
    html = LINE_END_BEFORE_TAG.sub("", html)
    return link_terms(html, context.words, page.path)
