"""How values are said to an agent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from signaux_faibles.web.components.templatetags import french

SAID: list[tuple[Callable[[Any], str], Any, str]] = [
    (french.company_name, "ATELIERS", "ATELIERS"),
    (french.company_name, "", "Dénomination non diffusible"),
    (french.company_name, None, "Dénomination non diffusible"),
    (french.euros, Decimal("12345.60"), "12 346 €"),
    (french.euros, Decimal("0.00"), "0 €"),
    (french.euros, None, "—"),
    (french.whole, 1234567, "1 234 567"),
    (french.whole, None, "—"),
    (french.plain, Decimal("12.50"), "12.50"),
    (french.plain, None, ""),
    (french.plural, 0, ""),
    (french.plural, 1, ""),
    (french.plural, 2, "s"),
    (lambda count: french.agreed(count, "ce jugement|ces jugements"), 1, "ce jugement"),
    (lambda count: french.agreed(count, "ce jugement|ces jugements"), 2, "ces jugements"),
    (french.siren, "811111111", "811 111 111"),
    (french.siren, "81111111100010", "811 111 111 00010"),
    (french.month, date(2026, 8, 1), "août 2026"),
    (french.day, date(2026, 8, 1), "1er août 2026"),
    (french.day, date(2026, 10, 20), "20 octobre 2026"),
    (french.day, None, "—"),
    (french.day, datetime(2026, 11, 30, 22, 59, tzinfo=UTC), "30 novembre 2026"),
    (french.day, datetime(2026, 11, 30, 23, 1, tzinfo=UTC), "1er décembre 2026"),
    (french.day, datetime(2026, 7, 31, 22, 1, tzinfo=UTC), "1er août 2026"),
    (french.batch_month, "2610", "octobre 2026"),
    (french.stage_label, "plan_continuation", "plan de continuation"),
    (french.stage_label, "modification_plan", "modification plan"),
    (french.stage_label, "plan_cession", "plan de cession"),
    (french.percentile, 34.4, "34e centile"),
    (french.percentile, 10.0, "10e centile ou moins"),
    (french.percentile, 90.0, "90e centile ou plus"),
    (french.turnover, "2M-10M", "de 2 à 10 millions d’euros"),
    (french.activity_class, "4511Z", "activité 45.11Z"),
    (french.activity_class, "467", "activité 46.7"),
    (french.activity_class, "46", "division 46"),
    (french.activity_class, "G", "section G"),
    (french.accounts_kind, "K", "comptes consolidés"),
    (french.plan_nature, "SUR PO", "Sursis à poursuites"),
    (french.plan_nature, "CCSF", "Commission des chefs des services financiers"),
    (french.plan_nature, "SURSIS PP", "Code Urssaf « SURSIS PP »"),
    (french.plan_nature, None, "—"),
    (french.town, "ST ETIENNE CEDEX 1", "Saint-Étienne"),
    (french.town, None, ""),
    (french.source_title, "inconnu", "inconnu"),
    (french.effect, 1.2, "Augmente fortement le risque"),
    (french.effect, -0.5, "Réduit nettement le risque"),
    (french.effect, 0.1, "Augmente légèrement le risque"),
    (french.effect, 0.0, "Sans effet sur le risque"),
]
MEASURED = [
    (23.41, "%", "23,4 %"),
    (-0.04, "%", "0,0 %"),
    (-4.06, "%", "−4,1 %"),
    (1234.56, "%", "1 234,6 %"),
    (71.6, "jours", "72 jours"),
    (8.25, "années", "8,2 années"),
    (0.4, "années", "0,4 année"),
    (-1.6, "années", "−1,6 année"),
    (1.96, "années", "2,0 années"),
    (1.2, "jours", "1 jour"),
    (None, "%", "—"),
]


@pytest.mark.parametrize(("value", "unit", "expected"), MEASURED)
def test_a_ratio_is_said_with_its_unit(value: float | None, unit: str, expected: str) -> None:
    assert french.measure(value, unit).replace("\u202f", " ").replace("\u00a0", " ") == expected


@pytest.mark.parametrize(("said", "value", "expected"), SAID)
def test_a_value_is_said(said: Callable[[Any], str], value: object, expected: str) -> None:
    assert said(value).replace("\u202f", " ").replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("failed", "companies", "sentence"),
    [(31, 68, "31"), (97, 312, "97 (31 sur 100)"), (40, 9000, "40 (moins d’une sur 100)"), (0, 12, "0")],
)
def test_the_failures_of_a_class_are_those_that_were_counted(failed: int, companies: int, sentence: str) -> None:
    assert french.observed_count(failed / companies, companies) == sentence
