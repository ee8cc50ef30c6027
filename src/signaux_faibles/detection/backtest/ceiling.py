"""The ceiling of any prediction: the true risk of the invented country, which its inventor writes aside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.panel.schema import LONGEST
from signaux_faibles.relations.months import index_of

HAZARD = "latent_hazard"
FILE = "hazard.parquet"
"""Monthly risk of failure of companies of ten employees or more, at the end of each quarter (`sf invent`)."""
COLUMNS = ["siren", "periode", "risque_mensuel"]


def latent_hazard(truth: Path, rows: PanelRows) -> Reals:
    """The probability that each row fails within 18 months if its true risk of the month lasted.

    Args:
        truth: the folder « truth » of an invention, where a company that is not written runs no risk.
        rows: of past lists, quarterly.
    Raises:
        DetectionRefused: the folder does not hold this risk, or holds none at the date of any list.
    """
    file = truth / FILE
    try:
        read = pq.read_table(file, columns=COLUMNS)
    except (OSError, pa.ArrowInvalid) as error:
        raise DetectionRefused(f"{file} ne se lit pas : donnez le dossier « truth » d'une invention.") from error
    risks = _by_month(read)
    yearly_risks = [
        risks.get(int(month), {}).get(siren) for siren, month in zip(rows.sirens, rows.columns["month"], strict=True)
    ]
    if all(risk is None for risk in yearly_risks):
        raise DetectionRefused(
            f"{file} n'est pas la vérité de ce pays : aucune de ses entreprises n'est dans les listes."
        )
    monthly = np.array([0.0 if risk is None else risk for risk in yearly_risks])
    return np.asarray(1 - (1 - np.clip(monthly, 0, 1)) ** LONGEST)


def _by_month(read: pa.Table) -> dict[int, dict[str, float]]:
    sirens, risks = (read[name].to_pylist() for name in ("siren", "risque_mensuel"))
    by_month: dict[int, dict[str, float]] = {}
    for siren, day, risk in zip(sirens, read["periode"].to_pylist(), risks, strict=True):
        by_month.setdefault(index_of(day), {})[siren] = risk
    return by_month
