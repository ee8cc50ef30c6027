"""Pages as they are read: no character that misleads leaves the application, and apostrophes are those of print.

Names come from registers that accept anything: an override of direction shows a name backwards, an escape sequence acts
on the terminal of whoever copies it. Labels that are keys, nomenclatures and names have the straight apostrophe of
keyboards: it stays in files, in the terminal and in what is typed, and « ’ » stands in the text of every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from signaux_faibles.wording.french import typeset

MISLEADING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Controls other than tab and line feed, marks and overrides of direction, separators of lines and paragraphs."""

_BEFORE_A_LETTER = r"(?=[\w«])(?![\w.+&#;'-]*@)"
"""That of an e-mail address is no mark of print."""
_APOSTROPHES = {written: re.compile(written + _BEFORE_A_LETTER) for written in ("'", "&#x27;")}
"""Both ways in which a page holds one; apart, since a pattern that begins with one text is found faster."""


def readable(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: replace misleading characters in pages and fragments, wherever they come from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode(response.charset)
            readable_html = readable_page(page)
            if readable_html is not page:
                response.content = readable_html
                if "Content-Length" in response.headers:  # that of the page before
                    response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware


def readable_page(html: str) -> str:
    """A page without misleading characters, each shown as `<U+202E>`, and typeset."""
    return typeset_page(MISLEADING.sub(_shown, html) if MISLEADING.search(html) else html)


def typeset_page(page: str) -> str:
    """A page whose texts have « ’ » between two letters; tags, and what is typed, stay as they are."""
    for written, pattern in _APOSTROPHES.items():
        page = pattern.sub(_curly, page) if written in page else page
    return page


def _curly(match: re.Match[str]) -> str:
    page, start = match.string, match.start()
    opened = page.rfind("<", 0, start)
    if not page[start - 1].isalpha() or page.rfind(">", 0, start) < opened or page.startswith("<textarea", opened):
        return match[0]
    return "’"


def legible(text: str) -> str:
    """A text of ours for a script or a workbook, which the middleware does not read: spelled out, and typeset."""
    return typeset(spelled_out(text))


def spelled_out(text: str) -> str:
    """A text whose misleading characters are written as `<U+202E>`; its apostrophes stay as they are."""
    return MISLEADING.sub(lambda misleading: f"<U+{ord(misleading[0]):04X}>", text)


def _shown(misleading: re.Match[str]) -> str:
    """`<U+202E>`, as reports write it: an agent sees that something stood there."""
    return f"&lt;U+{ord(misleading[0]):04X}&gt;"
