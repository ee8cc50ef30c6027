"""Pages on paper, drawn by WeasyPrint (decision 0023): what their reader sees on the screen, by the same rights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from signaux_faibles.web.readable import readable_page

STYLE = Path(__file__).parent.parent / "static" / "sf" / "pdf.css"


class CannotDraw(Exception):
    """The machine lacks the library that draws text."""


def company_pdf(context: Mapping[str, Any]) -> bytes:
    """The PDF of the sheet of a company.

    Raises:
        CannotDraw: Pango is not installed.
    """
    return draw_pdf("consultation/company_pdf.html", context)


def draw_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """The PDF of a page, its headings and tables tagged for screen readers; nothing is fetched, neither image nor font.

    Raises:
        CannotDraw: Pango is not installed (docs/deployment.md, section 1).
    """
    try:
        import weasyprint  # loads Pango, which the pages of the screen do without
    except OSError as missing:
        raise CannotDraw(str(missing)) from missing
    page = readable_page(render_to_string(template, dict(context)))
    style = weasyprint.CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=_fetch_nothing)
    drawn = weasyprint.HTML(string=page, url_fetcher=_fetch_nothing)
    document: bytes = drawn.write_pdf(stylesheets=[style], pdf_tags=True)
    return document


def _fetch_nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"{url} is not fetched")
