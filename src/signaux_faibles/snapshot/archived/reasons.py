"""Why the alerts of a list are in alert, as it was frozen with it; the caller decides who may read what."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern

from signaux_faibles.detection.features.variable import UNKNOWN
from signaux_faibles.detection.features.variables import VARIABLES
from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.snapshot.served.place import companies, of_companies
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.wording.french import number

SAME_EFFECT = 1e-9
"""Effects on the log-odds that differ by less are taken for equal: no page shows such digits."""
SLIGHT = 0.3
"""Effects on the log-odds under which the odds are multiplied by less than 1.35: « légèrement » on pages."""
SMALLEST_LIST = 10
"""An effect shared by all alerts says nothing of a company, in a list of at least this many: fewer may share one by
chance."""
_KEPT_REASONS = f"""
SELECT siren, theme, label, text, variable, sector_median, source, family, known_at, contribution,
    variable IN (
        SELECT variable FROM read_parquet($reasons) GROUP BY variable
        HAVING count(*) >= {SMALLEST_LIST}
            AND (max(contribution) - min(contribution) < {SAME_EFFECT} OR bool_and(text = '{UNKNOWN}'))
    ) OR coalesce(value = sector_median AND abs(contribution) < {SLIGHT}, false) AS idle
FROM read_parquet($reasons) ORDER BY siren, abs(contribution) DESC, variable
"""
_EFFECTS = f"""
SELECT siren, theme, family, sum(contribution) FILTER (NOT idle AND abs(contribution) >= {SAME_EFFECT}),
    bool_and(coalesce(variable, '') <> '')
FROM memory.{{reasons}} GROUP BY ALL ORDER BY ALL
"""
_REASONS = "SELECT * FROM memory.{reasons} WHERE {named} ORDER BY abs(contribution) DESC, variable"
_SHOWN = {variable.name: variable.text_of for variable in VARIABLES}
_FAMILIES = {family.value: family for family in Family} | {"open": Family.OPEN}
"""The first lists write "open"; a list is never rewritten."""


def summed(effects: Iterable[float]) -> float:
    """The sum of effects; zero when what is left is only the rounding that another order of the sum would change."""
    total = math.fsum(effects)
    return 0.0 if abs(total) < SAME_EFFECT else total


@dataclass(frozen=True)
class AlertReason:
    """A reason for an alert: a variable, its value as shown, the median of the sector, its effect on the log-odds.

    Attributes:
        idle: whether it says nothing of this company: the effect is the same on all alerts of the list, the value is
            unknown on all, or it is the very median of the sector, for a slight effect (no hours of activité partielle
            where most companies have none).
        measured: whether the effect is on the log-odds of a model of ours; else it is the weight, of unknown unit, that
            the model of an imported list gave to a theme.
    """

    theme: str
    label: str
    text: str
    sector_median: str | None
    source: str
    family: Family
    known_at: date | None
    contribution: float
    idle: bool = False
    measured: bool = True


@dataclass(frozen=True)
class ThemeEffect:
    """What the reasons of a theme that read one family add to the log-odds; None where none sets the company apart."""

    theme: str
    family: Family
    effect: float | None
    measured: bool = True
    """As of an `AlertReason`."""


def reasons(snapshot: Snapshot, chosen: PublishedList, sirens: Collection[str]) -> dict[str, list[AlertReason]]:
    """Why each company is in alert, heaviest reason first; an empty list for one that is not."""
    table, by_siren = _reasons(snapshot, chosen), {siren: list[AlertReason]() for siren in sirens}
    for row in snapshot.rows(_REASONS.format(reasons=table, named=of_companies(sirens)), companies(sirens)):
        siren, theme, label, text, variable, median, source, family, known_at, contribution, idle = row
        usual = None if median is None else _SHOWN.get(variable, number)(median)
        by_siren[siren].append(
            AlertReason(
                theme, label, text, usual, source, _FAMILIES[family], known_at, contribution, idle, bool(variable)
            )
        )
    return by_siren


def theme_effects(snapshot: Snapshot, chosen: PublishedList) -> Mapping[str, tuple[ThemeEffect, ...]]:
    """By siren, the effects of the themes of each alert; a reason without effect of its own is named, not counted."""
    return snapshot.recent(("effects", chosen.number), lambda: _theme_effects(snapshot, chosen))


def _theme_effects(snapshot: Snapshot, chosen: PublishedList) -> dict[str, tuple[ThemeEffect, ...]]:
    by_siren: dict[str, tuple[ThemeEffect, ...]] = {}
    for siren, theme, family, effect, measured in snapshot.rows(_EFFECTS.format(reasons=_reasons(snapshot, chosen))):
        by_siren[siren] = (*by_siren.get(siren, ()), ThemeEffect(intern(theme), _FAMILIES[family], effect, measured))
    return by_siren


def _reasons(snapshot: Snapshot, chosen: PublishedList) -> str:
    """The table, in memory, of the reasons of the alerts of a list."""
    table = f"list_{chosen.number}_reasons"
    snapshot.keep_table(table, _KEPT_REASONS, {"reasons": str(chosen.folder / "reasons.parquet")})
    return table
