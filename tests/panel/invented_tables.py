"""Small tables drawn at random, with late knowledge, revisions and gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.altares.paydex import PAYDEX
from signaux_faibles.sources.dgefp.apconso import APCONSO
from signaux_faibles.sources.urssaf.delai import DELAI
from signaux_faibles.tables.activities.activities import ACTIVITIES
from signaux_faibles.tables.debts.debit import DEBT_BY_MONTH
from signaux_faibles.tables.fiscal.fiscal_accounts import FISCAL_ACCOUNTS
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL
from signaux_faibles.tables.register.effectif import KNOWN_EFFECTIF_ENT
from signaux_faibles.tables.register.register import CLEAN_SIRENE_UL

FIRST, LAST = date(2018, 1, 1), date(2021, 12, 1)
EVENTS = (
    ("redressement", "ouverture"),
    ("liquidation", "ouverture"),
    ("sauvegarde", "ouverture"),
    ("redressement", "plan_continuation"),
    ("redressement", "fin_procedure"),
    ("redressement", "inclusion_autre_procedure"),
)


CODES = ("25.62B", "43.21A")


def table(schema: Schema, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows with the columns that a schema wants; those left out are NULL."""
    return pa.table({name: [row.get(name) for row in rows] for name in schema.names}, schema=schema.arrow)


def drawn(seed: int, companies: int = 6) -> dict[str, pa.Table]:
    """The tables that the panel reads, for a few companies."""
    chance = np.random.default_rng(seed)
    names = [f"{number:09d}" for number in range(1, companies + 1)]
    units = [
        {
            "siren": s,
            "departement": "87",
            "activite_principale": ("25.62B", "43.21A")[n % 2],
            "creation": date(2010, 1, 5),
        }
        for n, s in enumerate(names)
    ]
    activities = [
        {"siren": s, "nomenclature": "NAFRev2", "rev2_1": "CF"[n % 2], "naf25_1": "CF"[n % 2]}
        for n, s in enumerate(names)
    ]
    facts = [row for siren in names for row in _headcounts(siren, chance)]
    debts = [row for siren in names for row in _debts(siren, chance)]
    return {
        "clean_sirene_ul": table(CLEAN_SIRENE_UL, units),
        "activities": table(ACTIVITIES, activities),
        "known_effectif_ent": table(KNOWN_EFFECTIF_ENT, facts),
        "debt_by_month": table(DEBT_BY_MONTH, debts),
        "known_procol": table(KNOWN_PROCOL, _of_all(names, _events, chance)),
        "fiscal_accounts": table(FISCAL_ACCOUNTS, _of_all(names, _accounts, chance)),
        "paydex": table(PAYDEX.staging, _of_all(names, _lateness, chance)),
        "apconso": table(APCONSO.staging, _of_all(names, _short_time, chance)),
        "delai": table(DELAI.staging, _of_all(names, _plans, chance)),
    }


def _of_all(
    names: list[str], draw: Callable[[str, np.random.Generator], list[dict[str, Any]]], chance: np.random.Generator
) -> list[dict[str, Any]]:
    return [row for siren in names for row in draw(siren, chance)]


def _headcounts(siren: str, chance: np.random.Generator) -> list[dict[str, Any]]:
    rows = {}
    for index in range(index_of(FIRST), index_of(LAST)):
        for _ in range(int(chance.choice([0, 1, 1, 1, 2]))):
            known = month_at(index) + timedelta(days=int(chance.integers(20, 260)))
            rows[(index, known)] = {
                "siren": siren, "periode": month_at(index), "effectif_ent": int(chance.integers(0, 30)),
                "known_at": known, "known_at_assumed": bool(chance.random() < 0.3),
            }  # fmt: skip
    return list(rows.values())


def _debts(siren: str, chance: np.random.Generator) -> list[dict[str, Any]]:
    start = int(chance.integers(index_of(FIRST), index_of(LAST)))
    amounts = chance.integers(0, 3, index_of(LAST) - start + 1) * Decimal("10.25")
    return [
        {
            "siren": siren, "siret": siren + "00001", "periode": month_at(start + n), "part_ouvriere": amount,
            "part_patronale": 2 * amount, "impaye_depuis": month_at(start) if amount else None,
            "dette_nouvelle": amount, "rembourse": Decimal(0),
        }
        for n, amount in enumerate(amounts)
    ]  # fmt: skip


def _events(siren: str, chance: np.random.Generator) -> list[dict[str, Any]]:
    rows = {}
    for _ in range(int(chance.integers(0, 5))):
        action, stage = EVENTS[int(chance.integers(len(EVENTS)))]
        effect = _day(chance)
        known = effect + timedelta(days=int(chance.integers(0, 120)))
        rows[(effect, action, stage)] = {
            "siren": siren, "date_effet": effect, "action_procol": action, "stade_procol": stage, "known_at": known
        }  # fmt: skip
    return list(rows.values())


def _accounts(siren: str, chance: np.random.Generator) -> list[dict[str, Any]]:
    """Accounts of a few exercices, some of them declared twice or before the one that precedes them."""
    rows = []
    for year in range(2017, 2022):
        for number in range(int(chance.choice([0, 1, 1, 2]))):
            closing = date(year, 12, 31)
            rows.append(
                {
                    "siren": siren, "date_deb_exercice": date(year, 1, 1), "date_fin_exercice": closing,
                    "no_ocfi": str(number), "duree_exercice": 12, "mnt_af_ca": Decimal(int(chance.integers(1, 99))),
                    "mnt_af_sig_ebe_ret": Decimal(int(chance.integers(-9, 9))), "variables_connues": 2,
                    "known_at": closing + timedelta(days=int(chance.integers(100, 600))),
                    "known_at_assumed": bool(chance.random() < 0.5), "cloture_future": False,
                }
            )  # fmt: skip
    return rows


def _lateness(siren: str, chance: np.random.Generator) -> list[dict[str, Any]]:
    months = [month for month in range(index_of(FIRST), index_of(LAST)) if chance.random() < 0.8]
    return [
        {
            "siren": siren, "date_valeur": month_at(month + 1) - timedelta(days=1), "periode": month_at(month),
            "paydex": int(chance.integers(0, 90)), "fpi_30": float(chance.integers(-5, 120)),
        }
        for month in months
    ]  # fmt: skip


def _short_time(siren: str, chance: np.random.Generator) -> list[dict[str, Any]]:
    months = chance.integers(index_of(FIRST), index_of(LAST), int(chance.integers(0, 9)))
    return [
        {
            "siret": siren + "00001", "id_demande": str(number), "periode": month_at(int(month)),
            "heures": Decimal(int(chance.integers(0, 500))), "line": number,
        }
        for number, month in enumerate(months)
    ]  # fmt: skip


def _plans(siren: str, chance: np.random.Generator) -> list[dict[str, Any]]:
    created = [_day(chance) for _ in range(int(chance.integers(0, 3)))]
    return [
        {
            "siret": siren + "00001", "date_creation": day, "date_echeance": day + timedelta(days=200),
            "stade": "APPROB", "line": number,
        }
        for number, day in enumerate(created)
    ]  # fmt: skip


def _day(chance: np.random.Generator) -> date:
    return FIRST + timedelta(days=int(chance.integers(0, (LAST - FIRST).days)))
