"""The activities of the companies of the tiny home, and what the ledger of the perimeter says of some."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from harness.tables import write_rows
from signaux_faibles.perimeter.ledger import PERIMETER_LEDGER
from signaux_faibles.tables.activities.activities import ACTIVITIES

ATELIERS, TOO_SMALL = "811111111", "877777777"
LEDGER: tuple[dict[str, Any], ...] = (
    {"siren": ATELIERS, "batch": "2601", "kept": True, "since": date(2026, 1, 31)},
    {"siren": TOO_SMALL, "batch": "2601", "kept": True, "since": date(2026, 1, 31)},
    {"siren": TOO_SMALL, "batch": "2609", "kept": False, "since": date(2026, 9, 30), "rule": "effectif",
     "changed_by": "effectif", "detail": "effectif maximal 11 puis 3"},
)  # fmt: skip


def write_ledger(folder: Path, sirens: Collection[str]) -> None:
    """The ledger of the perimeter: a company that left it, and one that the first batch found there."""
    write_rows(folder, PERIMETER_LEDGER, [row for row in LEDGER if row["siren"] in sirens])


def write_activities(folder: Path, sections: Mapping[str, str]) -> None:
    """The activity of companies, given with their section of the NAF rév. 2: both codes are delivered."""
    rows = [
        {"siren": siren, "nomenclature": "NAFRev2", "rev2_5": "25.62B", "rev2_1": section, "rev2_origine": "livrée",
         "naf25_5": "25.53Y", "naf25_1": section, "naf25_origine": "livrée"}
        for siren, section in sections.items()
    ]  # fmt: skip
    write_rows(folder, ACTIVITIES, rows)
