"""Columns of a panel drawn at random, for what reads them as arrays."""

from __future__ import annotations

import numpy as np

from signaux_faibles.detection.features.other_variables import ACCOUNT_VARIABLES
from signaux_faibles.detection.features.variables import SECTION

ROWS = 400


def panel_columns(seed: int = 0, **replaced: object) -> dict[str, np.ndarray]:
    """All the columns that the variables read; `replaced` takes the place of some."""
    chance = np.random.default_rng(seed)
    names = (
        "part_ouvriere", "part_patronale", "age_dette", "mois_impayes_12", "dette_evolution_3",
        "dette_nouvelle_12", "rembourse_12", "effectif_evolution_6", "effectif_evolution_12",
        "effectif_retard", "effectif", "age_entreprise", "procedure_anterieure", "delai_en_cours", "ap_etp_12",
        "ap_mois_12", "paydex", "paydex_evolution_12", "fpi_30", "fpi_90",
        *(variable.name for variable in ACCOUNT_VARIABLES),
    )  # fmt: skip
    columns: dict[str, np.ndarray] = {name: chance.integers(0, 40, ROWS).astype(float) for name in names}
    columns[SECTION] = chance.choice(np.array(["C", "F"], dtype=object), ROWS)
    return {**columns, **replaced}
