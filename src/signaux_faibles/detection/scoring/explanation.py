"""Why a company is in alert: what each variable adds to the log-odds, with its value and the median of the sector."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variable import UNKNOWN
from signaux_faibles.detection.features.variables import (
    DEBIT,
    SECTION,
    VARIABLES,
    Columns,
    Reals,
    Variable,
    read_variables,
)
from signaux_faibles.detection.learning.model import Model
from signaux_faibles.relations.schema import Kind, table

REASONS = table(
    "reasons",
    ("siren", "variable"),
    "for each company in alert, what each variable adds to the margin at 18 months, in log-odds, before calibration",
    siren=Kind.TEXT,
    theme=Kind.TEXT,
    variable=Kind.TEXT,
    label=Kind.TEXT,
    value=Kind.REAL,
    text=Kind.TEXT,
    sector_median=Kind.REAL,
    source=Kind.TEXT,
    family=Kind.TEXT,
    known_at=Kind.DATE,
    contribution=Kind.REAL,
)
FEWEST = 5
"""Known values in a sector from which their median is shown: that of fewer is the debt, or the tax return, of one or
two companies that the agent may not read."""
DAY_OF_DEBT = 20
"""The debts of a month are those of the 20th (import-chain §8.3)."""


def reasons(
    rows: PanelRows, alerts: npt.NDArray[np.bool_], model: Model, sections: Mapping[str, str], as_of: date
) -> pa.Table:
    """The reasons of the companies in alert; their contributions add up, with the base of the model, to the margin.

    Args:
        rows: all companies scored in one month, among which ranks and the medians of sectors are taken.
        alerts: which of them are in alert; shape (rows,).
        sections: the label of each NAF section.
        as_of: the reference date of the snapshot.
    Returns:
        the columns of `REASONS`.
    """
    values = read_variables(rows.columns)
    alert_rows = rows.where(alerts)
    parts = model.explain(rows, alerts).by_variable
    tables = []
    for variable in VARIABLES:
        every = values[variable.name]
        medians = (
            np.full(len(alert_rows), np.nan)
            if variable.name == SECTION
            else sector_medians(every, rows.columns)[alerts]
        )
        contribution = parts.get(variable.name, np.zeros(len(alert_rows)))
        tables.append(_of_variable(variable, every[alerts], medians, contribution, alert_rows.columns, sections, as_of))
    return pa.concat_tables([REASONS.arrow.empty_table(), *tables]).sort_by(
        [("siren", "ascending"), ("variable", "ascending")]
    )


def _of_variable(
    variable: Variable,
    values: npt.NDArray[Any],
    medians: Reals,
    contribution: Reals,
    columns: Columns,
    sections: Mapping[str, str],
    as_of: date,
) -> pa.Table:
    count = len(values)
    if variable.name == SECTION:
        numbers: list[float | None] = [None] * count
        texts = [sections.get(code, code) if code else UNKNOWN for code in values]
    else:
        numbers = [None if np.isnan(value) else float(value) for value in values]
        texts = [UNKNOWN if value is None else variable.text_of(value) for value in numbers]
    return pa.table(
        {
            "siren": columns["siren"].tolist(),
            "theme": [variable.theme] * count,
            "variable": [variable.name] * count,
            "label": [variable.label] * count,
            "value": numbers,
            "text": texts,
            "sector_median": [None if np.isnan(median) else float(median) for median in medians],
            "source": [variable.source.label] * count,
            "family": [variable.source.family.value] * count,
            "known_at": _known_at(variable, columns, as_of),
            "contribution": contribution.tolist(),
        },
        schema=REASONS.arrow,
    )


def _known_at(variable: Variable, columns: Columns, as_of: date) -> list[date | None]:
    if variable.source is DEBIT:
        return [min(month.replace(day=DAY_OF_DEBT), as_of) for month in columns["periode"]]
    if variable.source.known_at in columns:
        return list(columns[variable.source.known_at])
    return [as_of] * len(columns["siren"])


def sector_medians(values: Reals, columns: Columns) -> Reals:
    """For each row, the median of the known values of its section; NaN where fewer than `FEWEST` are known."""
    medians = np.full(len(values), np.nan)
    sections = columns[SECTION]
    for section in {section for section in sections if section is not None}:
        of_section = sections == section
        numbers = values[of_section & ~np.isnan(values)]
        if len(numbers) >= FEWEST:
            medians[of_section] = np.median(numbers)
    return medians
