"""Deliveries in Parquet are read whatever the types that their writer chose."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sources.delivered import VALID, read_file

UNIT = VALID["sirene_ul"]
TYPES = {
    "large text": ("denominationUniteLegale", pa.array(["X"], pa.large_string()), {"raison_sociale": "X"}),
    "dictionary": ("denominationUniteLegale", pa.array(["X"]).dictionary_encode(), {"raison_sociale": "X"}),
    "empty text": ("denominationUniteLegale", pa.array([""]), {"raison_sociale": None}),
    "null column": ("denominationUniteLegale", pa.nulls(1), {"raison_sociale": None}),
    "whole number": ("categorieJuridiqueUniteLegale", pa.array([5499]), {"categorie_juridique": "5499"}),
    "whole decimal": (
        "categorieJuridiqueUniteLegale",
        pa.array([5499]).cast(pa.decimal128(22, 3)),
        {"categorie_juridique": "5499"},
    ),
    "siren in a decimal": ("siren", pa.array([732829320]).cast(pa.decimal128(22, 3)), {"siren": "732829320"}),
    "whole decimal beyond 64 bits": (
        "denominationUniteLegale",
        pa.array([Decimal(10) ** 24]).cast(pa.decimal128(38, 2)),
        {"raison_sociale": str(10**24)},
    ),
    "decimal": (
        "denominationUniteLegale",
        pa.array([Decimal("10.50")]).cast(pa.decimal128(22, 2)),
        {"raison_sociale": "10.50"},
    ),
    "day": ("dateCreationUniteLegale", pa.array([date(2010, 5, 17)]), {"creation": date(2010, 5, 17)}),
    "day with an hour": ("dateCreationUniteLegale", pa.array([datetime(2010, 5, 17)]), {"creation": date(2010, 5, 17)}),  # noqa: DTZ001
}


@pytest.mark.parametrize(("header", "column", "expected"), TYPES.values(), ids=TYPES)
def test_a_column_is_read_whatever_its_type(tmp_path, header, column, expected):
    path = tmp_path / "StockUniteLegale_utf8.parquet"
    pq.write_table(pa.table({name: pa.array([text]) for name, text in UNIT.items()} | {header: column}), path)
    (row,) = read_file(path, "sirene_ul").rows
    assert {name: row[name] for name in expected} == expected


def test_rows_are_numbered_as_the_lines_of_a_csv(tmp_path):
    path = tmp_path / "StockUniteLegale_utf8.parquet"
    pq.write_table(pa.table({name: pa.array([text] * 3) for name, text in UNIT.items()}), path, row_group_size=2)
    assert [row["line"] for row in read_file(path, "sirene_ul").rows] == [2, 3, 4]


def test_booleans_and_numbers_are_read(tmp_path):
    path = tmp_path / "StockEtablissement_utf8.parquet"
    columns = {name: pa.array([text]) for name, text in VALID["sirene"].items()}
    columns |= {
        "etablissementSiege": pa.array([True]),
        "longitude": pa.array([2.33]),
        "latitude": pa.array([None], pa.float64()),
    }
    pq.write_table(pa.table(columns), path)
    (row,) = read_file(path, "sirene").rows
    assert (row["siege"], row["longitude"], row["latitude"]) == (True, 2.33, None)
