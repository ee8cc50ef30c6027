"""What is kept and yet deserves a look is counted in the report (contract Q6, Q9)."""

import pytest

from sources.delivered import delivery, read

DOUBTFUL = [
    ("debit", {"Periode": "199904"}, "Periode hors du calendrier (trimestre de 1 à 4, mois de 0 à 3)"),
    ("cotisation", {"periode": "201761"}, "periode hors du calendrier (trimestre de 1 à 4, mois de 0 à 3)"),
    ("apconso", {"MOIS": "2020-12-30"}, "MOIS n'est pas un premier du mois"),
    ("apdemande", {"DATE_FIN": "2019-12-31"}, "DATE_FIN précède DATE_DEB"),
    ("delai", {"Date_echeance": "23/03/2021"}, "Date_echeance précède Date_creation"),
    ("paydex", {"note_100_alerteur_plus_30": "101"}, "part de paiements en retard hors de 0-100 %"),
    ("sirene", {"longitude": "1000"}, "coordonnées hors du globe"),
]


@pytest.mark.parametrize(("kind", "change", "doubt"), DOUBTFUL)
def test_a_doubtful_record_is_kept_and_counted(tmp_path, kind, change, doubt):
    outcome = read(tmp_path, kind, delivery(kind, {}, change, {}))
    assert outcome.counts == (3, 3, 0, 0)
    assert outcome.report.doubts == {doubt: 1}


@pytest.mark.parametrize("kind", dict.fromkeys(kind for kind, _, _ in DOUBTFUL))
def test_an_ordinary_record_raises_no_doubt(tmp_path, kind):
    assert read(tmp_path, kind, delivery(kind, {})).report.doubts == {}


@pytest.mark.parametrize("period", ["201762", "201740", "1712", "201743", "0162"])
def test_an_ordinary_period_raises_no_doubt(tmp_path, period):
    assert read(tmp_path, "debit", delivery("debit", {"Periode": period})).report.doubts == {}


def test_a_month_column_outside_the_calendar_is_said(tmp_path):
    outcome = read(tmp_path, "effectif", delivery("effectif", {"eff201051": "7"}))
    assert len(outcome.rows) == 3
    assert outcome.report.warnings == [
        "sigfaible_effectif_siret.csv : la colonne « eff201051 » sort du calendrier, lue comme janvier 2011."
    ]
