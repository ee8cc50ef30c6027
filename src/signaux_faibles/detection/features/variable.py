"""What a variable of the model is: what it measures, how it is shown, where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.sources.families import Family
from signaux_faibles.wording import french as wording

Flags = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]
Columns = Mapping[str, npt.NDArray[Any]]
"""Columns of the panel as arrays: reals, NaN if unknown, and texts as objects."""

DEBTS, HEADCOUNT, SETTING = "Dettes sociales", "Variation de l'effectif de l'entreprise", "Environnement"
ACCOUNTS, SHORT_TIME = "Santé financière", "Recours à l'activité partielle"
SUPPLIERS = "Retards de paiement fournisseurs"
UNKNOWN = "inconnu"
"""How an unknown value is shown."""


@dataclass(frozen=True)
class Provenance:
    """Where a variable comes from.

    Attributes:
        label: its owner and file, in French.
        family: the habilitation that it needs.
        known_at: the panel column with the day on which the value became known; "" when the month determines it.
    """

    label: str
    family: Family
    known_at: str = ""


DEBIT = Provenance("Urssaf (débits)", Family.URSSAF)
EFFECTIF = Provenance("Urssaf (effectifs)", Family.OPEN, "effectif_known_at")
SIRENE = Provenance("Insee (répertoire Sirene)", Family.OPEN, "as_of")
PROCOL = Provenance("Urssaf (procédures collectives)", Family.OPEN, "as_of")
DELAI = Provenance("Urssaf (délais de paiement)", Family.URSSAF, "as_of")
LIASSE = Provenance("DGFiP (liasses fiscales)", Family.FISCAL, "comptes_known_at")
PAYDEX = Provenance("Altares (Paydex)", Family.DETECTION, "as_of")
APCONSO = Provenance("DGEFP (activité partielle)", Family.DGEFP, "as_of")


@dataclass(frozen=True)
class Variable:
    """One variable: its values, from the columns of the panel, and how the model and the pages read it.

    Attributes:
        shapes: the names of the curves (`encoding.SHAPES`) whose sum is its effect; none for a category.
        rising: the curves dropped if they lower the risk, because no agent would believe that more unpaid
            contributions make a company safer (model §6.5).
        sense: 1 when a higher value can only raise the risk, -1 when it can only lower it, 0 when neither is sure.
        text_of: the text of a value for an agent; a category shows itself.
    """

    name: str
    label: str
    theme: str
    source: Provenance
    values: Callable[[Columns], npt.NDArray[Any]]
    shapes: tuple[str, ...]
    text_of: Callable[[float], str] = wording.number
    rising: tuple[str, ...] = ()
    sense: int = 0


def column(name: str) -> Callable[[Columns], Reals]:
    """The values of a column of the panel."""
    return lambda columns: np.asarray(columns[name], dtype=np.float64)


def per_employee(name: str) -> Callable[[Columns], Reals]:
    """An amount per employee; unknown for a company without employees."""

    def ratio(columns: Columns) -> Reals:
        employees = np.asarray(columns["effectif"], dtype=np.float64)
        return np.asarray(columns[name], dtype=np.float64) / np.where(employees > 0, employees, np.nan)

    return ratio
