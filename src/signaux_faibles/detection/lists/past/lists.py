"""The lists that a file holds: for each month, its companies with their levels, scores and themes, checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.past.columns import LEVELS, PastColumn, key
from signaux_faibles.detection.lists.past.reading import Record
from signaux_faibles.wording.french import MONTHS, month_title

SIREN = 9
PERCENT = 100
_MONTH_OF_LABEL = re.compile(r"([a-z]+)(\d{4})")
_MONTH_OF_PERIOD = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?\b")
_OVERSEAS = ("97", "98")
_SEVERITY = {Level.HIGH: 2, Level.MODERATE: 1, None: 0}


@dataclass(frozen=True)
class PastRow:
    """A company of a past list.

    Attributes:
        score: between 0 and 1; None when the file has none.
        departement: that of its commune in the file; None when the file does not say.
        themes: what the model of the time added for each theme, by its name in the file.
        original: the whole row of the file, in JSON.
    """

    where: str
    siren: str
    level: Level | None
    score: float | None
    departement: str | None
    themes: Mapping[str, float]
    original: str


@dataclass(frozen=True)
class PastList:
    """A list of the service before this one.

    Attributes:
        label: the name that it had; month: the one in this name, or that of its data.
        period: the month of its data, where the file says it.
        algorithm, batch: what the file says of the model and of the data.
        thresholds: by level, between 0 and 1; empty when the file does not say.
    """

    label: str
    month: date
    period: date | None
    algorithm: str
    batch: str
    thresholds: Mapping[Level, float]
    rows: tuple[PastRow, ...]

    @cached_property
    def digest(self) -> str:
        """The hash of its rows, whatever their order."""
        rows = sorted([row.siren, row.level, row.score, dict(row.themes)] for row in self.rows)
        content = json.dumps([self.month.isoformat(), rows], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


def lists_of(records: Sequence[Record]) -> list[PastList]:
    """The lists of a file, by month.

    Raises:
        DetectionRefused: a value cannot be read, a company is twice in a list, or two lists are of the same month.
    """
    by_name: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        label = str(record.values.get(PastColumn.LABEL, "")).strip()
        by_name[label, "" if label else str(record.values.get(PastColumn.PERIOD, ""))].append(record)
    lists = sorted((_list(label, some) for (label, _), some in by_name.items()), key=lambda one: one.month)
    for before, after in pairwise(lists):
        if before.month == after.month:
            raise DetectionRefused(
                f"{after.rows[0].where} : les listes « {before.label} » et « {after.label} » sont du même mois."
            )
    return lists


def _list(label: str, records: Sequence[Record]) -> PastList:
    first = records[0]
    period = _month_of_period(first)
    month = _month_of_label(label) or period
    if month is None:
        raise DetectionRefused(
            f"{first.where} : ni le nom de la liste (« {label} ») ni sa période ne disent son mois ; écrivez par "
            "exemple « Septembre 2025 »."
        )
    unit = _unit(records, PastColumn.SCORE)
    thresholds = {
        level: value / (PERCENT if value > 1 else 1)
        for level, column in ((Level.HIGH, PastColumn.HIGH), (Level.MODERATE, PastColumn.MODERATE))
        if (value := _number(first, column)) is not None
    }
    rows = [_row(record, unit) for record in records]
    return PastList(
        label or month_title(month),
        month,
        period,
        str(first.values.get(PastColumn.ALGORITHM, "")),
        str(first.values.get(PastColumn.BATCH, "")),
        thresholds,
        _one_per_company(rows, by_siret=PastColumn.SIREN not in first.values),
    )


def _row(record: Record, unit: int) -> PastRow:
    folded = key(str(record.values[PastColumn.ALERT]))
    if folded not in LEVELS:
        raise DetectionRefused(
            f"{record.where} : « {record.values[PastColumn.ALERT]} » n'est pas un niveau d'alerte connu."
        )
    risk, score = _number(record, PastColumn.RISK), _number(record, PastColumn.SCORE)
    probability = risk / PERCENT if risk is not None else None if score is None else score / unit
    if probability is not None and not 0 <= probability <= 1:
        raise DetectionRefused(f"{record.where} : le score n'est ni entre 0 et 1, ni entre 0 et 100.")
    return PastRow(
        record.where,
        _siren(record),
        LEVELS[folded],
        probability,
        _departement(record),
        _themes(record),
        record.original,
    )


def _one_per_company(rows: Iterable[PastRow], *, by_siret: bool) -> tuple[PastRow, ...]:
    """Each company once; of several establishments, which the first lists have, the one most at risk."""
    by_company: dict[str, PastRow] = {}
    for row in rows:
        other = by_company.get(row.siren)
        if other is not None and not by_siret:
            raise DetectionRefused(f"{row.where} : le siren {row.siren} est déjà à « {other.where} ».")
        if other is None or _exposure(row) > _exposure(other):
            by_company[row.siren] = row
    return tuple(by_company.values())


def _exposure(row: PastRow) -> tuple[int, float]:
    return _SEVERITY[row.level], -1.0 if row.score is None else row.score


def _siren(record: Record) -> str:
    """Nine digits; a spreadsheet may have dropped the first zeros, and the first lists name establishments."""
    values = record.values
    column, digits = (PastColumn.SIREN, SIREN) if PastColumn.SIREN in values else (PastColumn.SIRET, SIREN + 5)
    text = re.sub(r"\s", "", str(values[column])).zfill(digits)
    if not re.fullmatch(f"[0-9]{{{digits}}}", text):
        raise DetectionRefused(f"{record.where} : « {values[column]} » n'est pas un {column.value}.")
    return text[:SIREN]


def _departement(record: Record) -> str | None:
    commune = str(record.values.get(PastColumn.COMMUNE, "")).strip()
    if not commune:
        return None
    code = commune.zfill(5)
    return code[:3] if code.startswith(_OVERSEAS) else code[:2]


def _themes(record: Record) -> dict[str, float]:
    written: Any = record.values.get(PastColumn.THEMES, {})
    try:
        read = json.loads(written) if isinstance(written, str) else written
        return {str(name): float(value) for name, value in read.items() if value is not None}
    except (ValueError, TypeError, AttributeError) as error:
        raise DetectionRefused(f"{record.where} : l'explication par thème n'est pas un objet de nombres.") from error


def _number(record: Record, column: PastColumn) -> float | None:
    value = record.values.get(column)
    if value is None:
        return None
    try:
        return float(str(value).replace(",", "."))
    except ValueError as error:
        raise DetectionRefused(f"{record.where} : {column.value} « {value} » n'est pas un nombre.") from error


def _unit(records: Sequence[Record], column: PastColumn) -> int:
    """The scores of a list are percents as soon as one is above 1: the files do not say."""
    values = (_number(record, column) for record in records)
    return PERCENT if any(value is not None and value > 1 for value in values) else 1


def _month_of_label(label: str) -> date | None:
    """« Septembre 2025 »."""
    match = _MONTH_OF_LABEL.search(key(label))
    names = [key(name) for name in MONTHS]
    return date(int(match[2]), names.index(match[1]) + 1, 1) if match and match[1] in names else None


def _month_of_period(record: Record) -> date | None:
    """`2025-9-01`, as the last generation writes it, or `2025-09`."""
    match = _MONTH_OF_PERIOD.match(str(record.values.get(PastColumn.PERIOD, "")))
    try:
        return date(int(match[1]), int(match[2]), 1) if match else None
    except ValueError as error:
        raise DetectionRefused(f"{record.where} : la période « {match and match[0]} » n'est pas un mois.") from error
