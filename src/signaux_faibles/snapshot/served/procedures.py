"""Procédures collectives as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from signaux_faibles.snapshot.shelf import Snapshot

SERVED = """
CREATE TABLE current_procol AS
SELECT * FROM read_parquet($tables || 'current_procedures.parquet') ORDER BY siren
"""
_PROCEDURES = """
SELECT date_effet, action_procol, stade_procol, libelle_procol, date_urssaf, date_bodacc, known_at_bodacc, id_bodacc,
    etat_oppose
FROM procedures_chronology WHERE siren = ? ORDER BY date_effet DESC, action_procol, stade_procol
"""


@dataclass(frozen=True)
class ProcedureEvent:
    """An event of a procédure collective, as Urssaf and BODACC tell it (import-chain §8.6, open-data §2.5).

    Attributes:
        on: the day of the judgment where BODACC tells it, else the day of effect of Urssaf.
        urssaf, judged: the day that each source gives; None where it is silent.
        published: the day of the notice of BODACC; notice: its number.
        opposed: what the other source tells instead, at most a month apart: kind and stage.
    """

    on: date
    action: str | None
    stage: str | None
    label: str | None
    urssaf: date | None
    judged: date | None
    published: date | None
    notice: str | None
    opposed: tuple[str, str] | None

    @property
    def ends(self) -> bool:
        """Whether the event is the end of its procedure: its label then tells the state after it, In bonis."""
        return self.stage == "fin_procedure"

    @property
    def joins(self) -> bool:
        """Whether the procedure goes on within another one: its label would read as if it were opened that day."""
        return self.stage == "inclusion_autre_procedure"


def procedures_of(snapshot: Snapshot, siren: str) -> list[ProcedureEvent]:
    """The events of procédures collectives that Urssaf or BODACC tells, latest first."""
    told = snapshot.rows(_PROCEDURES, [siren])
    return [ProcedureEvent(*(*row[:-1], _kind_and_stage(row[-1]))) for row in told]


def current_procedure(snapshot: Snapshot, siren: str) -> str | None:
    """The procedure under way on the reference day of the snapshot, by both sources; None: in bonis."""
    found = snapshot.rows("SELECT libelle_procol FROM current_procol WHERE siren = ?", [siren])
    return found[0][0] if found else None


def _kind_and_stage(opposed: str | None) -> tuple[str, str] | None:
    """`redressement plan_continuation`, as the chronology writes it; the stage may be empty."""
    kind, _, stage = (opposed or "").partition(" ")
    return (kind, stage) if kind else None
