"""A home folder with a panel drawn at random: companies that stop paying, lose people, then fail, and others.

Half of the failures come after a year of unpaid contributions; the others give no sign.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.home.home import Home
from signaux_faibles.home.manifest import Manifest
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.relations.files import write_text
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL
from signaux_faibles.tables.register.register import CLEAN_SIRENE_UL

FIRST, AS_OF = date(2014, 1, 1), date(2026, 10, 31)
SECTIONS = {"C": "Industrie manufacturière", "F": "Construction", "G": "Commerce"}
COMPANIES = 400
WHEN = {"at": "2026-11-02T08:00:00+00:00", "by": "essai"}
"""When lists are built, and who builds them."""


def write_home(home: Home, *, seed: int = 1, fictitious: bool = True, companies: int = COMPANIES) -> Path:
    """Write a published snapshot with the tables that detection reads."""
    chance = np.random.default_rng(seed)
    lives = [_life(number, chance) for number in range(companies)]
    tables = home.snapshots / "2610-a" / "tables"
    tables.mkdir(parents=True)
    write(tables / "panel.parquet", PANEL.arrow, [row for life in lives for row in _months(life, chance)])
    write(tables / "known_procol.parquet", KNOWN_PROCOL.arrow, [_opening(life) for life in lives if life["failure"]])
    write(tables / "clean_sirene_ul.parquet", CLEAN_SIRENE_UL.arrow, [_unit(life) for life in lives])
    Manifest(
        id="2610-a",
        batch="2610",
        as_of=AS_OF,
        built_at="2026-11-02T08:00:00",
        engine="duckdb",
        fictitious=fictitious,
        filtered=True,
        tables={},
    ).write(tables.parent)
    write_text(home.current, "2610-a\n")
    return tables


def write(file: Path, schema: pa.Schema, rows: list[dict[str, Any]]) -> None:
    """Write rows; columns that they leave out are NULL."""
    pq.write_table(pa.table({n: [row.get(n) for row in rows] for n in schema.names}, schema=schema), file)


def _life(number: int, chance: np.random.Generator) -> dict[str, Any]:
    fails = chance.random() < 0.45
    failure = int(chance.integers(index_of(FIRST) + 3, index_of(AS_OF) - 2)) if fails else None
    return {
        "siren": f"{number + 1:09d}",
        "section": str(chance.choice(list(SECTIONS))),
        "heads": int(chance.integers(10, 80)),
        "failure": failure,
        "gives_sign": bool(chance.random() < 0.5),
        "sloppy": bool(chance.random() < 0.1),
    }


def _months(life: dict[str, Any], chance: np.random.Generator) -> list[dict[str, Any]]:
    rows, owing = [], 0
    for index in range(index_of(FIRST), index_of(AS_OF) + 1):
        left = life["failure"] - index if life["failure"] else 999
        in_crisis = life["gives_sign"] and 0 < left <= 14
        owing = owing + 1 if in_crisis or (life["sloppy"] and chance.random() < 0.3) else 0
        owed = Decimal(owing * life["heads"] * 50)
        rows.append(
            {
                "siren": life["siren"], "periode": month_at(index), "in_bonis": left > 0,
                "procedure_anterieure": left <= 0, "naf_section": life["section"],
                "age_entreprise": index - index_of(date(2009, 1, 1)),
                "effectif": life["heads"], "effectif_anciennete": 3, "effectif_retard": 0,
                "effectif_evolution_6": float(chance.normal(0, 0.05)) if chance.random() < 0.9 else None,
                "effectif_evolution_12": float(chance.normal(-0.1 if in_crisis else 0.02, 0.05)),
                "effectif_known_at": month_at(index), "part_ouvriere": owed / 4, "part_patronale": owed * 3 / 4,
                "age_dette": owing or None, "dette_evolution_3": Decimal(0), "dette_evolution_12": Decimal(0),
                "dette_nouvelle_12": owed, "rembourse_12": Decimal(0),
                "mois_impayes_12": min(owing, 12), "dette_max_12": owed,
                "dette_par_salarie": float(owed) / life["heads"], "known_at_assumed": 0.5,
            }
        )  # fmt: skip
    return rows


def _opening(life: dict[str, Any]) -> dict[str, Any]:
    day = month_at(life["failure"]) + timedelta(days=9)
    return {
        "siren": life["siren"], "date_effet": day, "action_procol": "redressement", "stade_procol": "ouverture",
        "known_at": day, "known_at_assumed": False,
    }  # fmt: skip


def _unit(life: dict[str, Any]) -> dict[str, Any]:
    return {
        "siren": life["siren"], "departement": "87",
    }  # fmt: skip
