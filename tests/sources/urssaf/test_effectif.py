"""Headcounts: wide files unfolded, one row per month (import-chain §5.8, §5.9, §13.1)."""

from datetime import date

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.columns import month_of_header
from sources.delivered import delivery, read

NAME = {"effectif": "effectif", "effectif_ent": "effectif_ent"}

CELLS = [
    # cell, headcount; None: no row and no reject (contract Q13, W30)
    ("629", 629),
    ("0", 0),
    ("089", 89),
    ("1 234", 1234),
    ("629.0", 629),
    ("", None),
]
BAD_CELLS = ["12.5", "-3", "NA", "1,5", "1e3"]

HEADERS = [
    # what follows `eff`, month (contract Q12)
    ("201011", date(2010, 1, 1)),
    ("201042", date(2010, 11, 1)),
    ("201043", date(2010, 12, 1)),
    ("201020", date(2010, 4, 1)),
    ("201011suffix", date(2010, 1, 1)),
    ("201051", date(2011, 1, 1)),
    ("201001", date(2009, 10, 1)),
    ("2411", None),
    ("", None),
    ("ectif", None),
    ("abcdefg", None),
    ("2411xx", None),
    ("201062", None),
    ("000011", None),
    ("999911", None),
]


@pytest.mark.parametrize(("text", "month"), HEADERS)
def test_a_header_names_a_month(text, month):
    assert month_of_header(text) == month


@pytest.mark.parametrize("kind", ["effectif", "effectif_ent"])
@pytest.mark.parametrize(("cell", "headcount"), CELLS)
def test_a_cell_is_a_headcount(tmp_path, kind, cell, headcount):
    outcome = read(tmp_path, kind, delivery(kind, {"eff201011": cell}))
    months = {row["periode"]: row[NAME[kind]] for row in outcome.rows}
    assert months.get(date(2010, 1, 1)) == headcount
    assert months[date(2010, 2, 1)] == 13
    assert outcome.counts == (1, 1, 0, 0)


@pytest.mark.parametrize("kind", ["effectif", "effectif_ent"])
@pytest.mark.parametrize("cell", BAD_CELLS)
def test_a_bad_cell_is_refused_and_the_other_months_are_kept(tmp_path, kind, cell):
    outcome = read(tmp_path, kind, delivery(kind, {"eff201011": cell}, {}))
    assert [(row["line"], row["periode"]) for row in outcome.rows] == [
        (2, date(2010, 2, 1)),
        (3, date(2010, 1, 1)),
        (3, date(2010, 2, 1)),
    ]
    assert outcome.counts == (2, 1, 1, 0)
    (reason,) = outcome.reasons
    assert reason.startswith(f"eff201011 « {cell} » n'est pas un effectif")


def test_a_record_without_any_headcount_is_kept_and_gives_no_row(tmp_path):
    outcome = read(tmp_path, "effectif", delivery("effectif", {"eff201011": "", "eff201012": ""}))
    assert (outcome.rows, outcome.counts) == ([], (1, 1, 0, 0))


def test_a_record_with_a_bad_siret_is_refused_once(tmp_path):
    outcome = read(tmp_path, "effectif", delivery("effectif", {"siret": "X"}))
    assert (outcome.rows, outcome.reasons) == ([], ["siret « X » n'est pas un SIRET (14 chiffres)"])


def test_the_accounts_of_an_establishment_stay_apart(tmp_path):
    rows = read(tmp_path, "effectif", delivery("effectif", {"compte": "A"}, {"compte": "B"})).rows
    assert [row["numero_compte"] for row in rows] == ["A", "A", "B", "B"]


@pytest.mark.parametrize("header", ["effectif", "eff2411", "effabcdefg", "EFF202412"])
def test_a_header_that_is_no_month_is_left_aside_and_said(tmp_path, header):
    """Contract Q12, W3: the reference crashed, or dated it of the year 1."""
    outcome = read(tmp_path, "effectif", delivery("effectif", {header: "9"}))
    assert len(outcome.rows) == 2
    assert outcome.report.warnings == [
        f"sigfaible_effectif_siret.csv : la colonne « {header} » n'est pas un mois (effAAAATM), ignorée."
    ]


def test_two_columns_of_one_month_refuse_the_file(tmp_path):
    with pytest.raises(DeliveryRefused, match="deux colonnes pour janvier 2010, dont « eff201011bis »"):
        read(tmp_path, "effectif", delivery("effectif", {"eff201011bis": "1"}))


def test_a_file_without_month_is_refused(tmp_path):
    with pytest.raises(DeliveryRefused, match="aucune colonne de mois"):
        read(tmp_path, "effectif_ent", b"siren;rais_soc\n123456789;X\n")


def test_a_header_full_of_quotes_is_only_a_name(tmp_path):
    content = b'siren;"eff201011""\'; drop"\n123456789;7\n'
    (row,) = read(tmp_path, "effectif_ent", content).rows
    assert row["effectif_ent"] == 7
