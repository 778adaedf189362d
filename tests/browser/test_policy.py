"""The content security policy of every page: what it says, and what Chromium makes of it."""

import re
from html import unescape

import pytest

from reports.static_files import read_static_files
from tests.browser.conftest import WatchedPage

POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
ALLOWED = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "font-src": {"data:"},
    "img-src": {"data:", "blob:"},
    "base-uri": {"'none'"},
    "form-action": {"'none'"},
}
HASH = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")
# What plotly.js would write about parts that our charts do not have.
UNUSED = re.compile(r"modebar|plotly-cloud|plotly-notifier|data-title|-resize|cursor-(move|grab)"
                    r"|input|button|ease-bg| a(:hover)?$")  # fmt: skip


def read_policy(html: str) -> dict[str, set[str]]:
    directives = [part.split() for part in unescape(POLICY.search(html).group(1)).split(";")]
    return {name: set(sources) for name, *sources in directives}


def test_every_page_has_a_policy_without_anything_unsafe(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 60
    for path in pages:
        for name, sources in read_policy(path.read_text(encoding="utf-8")).items():
            rest = {one for one in sources - ALLOWED[name] if not HASH.fullmatch(one)}
            assert rest == set(), f"{path.name}: {name}"


def test_no_page_has_a_style_attribute_or_a_script_of_its_own(site):
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<[^>]* (style|on\w+)=", html), path.name
        scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))", html)
        assert scripts == [], path.name


@pytest.mark.parametrize(
    ("attempt", "directive"),
    [
        ("const s = document.createElement('script'); s.textContent = 'window.ran = true';"
         "document.body.append(s)", "script-src"),
        ("document.body.setAttribute('onclick', 'window.ran = true'); document.body.click()",
         "script-src"),
        ("document.body.setAttribute('style', 'background: red')", "style-src"),
        ("const s = document.createElement('style'); s.textContent = 'body { color: red }';"
         "document.body.append(s)", "style-src"),
        ("fetch('https://example.org/').catch(() => 0)", "connect-src"),
        ("const i = new Image(); i.src = 'https://example.org/x.png'; document.body.append(i)",
         "img-src"),
        ("const f = document.createElement('iframe'); f.src = 'https://example.org/';"
         "document.body.append(f)", "frame-src"),
    ],
)  # fmt: skip
def test_chromium_refuses_what_the_policy_forbids(site, open_context, attempt, directive):
    watched = WatchedPage(open_context())
    watched.page.add_init_script(
        "window.refused = []; document.addEventListener('securitypolicyviolation',"
        " event => window.refused.push(event.effectiveDirective))"
    )
    watched.open(site / "organisations" / "noordlicht" / "nl" / "releases.html")
    watched.page.evaluate(attempt)
    watched.page.wait_for_function("() => window.refused.length > 0")
    assert watched.page.evaluate("window.refused[0]").startswith(directive)
    assert watched.page.evaluate("window.ran === undefined")


def test_style_sheet_holds_every_rule_that_plotly_would_write_for_our_charts(open_context):
    static = read_static_files()
    page = open_context().new_page()
    page.add_script_tag(content=static.contents[static.names["plotly.js"]].decode())
    page.evaluate(
        "text => { const ours = document.createElement('style'); ours.id = 'ours';"
        " ours.textContent = text; document.head.append(ours); }",
        static.contents[static.names["style.css"]].decode(),
    )
    read = """id => Object.fromEntries([...document.getElementById(id).sheet.cssRules]
        .filter(rule => (rule.selectorText || '').includes('.js-plotly-plot .plotly'))
        .map(rule => [rule.selectorText, rule.style.cssText]))"""
    plotly = {name: rule for name, rule in page.evaluate(read, "plotly.js-style-global").items()
              if not any(UNUSED.search(part) for part in name.split(", "))}  # fmt: skip
    ours = page.evaluate(read, "ours")
    assert len(plotly) > 5
    assert ours.keys() == plotly.keys()
    for name, rule in plotly.items():
        own_font = re.sub(r"font-family: [^;]*; ?", "", rule)
        assert ours[name] == own_font or name.endswith("cursor-crosshair"), name
