"""The blanks that files put around their values and between their digits: ordinary, no-break, narrow, tabs.

A form pasted from a web page holds no-break spaces, a spreadsheet narrow ones, an export a mark of encoding. They
separate as an ordinary space does, and say nothing around a value.
"""

from __future__ import annotations

BLANKS = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""Every character that Unicode calls a space, and those that have no width."""
BLANK = f"[{BLANKS}]"
"""One of them, in a regular expression."""


def without_blanks(text: str) -> str:
    """SQL of a text without any blank."""
    return f"translate({text}, '{BLANKS}', '')"


def trimmed(text: str) -> str:
    """SQL of a text without the blanks around it."""
    return f"trim({text}, '{BLANKS}')"
