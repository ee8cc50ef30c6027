"""Columns of a panel drawn at random, for what reads them as arrays."""

from __future__ import annotations

import numpy as np

from signaux_faibles.detection.features.variables import SECTION

ROWS = 400


def panel_columns(seed: int = 0, **replaced: object) -> dict[str, np.ndarray]:
    """All the columns that the variables read; `replaced` takes the place of some."""
    chance = np.random.default_rng(seed)
    names = (
        "debt_employee", "debt_employer", "debt_age", "debt_months_12", "debt_change_3", "new_debt_12", "repaid_12",
        "effectif_change_6", "effectif_change_12", "effectif_late", "effectif", "company_age", "prior_procedure",
    )  # fmt: skip
    columns: dict[str, np.ndarray] = {name: chance.integers(0, 40, ROWS).astype(float) for name in names}
    columns[SECTION] = chance.choice(np.array(["C", "F"], dtype=object), ROWS)
    return {**columns, **replaced}
