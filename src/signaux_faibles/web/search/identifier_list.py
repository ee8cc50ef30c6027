"""A pasted list of identifiers: one row each, with what the register holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from signaux_faibles.snapshot.search.identifiers import Identifier, IdentifierKind, identifiers
from signaux_faibles.snapshot.served.company import cards_of, known_companies, known_establishments
from signaux_faibles.web.search.results import Hit, Searching, hits_of

MOST_IDENTIFIERS = 500
LONGEST_LIST = 20_000
"""Characters: five hundred sirets with their spaces, and the words around them."""
_ENDS = re.compile(r"[\n\r\t;,|]+")
"""What separates the cells of a pasted list."""


class ListRefused(Exception):
    """The list is too long; the message is a French sentence."""


class RowState(Enum):
    """What became of a cell, in the words that the agent reads."""

    COMPANY = "Entreprise trouvée"
    ESTABLISHMENT = "Établissement trouvé"
    COMPANY_ONLY = "Établissement inconnu ; entreprise trouvée"
    UNKNOWN = "Inconnu du répertoire"
    WRONG_KEY = "Inconnu du répertoire, et sa clé est fausse : un chiffre est sans doute mal recopié"
    MALFORMED = "Ni siren (9 chiffres), ni siret (14 chiffres), ni numéro de TVA français"
    REPEATED = "Déjà dans la liste"


@dataclass(frozen=True)
class IdentifierRow:
    """A cell of the list, and the company that it names, None where none is known."""

    typed: str
    state: RowState
    identifier: Identifier | None = None
    hit: Hit | None = None
    name: str | None = None

    @property
    def known(self) -> bool:
        """Whether a page can be opened."""
        return self.state in (RowState.COMPANY, RowState.ESTABLISHMENT, RowState.COMPANY_ONLY)


@dataclass(frozen=True)
class IdentifierList:
    """The rows of a list, in its order."""

    rows: tuple[IdentifierRow, ...]

    @property
    def found(self) -> int:
        """How many rows open a page."""
        return sum(row.known for row in self.rows)

    @property
    def repeated(self) -> int:
        """How many rows repeat an earlier one."""
        return sum(row.state is RowState.REPEATED for row in self.rows)

    @classmethod
    def read(cls, cells: Sequence[tuple[str, Identifier | None]], searching: Searching) -> IdentifierList:
        """One row per cell; the register is read in one go."""
        asked = [one for _, one in cells if one]
        snapshot = searching.snapshot
        ranks = sorted(snapshot.ranks_of({one.siren for one in asked}))
        hits = {hit.card.registered.siren: hit for hit in hits_of(cards_of(snapshot, ranks), searching)}
        names: dict[str, str | None] = {siren: hit.card.registered.name for siren, hit in hits.items()}
        names |= known_companies(snapshot, {one.siren for one in asked} - names.keys())
        sirets = {one.digits for one in asked if one.kind is IdentifierKind.SIRET and one.siren in names}
        establishments = known_establishments(snapshot, sirets)
        seen: set[Identifier] = set()
        rows = []
        for typed, one in cells:
            state = _state(one, names, establishments, seen)
            siren = one.siren if one else ""
            rows.append(IdentifierRow(typed, state, one, hits.get(siren), names.get(siren)))
            seen |= {one} if one else set()
        return cls(tuple(rows))


def cells_of(text: str) -> list[tuple[str, Identifier | None]]:
    """The cells of a list, each with its identifier; cells of words alone, such as headings, are left out.

    Raises:
        ListRefused: there are too many.
    """
    cells: list[tuple[str, Identifier | None]] = []
    for cell in filter(None, map(str.strip, _ENDS.split(text[:LONGEST_LIST]))):
        in_cell = identifiers(cell)
        if in_cell:
            cells.extend((one.digits if len(in_cell) > 1 else cell, one) for one in in_cell)
        elif any(character.isdigit() for character in cell):
            cells.append((cell, None))
    if len(cells) > MOST_IDENTIFIERS or len(text) > LONGEST_LIST:
        raise ListRefused(f"La liste est limitée à {MOST_IDENTIFIERS} identifiants : coupez-la en plusieurs.")
    return cells


def _state(
    one: Identifier | None, names: Mapping[str, str | None], establishments: set[str], seen: set[Identifier]
) -> RowState:
    if one is None:
        return RowState.MALFORMED
    if one in seen:
        return RowState.REPEATED
    if one.digits in establishments:
        return RowState.ESTABLISHMENT
    if one.siren in names:
        return RowState.COMPANY if one.kind is IdentifierKind.SIREN else RowState.COMPANY_ONLY
    return RowState.UNKNOWN if one.key_is_right else RowState.WRONG_KEY
