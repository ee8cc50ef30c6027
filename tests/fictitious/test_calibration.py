"""The invented country against the public figures of the real one; each tolerance is stated beside its figure.

About 300 companies of ten or more fail in a year of the country drawn here, and 250 smaller ones: a year is known to
5 %, a month of the year over eight years to 6 %.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from signaux_faibles.fictitious.courts import Kind, Stage
from signaux_faibles.fictitious.months import LAST, month, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.sectors import JUDGMENT_SEASON, SECTORS

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def openings(lives: list[Part]) -> np.ndarray:
    """Openings of redressement or liquidation from in bonis, [sector, month], as the Banque de France counts them."""
    count = np.zeros((len(SECTORS), LAST))
    for part in lives:
        events = part.lives.events
        mine = events.failures & (events.kind != Kind.SAUVEGARDE)
        np.add.at(count, (part.employers.sector[events.company[mine]], month_of(events.day[mine])), 1)
    return count


@pytest.fixture(scope="session")
def published() -> dict[str, np.ndarray]:
    """Openings by sector in 2015-2024 (Banque de France)."""
    rows = list(csv.reader((DATA / "failures_a_year.csv").read_text(encoding="utf-8").splitlines()))
    return {row[0]: np.array(row[1:], dtype=float) for row in rows[1:]}


def _yearly(count: np.ndarray) -> np.ndarray:
    return np.asarray(count[month(2015, 1) : month(2025, 1)].reshape(10, 12).sum(axis=1))


@pytest.mark.parametrize("year", range(2015, 2025))
def test_failures_follow_the_years(openings: np.ndarray, published: dict[str, np.ndarray], year: int) -> None:
    """Relative to the mean of 2015-2019, within 0.20: crises that the State's support prolonged fail later."""
    ours, true = _yearly(openings.sum(axis=0)), published["ZZ"]
    rank = year - 2015
    assert ours[rank] / ours[:5].mean() == pytest.approx(true[rank] / true[:5].mean(), abs=0.20)


def test_failures_of_each_large_sector_fall_in_2021_and_come_back_in_2024(
    openings: np.ndarray, published: dict[str, np.ndarray]
) -> None:
    """Industry, construction, trade, hotels and restaurants, services: within 0.35 of the sector's own course."""
    for rank, sector in enumerate(SECTORS):
        if sector.code in ("BE", "FZ", "G", "I", "MN"):
            ours, true = _yearly(openings[rank]), published[sector.code]
            for year in (2021, 2024):
                expected = true[year - 2015] / true[:5].mean()
                assert ours[year - 2015] / ours[:5].mean() == pytest.approx(expected, abs=0.35), (sector.code, year)


def test_sectors_fail_in_the_published_order(lives: list[Part], openings: np.ndarray) -> None:
    """Failures by company, relative to industry, within 35 % of the ratio of the published rates (2010-2019)."""
    companies = sum(np.bincount(part.employers.sector, minlength=len(SECTORS)) for part in lives)
    rate = openings[:, month(2010, 1) : month(2020, 1)].sum(axis=1) / companies
    base = next(rank for rank, sector in enumerate(SECTORS) if sector.code == "BE")
    for rank, sector in enumerate(SECTORS):
        if sector.share > 0.04:
            expected = sector.failure_rate / SECTORS[base].failure_rate
            assert rate[rank] / rate[base] == pytest.approx(expected, rel=0.35), sector.code


def test_judgments_follow_the_months_of_the_year(openings: np.ndarray) -> None:
    """Mean of 2012-2019, within 0.17; August is nearly empty."""
    by_month = openings.sum(axis=0)[month(2012, 1) : month(2020, 1)].reshape(8, 12).sum(axis=0)
    profile = by_month / by_month.mean()
    assert profile == pytest.approx(np.array(JUDGMENT_SEASON), abs=0.17)
    assert profile.argmin() == 7


def test_companies_of_ten_or_more_have_the_published_sizes(lives: list[Part]) -> None:
    """Insee: 54 % under 20 employees, 14 % with 50 or more; within 6 points and 4 points."""
    size = np.concatenate([part.lives.headcount[:, month(2015, 6)] for part in lives])
    size = size[size >= 10]
    assert 0.48 < (size < 20).mean() < 0.60
    assert 0.10 < (size >= 50).mean() < 0.18


def test_kinds_of_procedure(lives: list[Part]) -> None:
    """Altares: direct liquidation 45 % from 10 to 49 employees; two redressements in three end in liquidation."""
    direct, failures, redressements, converted = 0, 0, 0, 0
    for part in lives:
        events, size = part.lives.events, part.lives.headcount
        month_before = np.maximum(month_of(events.day) - 1, 0)
        large = events.failures & (size[events.company, month_before] >= 10)
        direct += (large & (events.kind == Kind.LIQUIDATION)).sum()
        failures += large.sum()
        early = events.failures & (events.kind == Kind.REDRESSEMENT) & (events.day < np.datetime64("2015-01-01"))
        liquidated = (events.kind == Kind.LIQUIDATION) & ~events.failures & (events.stage == Stage.OUVERTURE)
        redressements += early.sum()
        converted += np.isin(events.company[early], events.company[liquidated]).sum()
    assert 0.40 < direct / failures < 0.50
    assert 0.58 < converted / redressements < 0.76


def test_one_failure_in_five_gives_no_sign(lives: list[Part]) -> None:
    cause = np.concatenate([part.lives.events.cause[part.lives.events.failures] for part in lives])
    assert 0.16 < (cause == 0).mean() < 0.25


def _consuming(lives: list[Part], year: int, number: int) -> float:
    """Share of the establishments open in a month that consume activité partielle."""
    rank, using, active = month(year, number), 0, 0
    for part in lives:
        used, sites = part.short_time, part.sites
        using += len(np.unique(used.site[used.demand[used.consumed_month == rank]]))
        is_open = (sites.opens <= rank) & (rank < sites.closes)
        active += (is_open & (part.lives.headcount[sites.company, rank] > 0)).sum()
    return using / active


def test_short_time_work_follows_the_health_crisis(lives: list[Part]) -> None:
    """Dares, employees in millions: April 2020 8.6, June 3.5, September 1.1, April 2021 2.7; a base 50 times lower."""
    peak = _consuming(lives, 2020, 4)
    assert 0.3 < peak < 0.55
    assert _consuming(lives, 2020, 6) / peak == pytest.approx(3.5 / 8.6, abs=0.15)
    assert _consuming(lives, 2020, 9) / peak == pytest.approx(1.1 / 8.6, abs=0.08)
    assert _consuming(lives, 2021, 4) / peak == pytest.approx(2.7 / 8.6, abs=0.10)
    assert 0.001 < _consuming(lives, 2018, 6) < 0.02


def test_debts_swell_in_spring_2020_and_melt_in_a_year(lives: list[Part]) -> None:
    """Anonymised data base: 4-6 % of establishments owe before March 2020; Urssaf: nearly half deferred in spring."""
    share = {at: _indebted(lives, *at) for at in ((2018, 6), (2019, 12), (2020, 6), (2020, 12), (2021, 6), (2023, 6))}
    assert 0.04 < share[2018, 6] < 0.10
    assert 0.04 < share[2019, 12] < 0.10
    assert 0.35 < share[2020, 6] < 0.70
    assert share[2021, 6] < 0.75 * share[2020, 12] < 0.75 * share[2020, 6]
    assert share[2023, 6] < 0.12


def _indebted(lives: list[Part], year: int, number: int) -> float:
    """Share of the companies of ten or more that owe something, in bonis or not."""
    day, owing, active = np.datetime64(f"{year}-{number:02d}-20"), 0, 0
    for part in lives:
        large = part.lives.headcount[:, month(year, number)] >= 10
        gaps = part.gaps
        open_gaps = (gaps.created <= day) & (day < gaps.settled)
        owing += large[np.unique(gaps.company[open_gaps])].sum()
        active += large.sum()
    return owing / active
