"""The variables of the model."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.other_variables import (
    ACCOUNT_VARIABLES,
    PLAN_VARIABLES,
    SHORT_TIME_VARIABLES,
    SUPPLIER_VARIABLES,
)
from signaux_faibles.detection.features.variable import (
    ACCOUNTS,
    APCONSO,
    DEBIT,
    DEBTS,
    DELAI,
    EFFECTIF,
    HEADCOUNT,
    LIASSE,
    PAYDEX,
    PROCOL,
    SETTING,
    SIRENE,
    Columns,
    Flags,
    Provenance,
    Reals,
    Variable,
    column,
    per_employee,
)
from signaux_faibles.wording import french as wording

__all__ = [
    "ACCOUNTS", "APCONSO", "DEBIT", "DEBTS", "DELAI", "EFFECTIF", "HEADCOUNT", "LIASSE", "PAYDEX", "PROCOL", "SECTION",
    "SETTING", "SIRENE", "VARIABLES", "Columns", "Flags", "Provenance", "Reals", "Variable", "read_variables",
]  # fmt: skip


def _age_of_debt(columns: Columns) -> Reals:
    """Zero without debt; unknown when the debt is unknown."""
    age = np.asarray(columns["age_dette"], dtype=np.float64)
    owed = np.asarray(columns["part_ouvriere"], dtype=np.float64) + np.asarray(
        columns["part_patronale"], dtype=np.float64
    )
    return np.where(np.isnan(age) & (owed <= 0), 0.0, age)


SECTION = "naf_section"

# Other columns of the panel are left out because they repeat these: over a year, the change of a debt is new debts less
# repayments, and its peak follows its age and its months. Variables that repeat each other get effects that agents
# would find absurd: repayments seemed to raise the risk, since only companies that owed can repay.
VARIABLES: tuple[Variable, ...] = (
    Variable(
        "part_ouvriere_par_salarie", "Part salariale impayée, par salarié", DEBTS, DEBIT,
        per_employee("part_ouvriere"), ("log_hundreds",), wording.euros,
        rising=("log_hundreds",), sense=1,
    ),
    Variable(
        "part_patronale_par_salarie", "Part patronale impayée, par salarié", DEBTS, DEBIT,
        per_employee("part_patronale"), ("log_hundreds",), wording.euros,
        rising=("log_hundreds",), sense=1,
    ),
    Variable(
        "age_dette", "Ancienneté de la plus vieille dette", DEBTS, DEBIT, _age_of_debt, ("log",), wording.months,
        rising=("log",), sense=1,
    ),
    Variable(
        "mois_impayes_12", "Mois avec part salariale impayée, sur un an", DEBTS, DEBIT, column("mois_impayes_12"),
        ("linear", "any"), wording.months,
        rising=("linear", "any"), sense=1,
    ),
    Variable(
        "dette_evolution_3_par_salarie", "Évolution de la dette sur trois mois, par salarié", DEBTS, DEBIT,
        per_employee("dette_evolution_3"), ("log_hundreds", "log_hundreds_below"), wording.signed_euros,
        rising=("log_hundreds",),
    ),
    Variable(
        "dette_nouvelle_12_par_salarie", "Dettes nouvelles sur un an, par salarié", DEBTS, DEBIT,
        per_employee("dette_nouvelle_12"), ("log_hundreds",), wording.euros,
        rising=("log_hundreds",), sense=1,
    ),
    Variable(
        "effectif_evolution_6", "Effectif : évolution sur six mois", HEADCOUNT, EFFECTIF,
        column("effectif_evolution_6"), ("above", "below"), wording.signed_percent,
        rising=("below",),
    ),
    Variable(
        "effectif_evolution_12", "Effectif : évolution sur un an", HEADCOUNT, EFFECTIF,
        column("effectif_evolution_12"), ("above", "below"), wording.signed_percent,
        rising=("below",),
    ),
    Variable(
        "effectif_retard", "Mois sans effectif déclaré, au regard des autres entreprises", HEADCOUNT, EFFECTIF,
        column("effectif_retard"), ("any", "log"), wording.months,
    ),
    Variable("effectif", "Effectif", SETTING, EFFECTIF, column("effectif"), ("log", "log_squared"), wording.employees),
    Variable(
        "age_entreprise", "Ancienneté de l'entreprise", SETTING, SIRENE, column("age_entreprise"),
        ("log", "log_squared"), wording.age,
    ),
    Variable(
        "procedure_anterieure", "Procédure collective antérieure", SETTING, PROCOL,
        column("procedure_anterieure"), ("any",), wording.yes_or_no, sense=1,
    ),
    Variable(SECTION, "Secteur d'activité", SETTING, SIRENE, lambda columns: columns[SECTION], ()),
    *PLAN_VARIABLES,
    *ACCOUNT_VARIABLES,
    *SUPPLIER_VARIABLES,
    *SHORT_TIME_VARIABLES,
)  # fmt: skip


def read_variables(columns: Columns) -> dict[str, npt.NDArray[Any]]:
    """The values of all variables, by name; shape (rows,)."""
    return {variable.name: variable.values(columns) for variable in VARIABLES}
