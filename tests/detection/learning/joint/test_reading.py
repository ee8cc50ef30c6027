"""A file of numbers becomes a table, or a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detection.learning.joint.made import written
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.joint.reading import Named, read_table

NAMED = Named("y", "firm", "year")


def columns(**changes: list[object]) -> dict[str, list[object]]:
    usual: dict[str, list[object]] = {
        "firm": ["A", "A", "B", "B"],
        "year": [2001, 2002, 2001, 2002],
        "x": [1.0, None, 3.0, 4.0],
        "y": [0, 1, 0, 0],
    }
    return {**usual, **changes}


def test_a_table_is_read_in_a_fixed_order(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, columns()), NAMED)
    assert (table.names, table.year, table.followed) == (("x",), 1, True)
    assert table.times is not None
    rows = list(zip(table.times.tolist(), table.groups.tolist(), table.outcome.tolist(), strict=True))
    assert rows == [(2001, "A", False), (2001, "B", False), (2002, "A", True), (2002, "B", False)]
    np.testing.assert_equal(table.values[:, 0], [1.0, 3.0, np.nan, 4.0])


@pytest.mark.parametrize(
    "text",
    [
        "firm,year,x,y\nA,2001,1.5,0\nA,2002,,1\nB,2001,3,0\nB,2002,4,0\n",
        "firm;year;x;y\nA;2001;1.5;0\nA;2002;;1\nB;2001;3;0\nB;2002;4;0\n",
        "\ufefffirm;year;x;y\nA;2001;1,5;0\nA;2002;;1\nB;2001;3;0\nB;2002;4;0\n",
    ],
    ids=["commas", "semicolons", "semicolons, decimal commas and a mark"],
)
def test_a_csv_file_is_read_as_it_is_written(tmp_path: Path, text: str) -> None:
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    np.testing.assert_equal(read_table(file, NAMED).values[:, 0], [1.5, 3.0, np.nan, 4.0])


def test_equal_rows_are_one_company_when_none_is_named(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, {"x": [1.0, 2.0, 1.0, None, None], "y": [0, 1, 0, 1, 0]}), Named("y"))
    assert len(set(table.groups)) == 3
    assert not table.followed


def test_what_never_varies_is_left_out(tmp_path: Path) -> None:
    changes: dict[str, list[object]] = {"same": [1, 1, 1, 1], "empty": [None] * 4, "there": [1, None, 1, 1]}
    assert read_table(written(tmp_path, columns(**changes)), NAMED).names == ("x", "there")


REFUSED = {
    "unknown target": (columns(), Named("z"), "Pas de colonne « z »"),
    "unknown company": (columns(), Named("y", "siren"), "--group"),
    "unknown time": (columns(), Named("y", None, "month"), "--time"),
    "unknown column to drop": (columns(), Named("y", "firm", "year", ["w"]), "--drop"),
    "two roles": (columns(), Named("y", "firm", "firm"), "un rôle"),
    "target not 0 or 1": (columns(y=[0, 2, 0, 1]), NAMED, "0 ou 1 ; elle vaut aussi 2"),
    "target in words": (columns(y=["oui", "non", "non", "non"]), NAMED, "« y » n'est pas faite de nombres"),
    "target unknown": (columns(y=[0, 1, None, 0]), NAMED, "vide sur 1 lignes"),
    "one class": (columns(y=[0, 0, 0, 0]), NAMED, "vaut 0 partout"),
    "text": (columns(x=["a", "b", "c", "d"]), NAMED, "--drop x"),
    "infinite": (columns(x=[1.0, float("inf"), 2.0, 3.0]), NAMED, "infinies"),
    "nothing to learn from": (columns(x=[1, 1, 1, 1]), NAMED, "aucune colonne de nombres qui varie"),
    "no row": (columns(firm=[], year=[], x=[], y=[]), NAMED, "aucune ligne"),
    "company unknown": (columns(firm=["A", None, "B", "B"]), NAMED, "vide sur 1"),
    "twice at one time": (columns(year=[2001, 2001, 2001, 2002]), NAMED, "2 lignes à la même date"),
}


@pytest.mark.parametrize(("content", "named", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_learned_from_is_refused(
    tmp_path: Path, content: dict[str, list[object]], named: Named, words: str
) -> None:
    with pytest.raises(DetectionRefused, match=words):
        read_table(written(tmp_path, content), named)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, "n'est pas un fichier"),
        ("table.xlsx", b"x", "ni un fichier .parquet ni un fichier .csv"),
        ("table.parquet", b"not parquet", "ne se lit pas"),
        ("table.csv", b"", "ne se lit pas"),
        ("table.csv", b"x,x,y\n1,2,0\n3,4,1\n", "deux fois : x"),
        ("table.csv", b"x,y\n1,2,3\n", "ne se lit pas"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DetectionRefused, match=words):
        read_table(tmp_path / name, Named("y"))


def test_a_column_twice_in_parquet_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_arrays([pa.array([1.0]), pa.array([2.0])], ["x", "x"]), tmp_path / "t.parquet")
    with pytest.raises(DetectionRefused, match="deux fois"):
        read_table(tmp_path / "t.parquet", Named("y"))
