"""The rows of past lists as the learners read them, and as the rules do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import (
    APCONSO,
    DEBIT,
    DELAI,
    EFFECTIF,
    LIASSE,
    PAYDEX,
    SECTION,
    VARIABLES,
    Reals,
)
from signaux_faibles.detection.learning.joint.encoding import Encoded, ranks_within
from signaux_faibles.detection.learning.joint.learner import Settings
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.model import LONGEST

MONTHS_OF_A_YEAR = 12
NUMBERS = tuple(variable for variable in VARIABLES if variable.shapes)
LOST_TOGETHER = (DEBIT, EFFECTIF, LIASSE, PAYDEX, APCONSO, DELAI)
"""Sources that may be late or stop: each is hidden whole on a share of the rows learned from."""


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


def panel_table(rows: PanelRows, places: Mapping[str, str]) -> PanelTable:
    """Lay out the rows of past lists.

    Args:
        places: the department of each company.
    """
    sections = sorted({section for section in rows.columns[SECTION] if section is not None})
    flags = [np.asarray(rows.columns[SECTION] == section, dtype=np.float64) for section in sections]
    values = np.column_stack([*(variable.values(rows.columns) for variable in NUMBERS), *flags])
    names = (*(variable.name for variable in NUMBERS), *(f"{SECTION}_{section}" for section in sections))
    table = Table(
        names,
        values,
        rows.target(LONGEST),
        rows.sirens.astype(str),
        np.asarray(rows.columns["month"], dtype=np.int64),
        MONTHS_OF_A_YEAR,
        followed=True,
    )
    return PanelTable(rows, table, encode_panel(table), _as_rules_read(table, rows, places))


def encode_panel(table: Table) -> Encoded:
    """Values, and the rank of each among the companies of its month.

    The variables already are ratios and changes, so no other is made of them. A flag has no rank: in every month its
    two values would get other ones.
    """
    times = table.times if table.times is not None else np.zeros(len(table), dtype=np.int64)
    flags = np.array([is_flag(column) for column in table.values.T])
    ranks = np.where(flags, table.values, np.nan)
    ranks[:, ~flags] = ranks_within(table.values[:, ~flags], times)
    own = tuple((column,) for column in range(len(table.names)))
    return Encoded(own, table.values, ranks, np.empty((len(table), 0)), in_time=True)


def is_flag(column: Reals) -> bool:
    """Whether all known values are 0 or 1."""
    return bool(np.isin(column[~np.isnan(column)], (0.0, 1.0)).all())


def settings_of(seeds: int) -> Settings:
    """The senses and the sources of the variables."""
    senses = [variable.sense for variable in NUMBERS]
    sources = [frozenset(i for i, one in enumerate(NUMBERS) if one.source is source) for source in LOST_TOGETHER]
    return Settings(
        seeds,
        frozenset(i for i, sense in enumerate(senses) if sense > 0),
        frozenset(i for i, sense in enumerate(senses) if sense < 0),
        tuple(sources),
    )


def _as_rules_read(table: Table, rows: PanelRows, places: Mapping[str, str]) -> Table:
    departments = np.array([places.get(siren, "") for siren in rows.sirens], dtype=object)
    columns = {
        "naf_section": _codes(rows.columns[SECTION]),
        "departement": _codes(departments),
        **{name: np.asarray(rows.columns[name], dtype=np.float64) for name in READ_BY_RULES},
    }
    return Table(
        tuple(columns), np.column_stack(list(columns.values())), table.outcome, table.groups, table.times, table.year
    )


READ_BY_RULES = ("effectif", "mois_impayes_12", "part_ouvriere")


def _codes(texts: npt.NDArray[Any]) -> Reals:
    """A number for each distinct text."""
    _, codes = np.unique(np.array(["" if text is None else text for text in texts]), return_inverse=True)
    return codes.astype(np.float64)
