"""Characters that would make a page read otherwise than it is written: none leaves the application.

Names come from registers that accept anything: an override of direction shows a name backwards, an escape sequence acts
on the terminal of whoever copies it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

MISLEADING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Controls other than tab and line feed, marks and overrides of direction, separators of lines and paragraphs."""


def readable(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: replace misleading characters in pages and fragments, wherever they come from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode(response.charset)
            if MISLEADING.search(page):
                response.content = MISLEADING.sub(_shown, page)
        return response

    return middleware


def legible(text: str) -> str:
    """A text for a script, which the middleware does not read, its misleading characters as `<U+202E>`."""
    return MISLEADING.sub(lambda misleading: f"<U+{ord(misleading[0]):04X}>", text)


def _shown(misleading: re.Match[str]) -> str:
    """`<U+202E>`, as reports write it: an agent sees that something stood there."""
    return f"&lt;U+{ord(misleading[0]):04X}&gt;"
