"""The activity that the register delivers, around 1 January 2027."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from signaux_faibles.fictitious import Scale, invent
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.people.activity_codes import delivered
from signaux_faibles.fictitious.people.sectors import activities
from signaux_faibles.reference_tables.tables import load

FILES = {"UniteLegale": "sireneUL.csv", "Etablissement": "StockEtablissement_utf8_geo.csv"}
REV2, NAF25 = set(load("naf_codes")["niv5"].to_pylist()), set(load("naf25_codes")["niv5"].to_pylist())


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample in December 2026 and in January 2027."""
    dest = tmp_path_factory.mktemp("around")
    return {batch: invent(dest, scale=Scale.SAMPLE, batch=batch, seed=20).folder for batch in ("2612", "2701")}


def rows(folder: Path, unit: str) -> list[dict[str, str]]:
    """The rows of a file, the few defective ones apart."""
    with (folder / FILES[unit]).open(encoding="utf-8") as file:
        known = list(csv.DictReader(file))
    return [row for row in known if row[f"etatAdministratif{unit}"]]


@pytest.mark.parametrize("unit", FILES)
def test_until_december_2026_active_units_have_both_codes(around: dict[str, Path], unit: str) -> None:
    for row in rows(around["2612"], unit):
        main, beside = row[f"activitePrincipale{unit}"], row[f"activitePrincipaleNAF25{unit}"]
        assert row[f"nomenclatureActivitePrincipale{unit}"] in ("NAFRev2", "NAF1993")
        assert main in REV2
        assert (beside in NAF25) == (row[f"etatAdministratif{unit}"] == "A")


@pytest.mark.parametrize("unit", FILES)
def test_from_january_2027_the_new_code_is_the_main_one_of_active_units(around: dict[str, Path], unit: str) -> None:
    key = "siren" if unit == "UniteLegale" else "siret"
    before = {row[key]: row[f"activitePrincipaleNAF25{unit}"] for row in rows(around["2612"], unit)}
    for row in rows(around["2701"], unit):
        assert f"activitePrincipaleNAF25{unit}" not in row
        if row[f"etatAdministratif{unit}"] == "A":
            assert row[f"nomenclatureActivitePrincipale{unit}"] == "NAF2025"
            assert row[f"activitePrincipale{unit}"] in NAF25
            assert before.get(row[key], "") in ("", row[f"activitePrincipale{unit}"]), "a unit keeps its code"
        else:
            assert row[f"activitePrincipale{unit}"] in REV2


def test_an_activity_splits_as_its_shares_say() -> None:
    codes = activities()[0]
    count = 20_000
    siren = np.random.default_rng(1).integers(100_000_000, 999_999_999, count)
    images: dict[str, Counter[str]] = defaultdict(Counter)
    for code in ("64.20Z", "47.79Z", "62.01Z"):
        activity = np.full(count, codes.index(code))
        columns = delivered(activity, siren, np.zeros(count, dtype=bool), Batch("2612"), "UniteLegale")
        images[code].update(columns["activitePrincipaleNAF25UniteLegale"].to_pylist())
    assert images["62.01Z"] == {"62.10Y": count}
    assert {code: round(seen / count, 2) for code, seen in images["64.20Z"].items()} == {"64.21Y": 0.96, "64.22Y": 0.04}
    assert {code: round(seen / count, 1) for code, seen in images["47.79Z"].items()} == {
        "47.79H": 0.7, "47.79G": 0.2, "47.92J": 0.1,
    }  # fmt: skip


def test_every_activity_has_an_image() -> None:
    codes = activities()[0]
    every = np.arange(len(codes))
    siren = np.full(len(codes), 812345678)
    columns = delivered(every, siren, np.zeros(len(codes), dtype=bool), Batch("2701"), "UniteLegale")
    assert set(columns["activitePrincipaleUniteLegale"].to_pylist()) <= NAF25
