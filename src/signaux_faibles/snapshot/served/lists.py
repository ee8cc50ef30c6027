"""The published lists as pages read them: frozen levels and reasons, beside the register of the pinned snapshot."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from signaux_faibles.detection.features.variables import VARIABLES
from signaux_faibles.detection.levels import NONE, Level
from signaux_faibles.detection.lists.archive import PUBLISHED, ArchivedList, archived, intact
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.procedures import Standing
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.wording.french import number


class Scope(Enum):
    """Which tie to a zone brings a company into a list."""

    HEAD_OFFICE = "siege"
    ESTABLISHMENT = "implantation"


@dataclass(frozen=True)
class PublishedList:
    """A list that is published now, and the folder that holds it."""

    number: int
    label: str
    month: date
    fictitious: bool
    folder: Path
    class_companies: Mapping[str, int]
    """By level, the number of companies behind its observed frequency; empty without a back-test."""


@dataclass(frozen=True)
class Entry:
    """A scored company in a list.

    Attributes:
        first_alert: None when no list was published in the months before, so that it cannot be known.
        class_observed: share of the companies of its class that failed at the last back-test; None when not known.
        class_companies: the number of companies behind that share; None when not known.
    """

    level: Level | None
    first_alert: bool | None
    class_observed: float | None
    class_companies: int | None


@dataclass(frozen=True)
class AlertReason:
    """A reason for an alert: a variable, its value as shown, the median of the sector, its effect on the log-odds.

    Attributes:
        shared: whether the effect is the same on all alerts of the list, so that it says nothing of this company.
    """

    theme: str
    label: str
    text: str
    sector_median: str | None
    source: str
    family: Family
    known_at: date | None
    contribution: float
    shared: bool = False


@dataclass(frozen=True)
class Alert:
    """A company in alert, as a row of a list."""

    siren: str
    name: str | None
    departement: str | None
    section: str | None
    headcount: int | None
    headcount_month: date | None
    standing: Standing | None
    active: bool
    active_departments: frozenset[str]
    level: Level
    first_alert: bool | None


@dataclass(frozen=True)
class Selection:
    """The filters of a list; an empty filter keeps everything. `text` is part of a name, or the start of a siren."""

    zone: frozenset[str]
    scope: Scope = Scope.HEAD_OFFICE
    departements: frozenset[str] = frozenset()
    level: Level | None = None
    first_alert: bool = False
    sections: frozenset[str] = frozenset()
    headcount_min: int | None = None
    text: str = ""


_ALERTS = """
SELECT entry.siren, company.raison_sociale, entry.departement, company.libelle_section, company.effectif,
    company.periode_effectif, company.standing, coalesce(company.est_actif, false),
    coalesce(company.active_departments, []), entry.level, entry.first_alert
FROM read_parquet($entries) AS entry
LEFT JOIN assessed_company AS company ON company.siren = entry.siren
WHERE entry.level IS NOT NULL AND {conditions}
ORDER BY entry.rank
"""
_TIED = {
    Scope.HEAD_OFFICE: "entry.departement IN (SELECT unnest($places))",
    Scope.ESTABLISHMENT: "list_has_any(company.active_departments, $places)",
}
_ENTRY = "SELECT level, first_alert, class_observed FROM read_parquet(?) WHERE siren = ?"
SAME_EFFECT = 1e-9
"""Effects on the log-odds that differ by less are the same; no page shows a digit of them."""
SMALLEST_LIST = 10
"""Alerts from which an effect that they all share is that of the list; a few companies may share one by chance."""
_REASONS = f"""
SELECT siren, theme, label, text, variable, sector_median, source, family, known_at, contribution,
    variable IN (
        SELECT variable FROM read_parquet($reasons) GROUP BY variable
        HAVING count(*) >= {SMALLEST_LIST} AND max(contribution) - min(contribution) < {SAME_EFFECT}
    )
FROM read_parquet($reasons) WHERE siren IN (SELECT unnest($sirens)) ORDER BY abs(contribution) DESC, variable
"""
_HISTORY = """
SELECT filename, level FROM read_parquet($entries, filename = true, union_by_name = true) WHERE siren = $siren
"""
_FIRST_ALERTS = """
SELECT count(*) = 0 FROM read_parquet(?) WHERE level IS NOT NULL AND first_alert IS NULL
"""
_LEVELS = """
SELECT siren, level FROM read_parquet($entries) WHERE siren IN (SELECT unnest($sirens)) AND level IS NOT NULL
"""
_SHOWN = {variable.name: variable.shown for variable in VARIABLES}
_FAMILIES = {family.value: family for family in Family} | {"open": Family.OPEN}
"""The first lists write "open"; a list is never rewritten."""


def published_lists(home: Home) -> list[PublishedList]:
    """The lists whose last act is a publication, latest first; one whose tables are no longer its own is left out."""
    lists = [
        PublishedList(
            one.number, one.card["label"], one.month, one.card["fictitious"], one.folder, _class_companies(one)
        )
        for one in archived(home)
        if one.state == PUBLISHED and intact(one)
    ]
    return sorted(lists, key=lambda one: (one.month, one.number), reverse=True)


def alerts(snapshot: Snapshot, chosen: PublishedList, selection: Selection) -> list[Alert]:
    """The companies in alert that a selection keeps, most at risk first; the caller decides who may read them."""
    conditions, values = _conditions(selection)
    query = _ALERTS.format(conditions=" AND ".join(conditions))
    rows = snapshot.rows(query, {"entries": str(chosen.folder / "entries.parquet"), **values})
    return [_alert(row) for row in rows]


def entry(snapshot: Snapshot, chosen: PublishedList, siren: str) -> Entry | None:
    """The entry of a company in a list, None if it was not scored."""
    rows = snapshot.rows(_ENTRY, [str(chosen.folder / "entries.parquet"), siren])
    if not rows:
        return None
    level, first_alert, observed = rows[0]
    return Entry(Level(level) if level else None, first_alert, observed, chosen.class_companies.get(level or NONE))


def levels(snapshot: Snapshot, chosen: PublishedList, sirens: Collection[str]) -> dict[str, Level]:
    """The level of each company in alert, among those given."""
    files = {"entries": str(chosen.folder / "entries.parquet")}
    return {siren: Level(level) for siren, level in snapshot.rows(_LEVELS, {**files, "sirens": list(sirens)})}


def reasons(snapshot: Snapshot, chosen: PublishedList, sirens: Collection[str]) -> dict[str, list[AlertReason]]:
    """Why each company is in alert, heaviest reason first; an empty list for one that is not."""
    files = {"reasons": str(chosen.folder / "reasons.parquet")}
    by_siren: dict[str, list[AlertReason]] = {siren: [] for siren in sirens}
    for row in snapshot.rows(_REASONS, {**files, "sirens": list(sirens)}):
        siren, theme, label, text, variable, median, source, family, known_at, contribution, shared = row
        usual = None if median is None else _SHOWN.get(variable, number)(median)
        by_siren[siren].append(
            AlertReason(theme, label, text, usual, source, _FAMILIES[family], known_at, contribution, shared)
        )
    return by_siren


def history(snapshot: Snapshot, lists: Sequence[PublishedList], siren: str) -> list[tuple[PublishedList, Level | None]]:
    """The lists that assessed a company, in the order given, with its level; None where it was not in alert."""
    files = {str(one.folder / "entries.parquet"): one for one in lists}
    if not files:
        return []
    levels_by_file = dict(snapshot.rows(_HISTORY, {"entries": list(files), "siren": siren}))
    return [
        (one, Level(level) if (level := levels_by_file[file]) else None)
        for file, one in files.items()
        if file in levels_by_file
    ]


def first_alerts_known(snapshot: Snapshot, chosen: PublishedList) -> bool:
    """Whether the list knows which alerts are first ones; not without a list published in the months before."""
    return bool(snapshot.rows(_FIRST_ALERTS, [str(chosen.folder / "entries.parquet")])[0][0])


def _class_companies(one: ArchivedList) -> dict[str, int]:
    # Lists are never rewritten, and the first ones do not hold it.
    return {level: observed["companies"] for level, observed in one.card.get("class_observed", {}).items()}


def _conditions(selection: Selection) -> tuple[list[str], dict[str, Any]]:
    """The SQL conditions of the filters in use, with their values."""
    places = selection.zone & selection.departements if selection.departements else selection.zone
    filters: dict[str, tuple[str, Any]] = {
        "places": (_TIED[selection.scope], sorted(places)),
        "level": ("entry.level = $level", selection.level and selection.level.value),
        "first": ("entry.first_alert = $first", selection.first_alert),
        "sections": ("company.section IN (SELECT unnest($sections))", sorted(selection.sections)),
        "headcount": ("company.effectif >= $headcount", selection.headcount_min),
        "name": (
            "(starts_with(entry.siren, replace($name, ' ', '')) OR "
            "contains(strip_accents(lower(company.raison_sociale)), strip_accents(lower($name))))",
            selection.text.strip(),
        ),
    }
    used = {name: filter for name, filter in filters.items() if filter[1] or name == "places"}
    return [condition for condition, _ in used.values()], {name: value for name, (_, value) in used.items()}


def _alert(row: tuple[Any, ...]) -> Alert:
    *identity, standing, active, departments, level, first_alert = row
    stands = Standing(**standing) if standing else None
    return Alert(*[*identity, stands, active, frozenset(departments), Level(level), first_alert])
