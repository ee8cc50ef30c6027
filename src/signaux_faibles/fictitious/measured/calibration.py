"""The country against the public series of the real one, curve by curve."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from signaux_faibles.fictitious.lives.courts import ProcedureKind
from signaux_faibles.fictitious.months import LAST, month, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Reals
from signaux_faibles.fictitious.people.sectors import JUDGMENT_SEASON, SECTORS
from signaux_faibles.wording.french import SHORT_MONTHS

YEARS = range(2015, 2025)
BEFORE = slice(0, 5)
"""The years 2015 to 2019, whose mean is 1."""
_FEWEST = 10
_RATED = 0.04  # share of the employers under which the failures of a sector are too few to rate


@dataclass(frozen=True)
class Curve:
    """A measure of the country beside what is published of the real one.

    Attributes:
        name: of its figure.
        title: in French.
        labels: of the points, in order.
        invented, published: the values; NaN where nothing is published.
        source: who publishes them.
        lines: whether they are drawn as lines, instead of bars side by side.
    """

    name: str
    title: str
    labels: tuple[str, ...]
    invented: Reals
    published: Reals
    source: str
    lines: bool = True


def curves(parts: list[Part]) -> tuple[Curve, ...]:
    """Every comparison, in the order of the documentation."""
    opened = openings(parts)
    return (
        failures_a_year(opened),
        failures_by_sector(parts, opened),
        judgments_by_month(opened),
        short_time(parts),
        debts(parts),
    )


def openings(parts: list[Part]) -> Reals:
    """Openings of redressement or liquidation from in bonis, [sector, month], as the Banque de France counts them."""
    count = np.zeros((len(SECTORS), LAST))
    for part in parts:
        events = part.lives.events
        counts = events.failures & (events.kind != ProcedureKind.SAUVEGARDE)
        np.add.at(count, (part.employers.sector[events.company[counts]], month_of(events.day[counts])), 1)
    return count


def failures_a_year(opened: Reals, sector: str = "ZZ") -> Curve:
    """Failures of each year, 1 = mean of 2015-2019; of one sector or of all (`ZZ`)."""
    rows = {row["sector"]: row for row in _table("failures_a_year.csv")}
    true = np.array([float(rows[sector][str(year)]) for year in YEARS])
    ranks = [rank for rank, one in enumerate(SECTORS) if sector in ("ZZ", one.code)]
    monthly = opened[ranks].sum(axis=0)[month(YEARS[0], 1) : month(YEARS[-1] + 1, 1)]
    ours = monthly.reshape(len(YEARS), 12).sum(axis=1)
    return Curve(
        "failures-a-year",
        "Défaillances par année (1 = moyenne de 2015 à 2019)",
        tuple(str(year) for year in YEARS),
        ours / ours[BEFORE].mean(),
        true / true[BEFORE].mean(),
        "Banque de France, Webstat DIREN",
    )


def failures_by_sector(parts: list[Part], opened: Reals) -> Curve:
    """Failures by company and sector in 2010-2019, relative to industry; sectors of 4 % of the employers or more."""
    companies = sum(np.bincount(part.employers.sector, minlength=len(SECTORS)) for part in parts)
    rate = opened[:, month(2010, 1) : month(2020, 1)].sum(axis=1) / companies
    base = next(rank for rank, sector in enumerate(SECTORS) if sector.code == "BE")
    ranks = [rank for rank, sector in enumerate(SECTORS) if sector.share > _RATED]
    true = np.array([sector.failure_rate for sector in SECTORS])
    return Curve(
        "failures-by-sector",
        "Défaillances par entreprise selon le secteur (1 = industrie)",
        tuple(SECTORS[rank].code for rank in ranks),
        (rate / rate[base])[ranks],
        (true / true[base])[ranks],
        "Banque de France et Insee, 2019",
        lines=False,
    )


def judgments_by_month(opened: Reals) -> Curve:
    """Openings by month of the year, mean of 2012-2019, 1 = mean month."""
    years = opened.sum(axis=0)[month(2012, 1) : month(2020, 1)].reshape(8, 12).sum(axis=0)
    source = "Banque de France, série brute, 2012-2019"
    title = "Jugements selon le mois (1 = mois moyen)"
    return Curve("judgments-by-month", title, SHORT_MONTHS, years / years.mean(), np.array(JUDGMENT_SEASON), source)


def short_time(parts: list[Part]) -> Curve:
    """Establishments that consume activité partielle from January 2020 to June 2021, 1 = April 2020."""
    ranks = range(month(2020, 1), month(2021, 7))
    ours = np.array([consuming(parts, rank) for rank in ranks])
    peak = month(2020, 4) - ranks[0]
    published = {row["month"]: float(row["millions"]) for row in _table("short_time_employees.csv")}
    true = np.array([published.get(_named(rank), np.nan) for rank in ranks])
    source = "Dares, salariés en activité partielle"
    labels = tuple(_named(rank) for rank in ranks)
    title = "Activité partielle (1 = avril 2020)"
    return Curve("short-time", title, labels, ours / ours[peak], true / true[peak], source)


def debts(parts: list[Part]) -> Curve:
    """Share of the companies of ten or more that owe contributions, January 2019 to December 2021."""
    ranks = range(month(2019, 1), month(2022, 1))
    published = {row["month"]: float(row["share"]) for row in _table("indebted_establishments.csv")}
    true = np.array([published.get(_named(rank), np.nan) for rank in ranks])
    ours = np.array([indebted(parts, rank) for rank in ranks])
    source = "base anonymisée de Signaux Faibles, entreprises endettées un jour"
    labels = tuple(_named(rank) for rank in ranks)
    return Curve("debts", "Part des entreprises qui doivent des cotisations", labels, ours, true, source)


def consuming(parts: list[Part], rank: int) -> float:
    """Share of the establishments open in a month that consume activité partielle."""
    using, active = 0, 0
    for part in parts:
        used, sites = part.short_time, part.sites
        using += len(np.unique(used.site[used.demand[used.consumed_month == rank]]))
        is_open = (sites.opens <= rank) & (rank < sites.closes)
        active += int((is_open & (part.lives.headcount[sites.company, rank] > 0)).sum())
    return using / active


def indebted(parts: list[Part], rank: int) -> float:
    """Share of the companies of ten or more that owe something on the 20th of a month, in bonis or not."""
    day, owing, active = np.datetime64(f"{_named(rank)}-20"), 0, 0
    for part in parts:
        large = part.lives.headcount[:, rank] >= _FEWEST
        gaps = part.gaps
        open_gaps = (gaps.created <= day) & (day < gaps.settled)
        owing += int(large[np.unique(gaps.company[open_gaps])].sum())
        active += int(large.sum())
    return owing / active


def _named(rank: int) -> str:
    return str(np.datetime64("2004-01") + rank)


def _table(name: str) -> list[dict[str, str]]:
    text = files("signaux_faibles.fictitious.measured").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
