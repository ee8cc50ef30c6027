"""The one module by which the application reads a snapshot (DESIGN §2, §3).

A `Shelf` follows the pointer `HOME/current`; a request pins one `Snapshot` and keeps it until its end, whatever is
published meanwhile.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from signaux_faibles.home.home import REGISTER, SERVING, Home
from signaux_faibles.home.manifest import Manifest
from signaux_faibles.home.published import published
from signaux_faibles.snapshot.records import (
    Company,
    CompanyCard,
    DebtMonth,
    DepartmentEstablishments,
    Headcount,
    PerimeterAnswer,
    ProcedureEvent,
)
from signaux_faibles.snapshot.register_index import Matches, RegisterIndex

SNAPSHOT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

_COMPANY = """
SELECT unit.siren, unit.raison_sociale, libelle_categorie_juridique, unit.activite_principale,
    unit.libelle_activite_principale, unit.libelle_naf_section, unit.departement, unit.libelle_departement,
    unit.siret_siege, unit.creation, unit.est_actif, seat.adresse
FROM clean_sirene_ul AS unit
LEFT JOIN (SELECT siret, adresse FROM clean_sirene WHERE siren = $siren) AS seat ON seat.siret = unit.siret_siege
WHERE unit.siren = $siren
"""
_ESTABLISHMENTS = """
SELECT departement, any_value(libelle_departement), count(*) FILTER (est_actif), count(*) FILTER (NOT est_actif)
FROM clean_sirene WHERE siren = ? AND departement IS NOT NULL
GROUP BY departement ORDER BY 3 DESC, 4 DESC, departement
"""
_CARDS = """
SELECT unit.siren, unit.raison_sociale, unit.departement, unit.libelle_departement, unit.libelle_activite_principale,
    unit.est_actif, assessed.effectif, procedure.libelle_procol, coalesce(places.departments, [])
FROM clean_sirene_ul AS unit
LEFT JOIN assessed_company AS assessed ON assessed.siren = unit.siren
LEFT JOIN current_procol AS procedure ON procedure.siren = unit.siren
LEFT JOIN (
    SELECT siren, list(DISTINCT departement) AS departments FROM clean_sirene
    WHERE siren IN (SELECT unnest($sirens)) AND est_actif AND departement IS NOT NULL GROUP BY siren
) AS places ON places.siren = unit.siren
WHERE unit.siren IN (SELECT unnest($sirens))
"""
_HEADCOUNTS = """
SELECT periode, effectif_ent FROM clean_effectif_ent
WHERE siren = ? AND effectif_ent IS NOT NULL ORDER BY periode DESC LIMIT ?
"""
_DEBTS = """
SELECT periode, sum(part_ouvriere), sum(part_patronale), min(oldest_unpaid), sum(new_debt), sum(repaid)
FROM debt_by_month WHERE siren = ? AND periode BETWEEN ? AND ? GROUP BY periode ORDER BY periode
"""
_PROCEDURES = """
SELECT date_effet, action_procol, stade_procol, libelle_procol, date_urssaf, date_bodacc, known_at_bodacc, id_bodacc,
    etat_oppose
FROM procedures_chronology WHERE siren = ? ORDER BY date_effet DESC, action_procol, stade_procol
"""


class NoSnapshot(Exception):
    """No snapshot has been published under this home folder."""


class Snapshot:
    """A published snapshot, opened read-only with one thread; usable from several threads of the application."""

    def __init__(self, folder: Path, *, lists: Path, memory_limit: str = "512MB") -> None:
        self.manifest = Manifest.read(folder)
        self._index = RegisterIndex(folder / REGISTER)
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": memory_limit})
        self._connection.execute(f"ATTACH '{_quoted(folder / SERVING)}' AS served (READ_ONLY)")
        self._connection.execute(f"SET allowed_directories = ['{_quoted(lists)}']")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def rows(self, query: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query, for the modules of this package; pages call the methods that name what they read."""
        with self._connection.cursor() as cursor:
            return cursor.execute("USE served").execute(query, parameters).fetchall()

    def company(self, siren: str) -> Company | None:
        """The identity of a company, None if the register does not hold it."""
        found = self.rows(_COMPANY, {"siren": siren})
        if not found:
            return None
        places = tuple(DepartmentEstablishments(*row) for row in self.rows(_ESTABLISHMENTS, [siren]))
        return Company(*[*found[0], places])

    def cards(self, sirens: Sequence[str]) -> list[CompanyCard]:
        """The companies of a page of results, in the order asked."""
        if not sirens:
            return []
        cards = {
            row[0]: CompanyCard(*[*row[:-1], frozenset(row[-1])]) for row in self.rows(_CARDS, {"sirens": list(sirens)})
        }
        return [cards[siren] for siren in sirens if siren in cards]

    def has_establishment(self, siret: str) -> bool:
        """Whether the register holds a siret."""
        return bool(self.rows("SELECT 1 FROM clean_sirene WHERE siren = ? AND siret = ?", [siret[:9], siret]))

    def headcounts(self, siren: str, months: int) -> list[Headcount]:
        """The last known headcounts, latest first."""
        return [Headcount(*row) for row in self.rows(_HEADCOUNTS, [siren, months])]

    def debts(self, siren: str, start: date, end: date) -> list[DebtMonth]:
        """The social debt at each month of a window where it is known, both ends included."""
        return [DebtMonth(*row) for row in self.rows(_DEBTS, [siren, start, end])]

    def procedures(self, siren: str) -> list[ProcedureEvent]:
        """The events of procédures collectives that Urssaf or BODACC tells, latest first."""
        told = self.rows(_PROCEDURES, [siren])
        return [ProcedureEvent(*(*row[:-1], _kind_and_stage(row[-1]))) for row in told]

    def current_procedure(self, siren: str) -> str | None:
        """The procedure under way on the reference day of the snapshot, by both sources; None: in bonis."""
        found = self.rows("SELECT libelle_procol FROM current_procol WHERE siren = ?", [siren])
        return found[0][0] if found else None

    def perimeter(self, siren: str) -> list[PerimeterAnswer]:
        """What the rules of the perimeter say of a company; empty when it was never examined."""
        query = "SELECT kept, rule, detail FROM perimeter WHERE siren = ? ORDER BY kept, rule"
        return [PerimeterAnswer(*row) for row in self.rows(query, [siren])]

    def sections(self) -> dict[str, str]:
        """The sections of activity that the perimeter holds, label by code, in the order of the nomenclature."""
        query = """
            SELECT naf_section, any_value(libelle_naf_section) FROM assessed_company
            WHERE libelle_naf_section IS NOT NULL GROUP BY naf_section ORDER BY naf_section
        """
        return dict(self.rows(query))

    def search(self, text: str, *, limit: int, offset: int = 0) -> Matches:
        """The companies that match a text, in order of importance (see `RegisterIndex.search`)."""
        return self._index.search(text, limit=limit, offset=offset)

    def close(self) -> None:
        """Let the files go."""
        self._connection.close()
        self._index.close()


class Shelf:
    """The snapshots that this process holds open: the published one, and those that a request still reads."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._open: dict[str, Snapshot] = {}
        self._readers: dict[str, int] = {}

    def current_id(self) -> str:
        """The id that `HOME/current` names now.

        Raises:
            NoSnapshot: nothing is published.
        """
        current = published(self._home)
        if current is None:
            raise NoSnapshot("Aucun instantané n'est publié.")
        return current

    @contextmanager
    def pinned(self, wanted: str | None = None) -> Iterator[Snapshot]:
        """Hold one snapshot open: the published one, or the one that the page of this fragment has read.

        `wanted` must come from a page of ours, never from a free parameter: a snapshot exists before it is published.
        A wanted snapshot that was pruned meanwhile gives way to the published one.
        """
        name = self.current_id()
        if wanted is not None and SNAPSHOT_ID.fullmatch(wanted) and self._folder(wanted).is_dir():
            name = wanted
        snapshot = self._take(name)
        try:
            yield snapshot
        finally:
            self._give_back(name)

    def _take(self, name: str) -> Snapshot:
        with self._lock:
            if name not in self._open:
                self._open[name] = Snapshot(self._folder(name), lists=self._home.lists)
            self._readers[name] = self._readers.get(name, 0) + 1
            return self._open[name]

    def _give_back(self, name: str) -> None:
        published = self.current_id()
        with self._lock:
            self._readers[name] -= 1
            for idle in [known for known in self._open if not self._readers[known] and known != published]:
                self._open.pop(idle).close()

    def _folder(self, name: str) -> Path:
        return self._home.snapshots / name


def _kind_and_stage(opposed: str | None) -> tuple[str, str] | None:
    """`redressement plan_continuation`, as the chronology writes it; the stage may be empty."""
    kind, _, stage = (opposed or "").partition(" ")
    return (kind, stage) if kind else None


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("'", "''")
