"""The rows of past lists, as the learners read them and as the rules do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import SECTION, Reals
from signaux_faibles.detection.learning.joint.encoding import Encoded
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.panel_encoding import PanelEncoding
from signaux_faibles.panel.schema import LONGEST

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class PanelTable:
    """Rows of past lists.

    Attributes:
        rows: as the panel has them.
        table: the variables of the model as numbers, one flag for each section of activity.
        columns: the same, encoded.
        rules: the same rows with the columns that rules read, codes as numbers.
    """

    rows: PanelRows
    table: Table
    columns: Encoded
    rules: Table

    def months(self) -> npt.NDArray[np.int64]:
        """The month of each row, as an index."""
        return np.asarray(self.rows.columns["month"])


def panel_table(
    rows: PanelRows, places: Mapping[str, str], amounts: Mapping[str, Reals] = MappingProxyType({})
) -> PanelTable:
    """Lay out the rows of past lists.

    Args:
        places: the department of each company.
        amounts: those of accounts that rules read, one value per row.
    """
    encoding = PanelEncoding.fit(rows)
    columns = encoding.read(rows)
    table = Table(
        encoding.names,
        columns.values,
        rows.target(LONGEST),
        rows.sirens.astype(str),
        np.asarray(rows.columns["month"], dtype=np.int64),
        MONTHS_OF_A_YEAR,
        followed=True,
    )
    return PanelTable(rows, table, columns, _as_rules_read(table, rows, places, amounts))


def _as_rules_read(table: Table, rows: PanelRows, places: Mapping[str, str], amounts: Mapping[str, Reals]) -> Table:
    departments = np.array([places.get(siren, "") for siren in rows.sirens], dtype=object)
    columns = {
        "naf_section": _codes(rows.columns[SECTION]),
        "departement": _codes(departments),
        **{name: np.asarray(rows.columns[name], dtype=np.float64) for name in READ_BY_RULES},
        **amounts,
    }
    return Table(
        tuple(columns), np.column_stack(list(columns.values())), table.outcome, table.groups, table.times, table.year
    )


READ_BY_RULES = ("effectif", "mois_impayes_12", "part_ouvriere")


def _codes(texts: npt.NDArray[Any]) -> Reals:
    """A number for each distinct text."""
    _, codes = np.unique(np.array(["" if text is None else text for text in texts]), return_inverse=True)
    return codes.astype(np.float64)
