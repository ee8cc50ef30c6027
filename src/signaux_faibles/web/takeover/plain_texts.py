"""Texts of exports as our pages show them: Markdown without HTML, which other applications let through."""

from __future__ import annotations

import html
import re

import nh3

from signaux_faibles.wording.french import NBSP

_TAG = re.compile(
    r"</?(p|br|div|span|b|strong|i|em|u|s|ul|ol|li|a|h[1-6]|table|thead|tbody|tr|td|th|img|font|script|style|iframe|hr|"
    r"blockquote|pre|code|svg|object|embed|form|input)(\s[^<>]*|/)?>",
    re.IGNORECASE,
)
_BREAKS = ((re.compile(r"<br\s*/?>|</(p|div|h[1-6]|tr|blockquote|ul|ol)>", re.IGNORECASE), "\n"),)
_ITEM = re.compile(r"<li(\s[^<>]*)?>", re.IGNORECASE)
_BOLD = re.compile(r"</?(b|strong)(\s[^<>]*)?>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """A text without control characters or HTML: paragraphs and items stay lines, bold stays bold, scripts go.

    A text without a tag is kept to the letter: « 3 < 4 » and « <jean@exemple.fr> » are not HTML.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(NBSP, " ")
    text = "".join(one for one in text if one in "\n\t" or ord(one) >= ord(" "))
    if _TAG.search(text):
        for pattern, end in _BREAKS:
            text = pattern.sub(end, text)
        text = _BOLD.sub("**", _ITEM.sub("\n- ", text))
        text = html.unescape(nh3.clean(text, tags=set()))
    return _BLANK_LINES.sub("\n\n", text).strip()
