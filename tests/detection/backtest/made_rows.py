"""Rows of past lists, drawn at random: companies that stop paying before they fail, and others."""

from __future__ import annotations

from datetime import date

import numpy as np

from signaux_faibles.detection.features.other_variables import ACCOUNT_VARIABLES
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.relations.months import index_of, month_at

FIRST, LAST = index_of(date(2011, 1, 1)), index_of(date(2021, 6, 1))
"""The months with rows, one by one."""
NOISE = (
    "dette_evolution_3", "dette_nouvelle_12", "effectif_evolution_6", "effectif_evolution_12", "ap_etp_12",
    "ap_mois_12", "paydex", "paydex_evolution_12", "fpi_30", "fpi_90", "age_dette",
    *(variable.name for variable in ACCOUNT_VARIABLES),
)  # fmt: skip


def made_rows(companies: int = 200, seed: int = 0, months: tuple[int, int] = (FIRST, LAST)) -> PanelRows:
    """One row per company and month, until it fails; two in three fail some day, after a year of unpaid debts."""
    chance = np.random.default_rng(seed)
    fails_at = np.where(
        chance.random(companies) < 0.66, chance.integers(months[0] + 6, months[1] + 18, companies), 10**6
    )
    company, month = (
        part.ravel() for part in np.meshgrid(np.arange(companies), np.arange(months[0], months[1] + 1), indexing="ij")
    )
    there = month < fails_at[company]
    company, month = company[there], month[there]
    left, count = fails_at[company] - month, there.sum()
    unpaid = np.where(left <= 14, 14 - left, 0) + (chance.random(count) < 0.1)
    columns = {
        "siren": np.array([f"{one:09d}" for one in company], dtype=object),
        "periode": np.array([month_at(one) for one in month], dtype=object),
        "month": month.astype(np.int64),
        "naf_section": np.array(["C", "F", "G"], dtype=object)[company % 3],
        "in_bonis": np.ones(count),
        "already_open": (chance.random(count) < 0.01).astype(float),
        "effectif": 10.0 + company % 70,
        "effectif_retard": np.zeros(count),
        "age_entreprise": 30.0 + month - months[0] + company,
        "procedure_anterieure": (company % 17 == 0).astype(float),
        "delai_en_cours": (company % 23 == 0).astype(float),
        "mois_impayes_12": np.minimum(unpaid, 12).astype(float),
        "part_ouvriere": unpaid * 100.0,
        "part_patronale": unpaid * 300.0,
        **{name: chance.normal(0, 1, count) for name in NOISE},
    }
    for horizon in (6, 12, 18):
        target = (left <= horizon).astype(float)
        columns[f"target_{horizon}"] = np.where(columns["already_open"] == 1.0, np.nan, target)
    return PanelRows(columns)
