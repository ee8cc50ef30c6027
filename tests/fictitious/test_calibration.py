"""The invented country against the public figures of the real one; each tolerance is stated beside its figure.

About 300 companies of ten or more fail in a year of the country drawn here, and 250 smaller ones: a year is known to
5 %, a month of the year over eight years to 6 %.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from signaux_faibles.fictitious.lives.courts import ProcedureKind, ProcedureStage
from signaux_faibles.fictitious.measured import calibration
from signaux_faibles.fictitious.measured.calibration import Curve, consuming, indebted
from signaux_faibles.fictitious.measured.figures import drawn
from signaux_faibles.fictitious.months import month, month_of
from signaux_faibles.fictitious.part import Part

FIGURES = Path(__file__).parents[2] / "docs" / "figures"
NAMES = ("failures-a-year", "failures-by-sector", "judgments-by-month", "short-time", "debts")


@pytest.fixture(scope="session")
def openings(lives: list[Part]) -> np.ndarray:
    """Openings of redressement or liquidation from in bonis, [sector, month]."""
    return calibration.openings(lives)


@pytest.fixture(scope="session")
def curves(lives: list[Part]) -> dict[str, Curve]:
    return {curve.name: curve for curve in calibration.curves(lives)}


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_of_the_documentation_are_drawn_from_this_country(curves: dict[str, Curve], name: str) -> None:
    """`sf bench calibration` draws them again."""
    assert (FIGURES / f"{name}.svg").read_text(encoding="utf-8") == drawn(curves[name])
    assert set(curves) == set(NAMES) == {path.stem for path in FIGURES.glob("*.svg")}


@pytest.mark.parametrize("year", range(2015, 2025))
def test_failures_follow_the_years(curves: dict[str, Curve], year: int) -> None:
    """Relative to the mean of 2015-2019, within 0.20: crises that the State's support prolonged fail later."""
    curve = curves["failures-a-year"]
    assert curve.invented[year - 2015] == pytest.approx(curve.published[year - 2015], abs=0.20)


@pytest.mark.parametrize("sector", ["BE", "FZ", "G", "I", "MN"])
def test_failures_of_each_large_sector_fall_in_2021_and_come_back_in_2024(openings: np.ndarray, sector: str) -> None:
    """Industry, construction, trade, hotels and restaurants, services: within 0.35 of the sector's own course."""
    curve = calibration.failures_a_year(openings, sector)
    for year in (2021, 2024):
        assert curve.invented[year - 2015] == pytest.approx(curve.published[year - 2015], abs=0.35), year


def test_sectors_fail_in_the_published_order(curves: dict[str, Curve]) -> None:
    """Failures by company, relative to industry, within 35 % of the ratio of the published rates (2010-2019)."""
    curve = curves["failures-by-sector"]
    assert curve.invented == pytest.approx(curve.published, rel=0.35)


def test_judgments_follow_the_months_of_the_year(curves: dict[str, Curve]) -> None:
    """Mean of 2012-2019, within 0.17; August is nearly empty."""
    curve = curves["judgments-by-month"]
    assert curve.invented == pytest.approx(curve.published, abs=0.17)
    assert curve.invented.argmin() == 7


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
        direct += (large & (events.kind == ProcedureKind.LIQUIDATION)).sum()
        failures += large.sum()
        early = (
            events.failures & (events.kind == ProcedureKind.REDRESSEMENT) & (events.day < np.datetime64("2015-01-01"))
        )
        liquidated = (
            (events.kind == ProcedureKind.LIQUIDATION) & ~events.failures & (events.stage == ProcedureStage.OUVERTURE)
        )
        redressements += early.sum()
        converted += np.isin(events.company[early], events.company[liquidated]).sum()
    assert 0.40 < direct / failures < 0.50
    assert 0.58 < converted / redressements < 0.76


def test_one_failure_in_five_gives_no_sign(lives: list[Part]) -> None:
    cause = np.concatenate([part.lives.events.cause[part.lives.events.failures] for part in lives])
    assert 0.16 < (cause == 0).mean() < 0.25


def test_short_time_work_follows_the_health_crisis(lives: list[Part], curves: dict[str, Curve]) -> None:
    """Employees of each month relative to April 2020 (Dares), within 0.15; a base 50 times lower before."""
    curve = curves["short-time"]
    reported = ~np.isnan(curve.published)
    assert reported.sum() == 9
    assert curve.invented[reported] == pytest.approx(curve.published[reported], abs=0.15)
    assert 0.3 < consuming(lives, month(2020, 4)) < 0.55
    assert 0.001 < consuming(lives, month(2018, 6)) < 0.02


def test_debts_swell_in_spring_2020_and_melt_in_a_year(lives: list[Part], curves: dict[str, Curve]) -> None:
    """Anonymised data base: 4-6 % of establishments owe before March 2020; Urssaf: nearly half deferred in spring.

    From May 2020 on within 0.15 of the base, which melted sooner.
    """
    share = {at: indebted(lives, month(*at)) for at in ((2018, 6), (2019, 12), (2020, 6), (2020, 12), (2021, 6))}
    assert 0.04 < share[2018, 6] < 0.10
    assert 0.04 < share[2019, 12] < 0.10
    assert 0.35 < share[2020, 6] < 0.70
    assert share[2021, 6] < 0.75 * share[2020, 12] < 0.75 * share[2020, 6]
    assert indebted(lives, month(2023, 6)) < 0.12
    curve = curves["debts"]
    since = np.array([label >= "2020-05" for label in curve.labels]) & ~np.isnan(curve.published)
    assert curve.invented[since] == pytest.approx(curve.published[since], abs=0.15)
