"""What a search can be filtered by; in the index each facet is one character that no text holds.

Being one character long, facets stay out of the lists of beginnings, which hold two letters or more, and being in no
alphabet, nothing that an agent types reaches them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum

from signaux_faibles.snapshot.search.places import gazetteer

_PRIVATE_USE = 0xE000
_UNASSIGNED = {"town": 0x40000, "postcode": 0x60000}
"""First characters of ranges of 100,000: codes of towns and postcodes are numbers of five digits."""
_REGIONS, _SECTIONS, _SIZES, _STATES, _PROCEDURES = (
    _PRIVATE_USE + start for start in (0x300, 0x400, 0x500, 0x600, 0x700)
)
_CORSICA = {"2A": "96", "2B": "99"}
"""No town has a code that begins with these numbers."""


class HeadcountBand(Enum):
    """Headcount of a company, the last one known; the first and the last number of employees."""

    UNDER_TEN = ("moins-de-10", 0, 9, "Moins de 10 salariés")
    TEN = ("10-19", 10, 19, "10 à 19 salariés")
    TWENTY = ("20-49", 20, 49, "20 à 49 salariés")
    FIFTY = ("50-99", 50, 99, "50 à 99 salariés")
    HUNDRED = ("100-249", 100, 249, "100 à 249 salariés")
    TWO_HUNDRED_FIFTY = ("250-999", 250, 999, "250 à 999 salariés")
    THOUSAND = ("1000", 1000, 10**9, "1 000 salariés ou plus")

    @property
    def key(self) -> str:
        """How an address names it."""
        return self.value[0]

    @property
    def label(self) -> str:
        """How a page names it."""
        return self.value[3]

    @classmethod
    def of(cls, headcount: int) -> HeadcountBand:
        """The size of a headcount."""
        return next(one for one in cls if one.value[1] <= headcount <= one.value[2])


class CompanyState(Enum):
    """Whether a company is active."""

    ACTIVE = "active"
    CLOSED = "fermee"


class Procedure(Enum):
    """The kind of a procédure collective under way, as `action_procol` writes it."""

    SAFEGUARD = "sauvegarde"
    RECEIVERSHIP = "redressement"
    LIQUIDATION = "liquidation"
    CRISIS_EXIT = "sortie_de_crise"


def department(code: str) -> str:
    """The facet of a department; empty for a code that does not exist."""
    return _ranked(code, list(gazetteer().departments), _PRIVATE_USE)


def region(code: str) -> str:
    """The facet of a region; empty for a code that does not exist."""
    return _ranked(code, list(gazetteer().regions), _REGIONS)


def zone(departments: Collection[str]) -> list[str]:
    """The facets that a zone holds: whole regions, which are one facet, then the other departments."""
    whole = {code: place.codes for code, place in gazetteer().regions.items() if place.codes <= set(departments)}
    left = set(departments).difference(*whole.values())
    return [*map(region, sorted(whole)), *map(department, sorted(left))]


def section(key: str) -> str:
    """The facet of a section of activity, keyed as in `naf_sections`: « C », « 2025-C »."""
    letter = key.removeprefix("2025-")
    offset = 0x80 if key.startswith("2025-") else 0
    return chr(_SECTIONS + offset + ord(letter)) if len(letter) == 1 and letter.isascii() else ""


def size(one: HeadcountBand) -> str:
    """The facet of a size."""
    return chr(_SIZES + list(HeadcountBand).index(one))


def state(one: CompanyState) -> str:
    """The facet of a state."""
    return chr(_STATES + list(CompanyState).index(one))


def procedure(one: Procedure) -> str:
    """The facet of a procedure."""
    return chr(_PROCEDURES + list(Procedure).index(one))


def town(code: str) -> str:
    """The facet of a town; empty for a code that does not exist."""
    number = _CORSICA.get(code[:2], code[:2]) + code[2:]
    return _numbered(number, _UNASSIGNED["town"])


def postcode(code: str) -> str:
    """The facet of a postcode; empty for a code that does not exist."""
    return _numbered(code, _UNASSIGNED["postcode"])


def any_of(facets: Iterable[str]) -> str:
    """The part of a query that one of these facets satisfies; empty without any."""
    choices = sorted({one for one in facets if one})
    return f"({' OR '.join(quoted(one) for one in choices)})" if choices else ""


def quoted(term: str) -> str:
    """A term of a query; terms hold no quote."""
    return f'"{term}"'


def _numbered(code: str, start: int) -> str:
    return chr(start + int(code)) if len(code) == 5 and code.isascii() and code.isdigit() else ""


def _ranked(code: str, codes: list[str], start: int) -> str:
    return chr(start + codes.index(code)) if code in codes else ""
