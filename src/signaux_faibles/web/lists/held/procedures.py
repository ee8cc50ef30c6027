"""What the filter of procedures of a list distinguishes (application §5.9)."""

from __future__ import annotations

from enum import StrEnum

from signaux_faibles.snapshot.served.procedures import ProcedureStanding
from signaux_faibles.tables.procedures.procol import LABELS as KINDS


class ProcedureState(StrEnum):
    """What is known of the procedures of a company."""

    NONE = "aucune"
    OPEN = "en_cours"
    TO_READ = "a_lire"


PROCEDURE_STATES = {
    ProcedureState.NONE: "Aucune connue",
    ProcedureState.OPEN: "Procédure en cours ou d’issue inconnue",
    ProcedureState.TO_READ: "Jugement à lire",
}
PROCEDURES = {state.value: label for state, label in PROCEDURE_STATES.items()} | {label: label for _, label in KINDS}
"""The choices of the filter: a state, or the kind of the one under way."""


def procedure_state(standing: ProcedureStanding | None) -> ProcedureState:
    """What is known of the procedures of a company."""
    if standing is None:
        return ProcedureState.NONE
    return ProcedureState.OPEN if standing.procedure else ProcedureState.TO_READ


def procedure_choices(standing: ProcedureStanding | None) -> tuple[str, ...]:
    """The choices that keep a company: its state, and the kind of its procedure."""
    state = procedure_state(standing).value
    kind = standing.procedure if standing and standing.procedure in PROCEDURES else None
    return (state, kind) if kind else (state,)
