"""Sirens and sirets as they are pasted, and the establishments of a department that they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.establishments import seats_in, sites_of
from signaux_faibles.snapshot.shelf import Snapshot

SIREN, SIRET = 9, 14
_GAP = r"[ \t\u00a0\u202f.\-]?"
IDENTIFIER = re.compile(rf"(?<!\d)\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}(?:{_GAP}\d{{5}})?(?!\d)")
NUMBER = re.compile(r"\d(?:[ \u00a0\u202f.\-]?\d)*")


@dataclass(frozen=True)
class Pasted:
    """Sirens and sirets, digits alone, once each, in their order; and the other numbers of the text, as typed."""

    identifiers: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The sirets of the department that were meant, and the identifiers that mean none."""

    sirets: tuple[str, ...]
    elsewhere: tuple[str, ...]


def pasted(text: str) -> Pasted:
    """Read a text that holds sirens and sirets, with or without spaces, among words or not."""
    identifiers = dict.fromkeys(re.sub(r"\D", "", one) for one in IDENTIFIER.findall(text))
    others = dict.fromkeys(NUMBER.findall(IDENTIFIER.sub(" ", text)))
    return Pasted(tuple(identifiers), tuple(others))


def found_in(snapshot: Snapshot, identifiers: Sequence[str], *departements: str) -> Found:
    """The establishments meant in some departments: a siret itself; of a siren, its head office or an active one."""
    sites = sites_of(snapshot, [one for one in identifiers if len(one) == SIRET])
    meant = {siret: siret for siret, site in sites.items() if site.departement in departements}
    seats = seats_in(snapshot, [one for one in identifiers if len(one) == SIREN], departements)
    meant |= {siren: site.siret for siren, site in seats.items()}
    return Found(
        sirets=tuple(dict.fromkeys(meant[one] for one in identifiers if one in meant)),
        elsewhere=tuple(one for one in identifiers if one not in meant),
    )
