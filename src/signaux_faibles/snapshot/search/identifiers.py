"""The identifiers that a text holds: siren, siret, intracommunity VAT number, whatever stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

SIREN_DIGITS, SIRET_DIGITS = 9, 14
_LA_POSTE = "356000000"
"""Its sirets have no key: their digits add up to a multiple of five."""
_S = r"[\s.\-]?"
_SIREN = rf"\d{{3}}{_S}\d{{3}}{_S}\d{{3}}"
_FOUND = re.compile(
    rf"\bFR{_S}[0-9A-Z]{{2}}{_S}(?P<vat>{_SIREN})\b"
    rf"|(?<!\d)(?P<siret>{_SIREN}{_S}\d{{3}}{_S}\d{{2}})(?!\d)"
    rf"|(?<!\d)(?P<siren>{_SIREN})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_SEPARATORS = re.compile(r"[\s.\-]")
_BLANKS = re.compile(r"[\u00a0\u202f\u2009]")
"""The spaces that a page or a document puts between the digits of a number."""


class IdentifierKind(Enum):
    """What an identifier names."""

    SIREN = "siren"
    SIRET = "siret"


@dataclass(frozen=True)
class Identifier:
    """A siren or a siret, in digits; that of a VAT number is its siren."""

    kind: IdentifierKind
    digits: str

    @property
    def siren(self) -> str:
        """The company that it names, or whose establishment it names."""
        return self.digits[:SIREN_DIGITS]

    @property
    def key_is_right(self) -> bool:
        """Whether the last digit is the one that the others call for (Luhn)."""
        if self.kind is IdentifierKind.SIRET and self.siren == _LA_POSTE:
            return sum(map(int, self.digits)) % 5 == 0 or luhn(self.digits)
        return luhn(self.digits)


def identifiers(text: str) -> tuple[Identifier, ...]:
    """The identifiers of a text, each once, in order: « RCS Paris 152 092 268 », « FR12152092268 »."""
    text = _BLANKS.sub(" ", text)
    matches = (_identifier(_SEPARATORS.sub("", one[one.lastgroup or 0])) for one in _FOUND.finditer(text))
    distinct = tuple(dict.fromkeys(matches))
    bare = _SEPARATORS.sub("", text)
    if not distinct and bare.isascii() and bare.isdigit() and len(bare) in (SIREN_DIGITS, SIRET_DIGITS):
        return (_identifier(bare),)
    return distinct


def luhn(digits: str) -> bool:
    """Whether digits satisfy the formula of Luhn, as sirens and sirets do."""
    doubled = (int(digit) * (1 + rank % 2) for rank, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _identifier(digits: str) -> Identifier:
    return Identifier(IdentifierKind.SIREN if len(digits) == SIREN_DIGITS else IdentifierKind.SIRET, digits)


def miscounted(text: str) -> int:
    """How many digits a number alone has, where they are neither those of a siren, nor of a siret; zero otherwise.

    Shorter numbers are the beginning of a siren, or a postcode.
    """
    digits = _SEPARATORS.sub("", _BLANKS.sub(" ", text))
    counted = len(digits) if digits.isascii() and digits.isdecimal() else 0
    return counted if counted > SIREN_DIGITS and counted != SIRET_DIGITS else 0
