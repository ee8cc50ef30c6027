"""The variables of the model: what each measures, how it is shown, where it comes from."""

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


@dataclass(frozen=True)
class Provenance:
    """Where a variable comes from.

    Attributes:
        label: its owner and file, in French.
        family: the habilitation that it needs.
        known_at: the column of the panel with the date it became known; "" when the month determines it.
    """

    label: str
    family: Family
    known_at: str = ""


DEBIT = Provenance("Urssaf (débits)", Family.URSSAF)
EFFECTIF = Provenance("Urssaf (effectifs)", Family.OPEN, "effectif_known_at")
SIRENE = Provenance("Insee (répertoire Sirene)", Family.OPEN, "as_of")
PROCOL = Provenance("Urssaf (procédures collectives)", Family.OPEN, "as_of")


@dataclass(frozen=True)
class Variable:
    """One variable: its values, from the columns of the panel, and how the model and the pages read it.

    Attributes:
        shapes: the names of the curves (`encoding.SHAPES`) whose sum is its effect; none for a category.
        rising: the curves that are dropped if they would lower the risk, because no agent would believe that more
            unpaid contributions make a company safer (model §6.5).
        shown: the text of a value for an agent; a category shows itself.
    """

    name: str
    label: str
    theme: str
    source: Provenance
    values: Callable[[Columns], npt.NDArray[Any]]
    shapes: tuple[str, ...]
    shown: Callable[[float], str] = wording.number
    rising: tuple[str, ...] = ()


def _column(name: str) -> Callable[[Columns], Reals]:
    return lambda columns: np.asarray(columns[name], dtype=np.float64)


def _per_employee(name: str) -> Callable[[Columns], Reals]:
    """An amount per employee; unknown for a company without employees."""

    def ratio(columns: Columns) -> Reals:
        employees = np.asarray(columns["effectif"], dtype=np.float64)
        return np.asarray(columns[name], dtype=np.float64) / np.where(employees > 0, employees, np.nan)

    return ratio


def _age_of_debt(columns: Columns) -> Reals:
    """Zero without debt; unknown when the debt is unknown."""
    age = np.asarray(columns["age_dette"], dtype=np.float64)
    owed = np.asarray(columns["part_ouvriere"], dtype=np.float64) + np.asarray(
        columns["part_patronale"], dtype=np.float64
    )
    return np.where(np.isnan(age) & (owed <= 0), 0.0, age)


SECTION = "naf_section"

# The panel has more columns, left out because they repeat these: over a year, the change of a debt is new debts less
# repayments, and its peak follows its age and its months. Variables that repeat each other get effects that agents
# would find absurd: repayments seemed to raise the risk, since only companies that owed can repay.
VARIABLES: tuple[Variable, ...] = (
    Variable(
        "part_ouvriere_par_salarie", "Part salariale impayée, par salarié", DEBTS, DEBIT,
        _per_employee("part_ouvriere"), ("log_hundreds",), wording.euros,
        rising=("log_hundreds",),
    ),
    Variable(
        "part_patronale_par_salarie", "Part patronale impayée, par salarié", DEBTS, DEBIT,
        _per_employee("part_patronale"), ("log_hundreds",), wording.euros,
        rising=("log_hundreds",),
    ),
    Variable(
        "age_dette", "Ancienneté de la plus vieille dette", DEBTS, DEBIT, _age_of_debt, ("log",), wording.months,
        rising=("log",),
    ),
    Variable(
        "mois_impayes_12", "Mois avec part salariale impayée, sur un an", DEBTS, DEBIT, _column("mois_impayes_12"),
        ("linear", "any"), wording.months,
        rising=("linear", "any"),
    ),
    Variable(
        "dette_evolution_3_par_salarie", "Évolution de la dette sur trois mois, par salarié", DEBTS, DEBIT,
        _per_employee("dette_evolution_3"), ("log_hundreds", "log_hundreds_below"), wording.signed_euros,
        rising=("log_hundreds",),
    ),
    Variable(
        "dette_nouvelle_12_par_salarie", "Dettes nouvelles sur un an, par salarié", DEBTS, DEBIT,
        _per_employee("dette_nouvelle_12"), ("log_hundreds",), wording.euros,
        rising=("log_hundreds",),
    ),
    Variable(
        "effectif_evolution_6", "Effectif : évolution sur six mois", HEADCOUNT, EFFECTIF,
        _column("effectif_evolution_6"), ("above", "below"), wording.signed_percent,
        rising=("below",),
    ),
    Variable(
        "effectif_evolution_12", "Effectif : évolution sur un an", HEADCOUNT, EFFECTIF,
        _column("effectif_evolution_12"), ("above", "below"), wording.signed_percent,
        rising=("below",),
    ),
    Variable(
        "effectif_retard", "Mois sans effectif déclaré, au regard des autres entreprises", HEADCOUNT, EFFECTIF,
        _column("effectif_retard"), ("any", "log"), wording.months,
    ),
    Variable("effectif", "Effectif", SETTING, EFFECTIF, _column("effectif"), ("log", "log_squared"), wording.employees),
    Variable(
        "age_entreprise", "Ancienneté de l'entreprise", SETTING, SIRENE, _column("age_entreprise"),
        ("log", "log_squared"), wording.age,
    ),
    Variable(
        "procedure_anterieure", "Procédure collective antérieure", SETTING, PROCOL,
        _column("procedure_anterieure"), ("any",), wording.yes_or_no,
    ),
    Variable(SECTION, "Secteur d'activité", SETTING, SIRENE, lambda columns: columns[SECTION], ()),
)  # fmt: skip


def read_variables(columns: Columns) -> dict[str, npt.NDArray[Any]]:
    """The values of all variables, by name; shape (rows,)."""
    return {variable.name: variable.values(columns) for variable in VARIABLES}
