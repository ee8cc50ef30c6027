"""A report as one self-contained HTML page, from `report.html`: no script, no other file, every text escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from signaux_faibles.chain.report.page import Page, printable


def as_html(page: Page) -> str:
    """The whole page."""
    return _ENVIRONMENT.get_template("report.html").render(page=page)


def _printable(value: object) -> object:
    """What the template writes for a value, before it is escaped: text from files reaches the page in no other way."""
    return printable(value) if isinstance(value, str) else value


_ENVIRONMENT = Environment(
    loader=PackageLoader("signaux_faibles.chain.report", "."),
    autoescape=True,
    finalize=_printable,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
