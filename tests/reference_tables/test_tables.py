"""The shipped tables are those of the chain in service (import-chain §9)."""

import hashlib
from pathlib import Path

import pyarrow.compute as pc
import pytest

from signaux_faibles.reference_tables import tables

PUBLISHED = [
    # table, rows, md5 of the canonical dump, md5 of the dump of the keys
    ("naf_codes", 732, "c47f15b09b90a4ef55baed0aa9f1e4c6", "8916078c8aba65747f07ae9eaf969a03"),
    ("naf25_codes", 747, "e1b0e6ca23e949e920fc9c7355a36447", "d168daa22e71a65a79e06f4c5a6ee56d"),
    ("categories_juridiques", 260, "81c596cc1b2838167f10061a7482932d", "91183e53bcf31d0544ea39c5a9a8cb0a"),
    ("labels_departement_region", 110, "c94bfff61f7ae54a91e2a958e914c2b5", "7c37d821e7a22216c09f4bf99fb34406"),
    ("labels_motif_recours", 7, "84b242e92fc5bf9362e7537afbbb44fe", None),
]


def _md5(rows: list[str]) -> str:
    return hashlib.md5("".join(f"{row}\n" for row in rows).encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(("name", "rows", "whole", "keys"), PUBLISHED)
def test_a_table_equals_the_one_in_service(name, rows, whole, keys):
    table = tables.load(name).to_pylist()
    assert len(table) == rows
    assert _md5(["|".join(map(str, row.values())) for row in table]) == whole
    if keys:
        assert _md5([str(next(iter(row.values()))) for row in table]) == keys


@pytest.mark.parametrize("name", tables.TABLES)
def test_a_table_has_its_schema_and_its_order(name):
    table, schema = tables.load(name), tables.TABLES[name]
    assert table.schema.equals(schema.arrow)
    keys = [tuple(row.values()) for row in table.select(schema.sort).to_pylist()]
    assert keys == sorted(set(keys))


def test_the_nomenclatures_have_no_code_in_common():
    old, new = (set(tables.load(name)["niv5"].to_pylist()) for name in ("naf_codes", "naf25_codes"))
    assert not old & new


def test_a_code_lies_within_its_parents():
    for row in (*tables.load("naf_codes").to_pylist(), *tables.load("naf25_codes").to_pylist()):
        assert [row[level] for level in ("niv4", "niv3", "niv2")] == [row["niv5"][:size] for size in (5, 4, 2)]


def test_every_commune_lies_in_a_known_departement():
    known = {row["departement"]: row["region"] for row in tables.load("labels_departement_region").to_pylist()}
    for row in tables.load("communes").to_pylist():
        if row["departement"] in known and row["region"] is not None:
            assert known[row["departement"]] == row["region"] or int(row["region"]) > 94, row


def test_what_is_unknown_of_a_commune_is_null():
    communes = tables.load("communes")
    assert communes.num_rows == 37_590
    delegated = communes.filter(pc.equal(communes["type"], "commune-deleguee"))
    assert delegated["population"].null_count == delegated.num_rows
    assert "" not in communes["codes_postaux"].to_pylist()


def test_nothing_else_opens_the_file_of_a_table():
    package = Path(tables.__file__).parents[1]
    others = [path for path in package.rglob("*.py") if path.parent.name != "reference_tables"]
    texts = {path.relative_to(package).as_posix(): path.read_text(encoding="utf-8") for path in others}
    assert [(path, name) for path, text in texts.items() for name in tables.TABLES if f"{name}.csv" in text] == []


def test_an_old_commune_belongs_to_a_present_one():
    communes = tables.load("communes").to_pylist()
    present = {row["code"] for row in communes if row["type"] == "commune-actuelle"}
    assert {row["chef_lieu"] for row in communes if row["type"] != "commune-actuelle"} <= present
    assert {row["chef_lieu"] for row in communes if row["type"] == "commune-actuelle"} == {None}
    assert {row["nom"] for row in communes if row["chef_lieu"] == "74010"} >= {"Annecy-le-Vieux", "Seynod"}
