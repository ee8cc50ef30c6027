"""The lists that the service before this one published each quarter, in the three formats that it had (model §4.8).

One rule serves for all months: points for debts, lost jobs, age and sector, as known then. It learns nothing, so that
no list knows what came after it, and its risks are far too high, like those of the models of these years.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from signaux_faibles.fictitious.files.contributions import charges
from signaux_faibles.fictitious.lives.situation import in_bonis, owed
from signaux_faibles.fictitious.months import Batch, month, year_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people import places
from signaux_faibles.fictitious.people.population import Ints, Reals
from signaux_faibles.fictitious.people.sectors import SECTORS, activities
from signaux_faibles.relations.files import write_text
from signaux_faibles.wording.french import MONTHS

FIRST = month(2025, 3)
EVERY = 3
"""Months between two lists."""
FRONT_SINCE, TABLE_SINCE = month(2025, 9), month(2026, 3)
"""The format changed with the application that read the lists, twice (application §8.3)."""
_PERIMETER, _FEWEST = 36, 10
_LAG = 5
"""Months until headcounts are known, at the latest."""
_HIGH, MODERATE = 88.0, 65.0
"""Thresholds on a risk of 0 to 100: the default ones of the application in service."""
_BASE = 0.25
_NONE = "Pas d'alerte"
_DEBTS, _JOBS, _SETTING = "Dettes sociales", "Variation de l'effectif de l'entreprise", "Environnement"


@dataclass(frozen=True)
class Scored:
    """A company of a list: its risk of 0 to 100, and what each theme adds to its log-odds."""

    siren: str
    siret: str
    activity: str
    commune: str
    risk: float
    themes: Mapping[str, float]

    @property
    def departement(self) -> str:
        """That of its head office."""
        return self.commune[:3] if self.commune.startswith("97") else self.commune[:2]

    def chance(self, origin: int) -> int:
        """The number that decides its draws in a list: its siren without the check digit, and the month."""
        return int(self.siren[:-1]) + origin


def months_of_lists(batch: Batch) -> list[int]:
    """The months of the lists published before a batch."""
    return list(range(FIRST, batch.rank, EVERY))


def scored(part: Part, lists: list[int]) -> Iterator[tuple[int, Scored]]:
    """The companies that each list holds, with its month."""
    if not lists:
        return
    count, written, of_one = part.employers.count, part.versions, charges(part)[:, None]
    debts = [
        owed(part.gaps, written, one.astype(float), count) / of_one for one in (written.employee, written.employer)
    ]
    free = in_bonis(part.lives.events, count)
    codes, communes = activities()[0], places.communes()
    for origin in lists:
        latest = origin - _LAG
        size = part.lives.headcount
        assessed = np.flatnonzero(
            (size[:, latest - _PERIMETER + 1 : latest + 1] >= _FEWEST).any(axis=1)
            & (part.identities.radiated > origin)
            & free[:, origin]
            & ~part.identities.foreign
        )
        themes = _themes(part, debts, assessed, origin)
        risk = 100 / (1 + np.exp(-(_BASE + sum(themes.values()))))
        sites = part.sites.current(assessed, np.zeros(len(assessed), dtype=np.int64), origin)
        for rank, company in enumerate(assessed):
            yield (
                origin,
                Scored(
                    siren=str(part.employers.siren[company]),
                    siret=str(part.sites.siret[sites[rank]]),
                    activity=codes[int(part.employers.activity[company])],
                    commune=communes.code[int(part.sites.commune[sites[rank]])].as_py(),
                    risk=round(float(risk[rank]), 4),
                    themes={name: round(float(values[rank]), 4) for name, values in themes.items()},
                ),
            )


def _themes(part: Part, debts: list[Reals], rank: Ints, origin: int) -> dict[str, Reals]:
    """What each theme adds to the log-odds: points chosen by hand [C]."""
    size, latest = part.lives.headcount, origin - _LAG
    people, before = (np.maximum(size[rank, month], 1) for month in (latest, latest - 12))
    employee, employer = (one[rank] for one in debts)
    owing = ((employee + employer)[:, origin - 11 : origin + 1] > 0).sum(axis=1)
    rates = np.array([sector.failure_rate for sector in SECTORS])[part.employers.sector[rank]]
    age = np.maximum(origin - part.employers.birth[rank], 0) / 12
    return {
        _DEBTS: np.minimum(
            0.30 * np.log1p(20 * employee[:, origin] / people)
            + 0.25 * np.log1p(20 * employer[:, origin] / people)
            + 0.06 * owing,
            3.0,
        ),
        _JOBS: -1.5 * np.clip(np.log(people / before), -1.0, 0.5),
        _SETTING: 0.6 * np.log(rates / rates.mean()) - 0.2 * np.log1p(age / 5),
    }


def write_lists(folder: Path, scored: Mapping[int, list[Scored]]) -> None:
    """One file per list, in the format of its time."""
    for origin, companies in sorted(scored.items()):
        rows = [_row(origin, one) for one in sorted(companies, key=lambda one: (-one.risk, one.siren))]
        name = f"liste-{year_of(origin)}-{origin % 12 + 1:02d}.json"
        write_text(folder / name, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def _row(origin: int, one: Scored) -> dict[str, Any]:
    if origin >= TABLE_SINCE:
        return _of_table(origin, one)
    return _of_front(origin, one) if origin >= FRONT_SINCE else _of_api(origin, one)


def _of_api(origin: int, one: Scored) -> dict[str, Any]:
    """The JSON that the API before the application read: a score of 0 to 1."""
    alert = _alert(one.risk, front=False)
    row: dict[str, Any] = {
        "siren": one.siren,
        "score": round(one.risk / 100, 6),
        "diff": None,
        "alert": alert,
        "alertPreRedressements": alert,
        "redressements": [],
        "idListe": label_of(origin),
        "batch": _batch(origin),
        "algo": "fictif-2021",
        "periode": f"{_period(origin)}T00:00:00Z",
    }
    if alert != _NONE:
        row["macroRadar"] = dict(one.themes)
        row["explSelection"] = {"selectConcerning": [[_heaviest(one), "dette"]]}
        row["macroExpl"] = dict(one.themes)
    return row


def _of_front(origin: int, one: Scored) -> dict[str, Any]:
    """The JSON of the last generation: a risk of 0 to 100, thresholds of 0 to 1, a month without its zero."""
    alert = _alert(one.risk, front=True)
    row: dict[str, Any] = {
        "siren": one.siren,
        "code_naf": one.activity,
        "code_commune": one.commune,
        "région": None,
        "Risque de défaillance": one.risk,
        "alert": alert,
        "idListe": label_of(origin),
        "batch": _batch(origin),
        "algo": "fictif-2024",
        "période": f"{year_of(origin)}-{origin % 12 + 1}-01",
        "Seuil modéré": MODERATE / 100,
        "Seuil fort": _HIGH / 100,
    }
    if alert != _NONE:
        row["macroExpl"] = dict(one.themes)
        row["microExpl"] = {_heaviest(one): {"dette": one.themes[_DEBTS]}}
    return row


def _of_table(origin: int, one: Scored) -> dict[str, Any]:
    """A row of the table of the application in service: themes with hyphens."""
    alert = _alert(one.risk, front=False)
    themes = {name.replace(" ", "-"): value for name, value in one.themes.items()}
    return {
        "siren": one.siren,
        "code_naf": one.activity,
        "score": one.risk,
        "code_commune": one.commune,
        "region": None,
        "alert": alert,
        "batch": _batch(origin),
        "algo": "fictif-2026",
        "periode": _period(origin),
        "seuil_modere": MODERATE / 100,
        "seuil_fort": _HIGH / 100,
        "macro_expl": themes if alert != _NONE else None,
        "micro_expl": {_heaviest(one): {"dette": one.themes[_DEBTS]}} if alert != _NONE else None,
        "list_name": label_of(origin),
        "created_at": f"{_period(origin)} 09:00:00",
        "updated_at": f"{_period(origin)} 09:00:00",
    }


def _alert(risk: float, *, front: bool) -> str:
    if risk < MODERATE:
        return _NONE
    if risk < _HIGH:
        return "Alerte seuil F2"
    return "Alerte seuil F1/2" if front else "Alerte seuil F1"


def _heaviest(one: Scored) -> str:
    return max(one.themes, key=lambda name: one.themes[name])


def label_of(origin: int) -> str:
    """The label of the list of a month."""
    return f"{MONTHS[origin % 12].capitalize()} {year_of(origin)}"


def _batch(origin: int) -> str:
    return f"{year_of(origin) % 100:02d}{origin % 12 + 1:02d}"


def _period(origin: int) -> str:
    return f"{year_of(origin)}-{origin % 12 + 1:02d}-01"
