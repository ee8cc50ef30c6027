"""Paydex and FPI of Altares (contract of ours: model §1.7)."""

from datetime import date
from decimal import Decimal

from sources.delivered import delivery, read


def test_a_value_is_of_a_company_and_a_month(tmp_path):
    (row,) = read(tmp_path, "paydex", delivery("paydex", {})).rows
    assert row["periode"] == date(2021, 4, 1)
    assert (row["paydex"], row["fpi_30"], row["fpi_90"]) == (12, 12.5, 3.0)
    assert (row["nombre_fournisseurs"], row["encours"]) == (8, Decimal("10500.5"))


def test_an_unknown_lateness_is_not_zero(tmp_path):
    (row,) = read(tmp_path, "paydex", delivery("paydex", {"nbr_jrs_retard": "", "note_100_alerteur_plus_30": ""})).rows
    assert (row["paydex"], row["fpi_30"]) == (None, None)
