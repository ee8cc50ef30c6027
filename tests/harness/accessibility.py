"""What every page must satisfy in a browser: no violation of WCAG 2.1 A and AA, and no page wider than its screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

DESKTOP, MOBILE = 1280, 320
"""The widths, in pixels, at which pages are tried."""
HEIGHT = 844
at_both_widths = pytest.mark.parametrize("page", [pytest.param(MOBILE, id="both")], indirect=True)
"""For a test that only looks at a page: it opens it once, on a telephone, then widens it."""

AXE = Path(__file__).parent.parent / "web" / "browser" / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]);
}"""


def check_accessible(page: Page) -> None:
    """Fail on a violation; axe enters outside the content policy."""
    page.wait_for_load_state("load")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, TAGS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def check_accessible_at_both_widths(page: Page) -> None:
    """The same, on a telephone and on a desk; opening a page costs as much as looking at it."""
    for width in (MOBILE, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        check_accessible(page)
