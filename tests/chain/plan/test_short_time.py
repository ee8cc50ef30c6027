"""Activité partielle in a run: every month of every demande has its row, whatever its year."""

import shutil
from datetime import date

import pytest

from sources.delivered import DATA

AS_MET = DATA / "as_met"


@pytest.fixture(scope="module")
def ran(chain_at, tmp_path_factory):
    """A month whose demandes begin before the headcounts, and end years after the reference date."""
    chain = chain_at(tmp_path_factory.mktemp("short_time"))
    folder = chain.deliver("2601")
    shutil.copy(AS_MET / "demands_of_any_year_apdemande.csv", folder / "demande_ap.csv")
    shutil.copy(AS_MET / "demands_of_any_year_apconso.csv", folder / "consommation_ap.csv")
    return chain, chain.compute("2601", "clean_ap", "ap_by_demande", filtered=False).snapshot


def test_a_demande_has_a_row_in_each_of_its_months(ran):
    chain, snapshot = ran
    rows = {row["periode"]: row for row in chain.rows(snapshot, "clean_ap")}
    old = [date(2005, 8, 1), date(2005, 9, 1), date(2009, 11, 1), date(2009, 12, 1), date(2010, 1, 1), date(2010, 2, 1)]
    to_come = [date(year, month, 1) for year in range(2026, 2031) for month in range(1, 13)]
    assert sorted(rows) == old + to_come
    assert rows[date(2005, 9, 1)]["etp_autorise"] == pytest.approx(178 / 151.67)
    assert rows[date(2005, 9, 1)]["etp_consomme"] == pytest.approx(1)
    assert {rows[month]["etp_autorise"] for month in old[2:] + to_come} == {1}


def test_its_hours_are_spread_over_all_of_them(ran):
    chain, snapshot = ran
    rows = chain.rows(snapshot, "ap_by_demande")
    hours = {
        name: float(sum(row["heures_autorisees"] for row in rows if row["id_demande"] == name)) for name in DEMANDES
    }
    assert hours == pytest.approx(DEMANDES)


DEMANDES = {"j354624024": 178.0, "j354624025": 151.67, "j354624026": 151.67}
