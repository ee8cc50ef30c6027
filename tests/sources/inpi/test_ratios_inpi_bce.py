"""Published ratios and their quantiles: headers as met, what is doubtful, what is refused (open-data §2.6, §2.7)."""

import pytest

from sources.delivered import delivery, read, records

RATIOS, SECTORS = "ratios_inpi_bce", "ratios_inpi_bce_sectors"


@pytest.mark.parametrize("headers", ["Chiffre_d_affaires", "CHIFFRE_D_AFFAIRES", "chiffre_d_affaires"])
def test_headers_are_found_in_each_spelling(tmp_path, headers):
    content = "\n".join(records(RATIOS, {})).replace("Chiffre_d_affaires", headers)
    (row,) = read(tmp_path, RATIOS, content.encode()).rows
    assert row["chiffre_d_affaires"] == 10_418_682
    assert row["resultat_net"] == -34_645_705


@pytest.mark.parametrize("text", ["NaN", "inf", "1e400", "12,5"])
def test_a_ratio_that_is_no_number_is_unknown_and_its_row_kept(tmp_path, text):
    outcome = read(tmp_path, RATIOS, delivery(RATIOS, {"marge_ebe": text}))
    assert outcome.rows[0]["marge_ebe"] is None
    assert outcome.report.unknowns == {"marge_ebe": 1}


def test_an_empty_ratio_is_unknown_and_not_zero(tmp_path):
    (row,) = read(tmp_path, RATIOS, delivery(RATIOS, {"marge_ebe": "", "ebe": ""})).rows
    assert (row["marge_ebe"], row["ebe"]) == (None, None)


REFUSED = [
    (RATIOS, {"date_cloture_exercice": "2942-12-31"}, "hors du possible"),
    (RATIOS, {"date_cloture_exercice": "1066-12-31"}, "hors du possible"),
    (RATIOS, {"ebe": "12.5.1"}, "ebe « 12.5.1 » n'est pas un nombre"),
    (RATIOS, {"type_bilan": ""}, "type_bilan est vide"),
    (SECTORS, {"cohorte": "0"}, "cohorte n'est pas un nombre de bilans"),
    (SECTORS, {"exercice": "23"}, "exercice hors du possible"),
    (SECTORS, {"classe_naf": "62.02.A"}, "ni un code NAF"),
    (SECTORS, {"classe_naf": ""}, "classe_naf est vide"),
]


@pytest.mark.parametrize(("kind", "change", "reason"), REFUSED)
def test_what_cannot_be_is_refused(tmp_path, kind, change, reason):
    outcome = read(tmp_path, kind, delivery(kind, {}, change))
    assert outcome.counts == (2, 1, 1, 0)
    assert reason in outcome.reasons[0]


DOUBTFUL = [
    (RATIOS, {"type_bilan": "Z"}, "type de bilan inconnu"),
    (RATIOS, {"Chiffre_d_affaires": "-1"}, "chiffre d'affaires négatif"),
    (SECTORS, {"classe_ca": "2M"}, "classe de chiffre d'affaires inconnue"),
    (SECTORS, {"marge_ebe_q50": "50"}, "quantiles qui ne sont pas croissants"),
    (SECTORS, {f"marge_ebe_q{name}": "" for name in (10, 25, 50, 75, 90)}, "aucun quantile"),
]


@pytest.mark.parametrize(("kind", "change", "doubt"), DOUBTFUL)
def test_what_is_doubtful_is_kept_and_counted(tmp_path, kind, change, doubt):
    outcome = read(tmp_path, kind, delivery(kind, {}, change))
    assert outcome.counts == (2, 2, 0, 0)
    assert outcome.report.doubts == {doubt: 1}


@pytest.mark.parametrize("activity", ["*", "J", "62", "620", "62.0", "6202", "62.02", "6202A", "62.02A"])
def test_an_activity_is_known_at_each_level(tmp_path, activity):
    outcome = read(tmp_path, SECTORS, delivery(SECTORS, {"classe_naf": activity}))
    assert [row["classe_naf"] for row in outcome.rows] == [activity]
    assert outcome.report.doubts == {}
