"""What every page must satisfy in a browser: no violation of WCAG 2.1 A and AA, and no page wider than its screen."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent.parent / "web" / "browser" / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = "async (tags) => (await axe.run(document, {runOnly: tags})).violations.map(v => [v.id, v.nodes.map(n => n.html)])"


def check_accessible(page: Page) -> None:
    """Fail on a violation; axe enters outside the content policy."""
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, TAGS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
