"""The detail of the liasses in Parquet: a map of cells read as columns, whatever its writer did (open-data §2.8)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.sources.discovery import contract_of
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.inpi.liasse import CAP, NORMAL_CELLS, SIMPLIFIED_CELLS
from signaux_faibles.sources.reading import parquet
from sources.delivered import SIREN, Outcome, read_file

INT_MAP = pa.map_(pa.string(), pa.int32())
Cells = list[tuple[str, object]] | None


def table(*liasses: Cells, type_: pa.DataType = INT_MAP, **columns: pa.Array) -> pa.Table:
    """A delivery of these liasses; `columns` replaces or adds some."""
    count = len(liasses)
    usual = {
        "siren": pa.array([SIREN] * count),
        "date_cloture_exercice": pa.array([date(2020, 12, 31)] * count),
        "type_bilan": pa.array(["C"] * count),
        "confidentiality": pa.array(["Public"] * count),
        "liasse": pa.array(list(liasses), type_),
    }
    return pa.table(usual | columns)


def read(folder: Path, delivered: pa.Table) -> Outcome:
    path = folder / "export-detail-bilan.parquet"
    pq.write_table(delivered, path)
    return read_file(path, "detail_bilan")


def test_the_name_of_the_file_is_known():
    contract = contract_of("export-detail-bilan.parquet")
    assert contract is not None
    assert contract.name == "detail_bilan"


def test_a_liasse_gives_a_column_for_each_cell_that_is_known(tmp_path):
    (row,) = read(tmp_path, table([("BJ", 170_145), ("BK", -862), ("028", 5), ("ZZ", 9)])).rows
    assert (row["siren"], row["date_cloture"], row["type_bilan"]) == (SIREN, date(2020, 12, 31), "C")
    assert (row["normal_BJ"], row["normal_BK"], row["normal_DL"]) == (Decimal(170_145), Decimal(-862), None)
    assert (row["simplified_028"], row["cellules"]) == (Decimal(5), 4)


def test_every_cell_has_its_own_column(tmp_path):
    cells: Cells = [(code, place) for place, code in enumerate(NORMAL_CELLS + SIMPLIFIED_CELLS)]
    (row,) = read(tmp_path, table(cells)).rows
    reported = [row[f"normal_{code}"] for code in NORMAL_CELLS] + [
        row[f"simplified_{code}"] for code in SIMPLIFIED_CELLS
    ]
    assert reported == list(range(len(reported)))


def test_the_mark_of_a_liasse_is_made_of_its_known_cells(tmp_path):
    liasses: list[Cells] = [
        [("BJ", 1), ("BK", 2)], [("BK", 2), ("ZZ", 3), ("BJ", 1)], [("BJ", 1), ("BL", 2)], [("BJ", 12)],
    ]  # fmt: skip
    marks = [row["empreinte"] for row in read(tmp_path, table(*liasses)).rows]
    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


def test_an_amount_at_the_cap_is_kept_and_counted(tmp_path):
    outcome = read(tmp_path, table([("FL", CAP)], [("FL", -CAP)], [("FL", CAP - 1)]))
    assert [row["normal_FL"] for row in outcome.rows] == [CAP, -CAP, CAP - 1]
    assert outcome.report.doubts == {"montant plafonné à 2 147 483 647 : aucun ratio ne s'en sert": 2}


REFUSED: dict[str, tuple[list[Cells], str]] = {
    "no liasse": ([[("BJ", 1)], None, [("BJ", 1)]], "bilan sans aucune cellule de liasse"),
    "no cell": ([[("BJ", 1)], [], [("BJ", 1)]], "bilan sans aucune cellule de liasse"),
    "a cell twice": ([[("BJ", 1)], [("DL", 1), ("BJ", 1), ("BJ", 2)], [("BJ", 1)]], "cellule BJ en double"),
}


@pytest.mark.parametrize(("liasses", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_bad_liasse_is_refused_alone(tmp_path, liasses, reason):
    outcome = read(tmp_path, table(*liasses))
    assert outcome.counts == (3, 2, 1, 0)
    assert (outcome.rejects[0].line, outcome.reasons) == (3, [reason])
    assert outcome.rejects[0].content.startswith(f"{SIREN};2020-12-31;C")
    assert [row["line"] for row in outcome.rows] == [2, 4]


BAD_COLUMNS: dict[str, tuple[str, pa.Array, str]] = {
    "a siren that lost its zeros": ("siren", pa.array([1, 2]), "n'est pas un SIREN"),
    "no siren": ("siren", pa.array([None, ""]), "siren est vide"),
    "a day that is none": ("date_cloture_exercice", pa.array(["2020-02-30"] * 2), "n'est pas une date"),
    "no closing": ("date_cloture_exercice", pa.array([None, None], pa.date32()), "date_cloture_exercice est vide"),
    "too long a type": ("type_bilan", pa.array(["bilan"] * 2), "n'est pas un type de bilan"),
    "too long a word": ("confidentiality", pa.array(["x" * 51] * 2), "texte de plus de 50 caractères"),
}


@pytest.mark.parametrize(("name", "column", "reason"), BAD_COLUMNS.values(), ids=BAD_COLUMNS)
def test_a_bad_column_rejects_its_rows(tmp_path, name, column, reason):
    outcome = read(tmp_path, table([("BJ", 1)], [("BJ", 1)], **{name: column}))
    assert outcome.counts == (2, 0, 2, 0)
    assert all(reason in reported for reported in outcome.reasons)


VALUES = {
    "of 64 bits": (pa.int64(), 3_000_000_000, Decimal(3_000_000_000), None),
    "whole decimals": (pa.decimal128(12, 0), Decimal(5), Decimal(5), None),
    "texts": (pa.string(), "000000000000005", Decimal(5), None),
    "not whole": (pa.float64(), 5.5, None, "liasse.BJ « 5.5 » n'est pas un montant de liasse"),
    "infinite": (pa.float64(), float("inf"), None, "liasse.BJ « inf » n'est pas un montant de liasse"),
    "missing, as pandas writes it": (pa.float64(), float("nan"), None, None),
    "unknown": (pa.int32(), None, None, None),
}


@pytest.mark.parametrize(("type_", "value", "expected", "reason"), VALUES.values(), ids=VALUES)
def test_values_are_read_whatever_their_type(tmp_path, type_, value, expected, reason):
    outcome = read(tmp_path, table([("BJ", value), ("DL", None)], type_=pa.map_(pa.string(), type_)))
    assert [row["normal_BJ"] for row in outcome.rows] == ([] if reason else [expected])
    assert [reported.split(" (")[0] for reported in outcome.reasons] == ([reason] if reason else [])


INTEGERS = st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1))
LIASSES = st.lists(st.dictionaries(st.sampled_from(["AA", "BJ", "DL", "028", "ZZ"]), INTEGERS), min_size=1, max_size=9)


@given(LIASSES)
def test_integers_and_their_texts_are_the_same_amounts(tmp_path_factory, liasses):
    """Integers are not written as texts to be read again: rows, marks, doubts and rejects must not differ."""
    integers = [list(cells.items()) for cells in liasses]
    texts = [[(key, None if one is None else str(one)) for key, one in cells] for cells in integers]
    folder = tmp_path_factory.mktemp("delivered")
    as_integers = read(folder, table(*integers, siren=odd_sirens(liasses)))
    as_texts = read(folder, table(*texts, type_=pa.map_(pa.string(), pa.string()), siren=odd_sirens(liasses)))
    assert (as_integers.rows, as_integers.reasons) == (as_texts.rows, as_texts.reasons)
    assert as_integers.report.doubts == as_texts.report.doubts
    assert [one.content for one in as_integers.rejects] == [one.content for one in as_texts.rejects]


def odd_sirens(liasses: list[dict[str, int | None]]) -> pa.Array:
    """One siren in three is refused, so that the content of a refused row is compared too."""
    return pa.array([SIREN if place % 3 else "X" for place in range(1, len(liasses) + 1)])


def test_keys_of_a_dictionary_and_small_letters_are_read(tmp_path):
    liasse = pa.array([[("bj", 5)]], pa.map_(pa.large_string(), pa.int32()))
    (row,) = read(tmp_path, table([("BJ", 1)], liasse=liasse)).rows
    assert row["normal_BJ"] == 5


def test_batches_are_read_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROWS_OF_CELLS", 2)
    liasses: list[Cells] = [[("BJ", place)] if place % 3 else None for place in range(7)]
    outcome = read(tmp_path, table(*liasses))
    assert [(row["line"], row["normal_BJ"]) for row in outcome.rows] == [(3, 1), (4, 2), (6, 4), (7, 5)]
    assert [reject.line for reject in outcome.rejects] == [2, 5, 8]


def test_a_file_without_rows_has_none(tmp_path):
    assert read(tmp_path, table()).counts == (0, 0, 0, 0)


def test_rows_with_the_same_key_are_all_kept(tmp_path):
    """Amended filings of one exercice; the rule of the table settles them."""
    assert read(tmp_path, table([("BJ", 1)], [("BJ", 1)], [("BJ", 2)])).counts == (3, 3, 0, 0)


@pytest.mark.parametrize("name", ["siren", "date_cloture_exercice", "type_bilan", "liasse"])
def test_a_missing_column_is_named(tmp_path, name):
    with pytest.raises(DeliveryRefused, match=rf"^export-detail-bilan\.parquet : colonne {name} introuvable"):
        read(tmp_path, table([("BJ", 1)]).drop_columns([name]))


def test_a_column_delivered_twice_is_named(tmp_path):
    twice = table([("BJ", 1)], SIREN=pa.array([SIREN]))
    with pytest.raises(DeliveryRefused, match="la colonne siren figure 2 fois"):
        read(tmp_path, twice)


def test_a_liasse_that_is_no_map_is_no_liasse(tmp_path):
    """A list of texts is no number of cells; a number of cells without cells is kept and counted."""
    outcome = read(tmp_path, table([("BJ", 1)], liasse=pa.array([["BJ"]])))
    assert outcome.reasons == ["liasse « BJ » n'est pas un nombre entier"]
    outcome = read(tmp_path, table([("BJ", 1)], liasse=pa.array([3])))
    assert outcome.report.doubts == {"aucune cellule connue dans la liasse": 1}


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    path = tmp_path / "export-detail-bilan.parquet"
    pq.write_table(table(*[[("BJ", 1)]] * 3), path)
    whole = path.read_bytes()
    for content in (b"", b"siren;liasse\n", whole[: len(whole) // 2], b"PAR1" + whole[400:]):
        path.write_bytes(content)
        with pytest.raises(DeliveryRefused, match="Parquet illisible"):
            read_file(path, "detail_bilan")
