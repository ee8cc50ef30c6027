"""The page of a company on paper: the same sheet, hence the same rights, drawn by WeasyPrint."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetchingError

STYLE = Path(__file__).parent.parent / "static" / "sf" / "pdf.css"


def company_pdf(context: Mapping[str, Any]) -> bytes:
    """The PDF of the sheet of a company; nothing is fetched, neither image nor font nor page."""
    page = render_to_string("consultation/company_pdf.html", dict(context))
    style = CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=_fetch_nothing)
    document: bytes = HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(stylesheets=[style])
    return document


def _fetch_nothing(url: str, *_: Any, **__: Any) -> Any:
    raise URLFetchingError(f"{url} is not fetched")
