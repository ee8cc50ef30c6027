"""Texts that no page sends, and that anybody can write in an address."""

from __future__ import annotations

ODD = {
    "nothing": "",
    "a number below zero": "-1",
    "more digits than are read": "9" * 5_000,
    "a number that no column holds": "9223372036854775808",
    "signs of a search": 'a NEAR( "*) OR ^b:',
    "a character that no database holds": "a\x00b",
    "a picture, an override of direction, a letter of two": "\U0001f600\u202eœ²",
    "a day that does not exist": "31/02/2026",
    "the last day of all": "9999-12-31",
    "an address inside": "page=2&sort=-debt&columns=x&" * 10,
    "a way up the folders, and a line of headers": "../../etc/passwd\r\nSet-Cookie: a=b",
    "not a number": "nan",
    "what a box sends": "on",
}
"""By what is odd in them."""
