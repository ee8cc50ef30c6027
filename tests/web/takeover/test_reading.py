"""How exports write days, identifiers and texts, and what becomes of each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.takeover.identifiers import siret_of, siret_within
from signaux_faibles.web.takeover.labels import column_of, network_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.parsed import LeftAside, UnreadableExport
from signaux_faibles.web.takeover.plain_texts import plain
from signaux_faibles.web.takeover.tables import read_table


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-03-04", datetime(2025, 3, 4, 11, tzinfo=UTC)),
        ("2025-07-04", datetime(2025, 7, 4, 10, tzinfo=UTC)),
        ("04/03/2025", datetime(2025, 3, 4, 11, tzinfo=UTC)),
        ("4/3/2025 9:30", datetime(2025, 3, 4, 8, 30, tzinfo=UTC)),
        ("04/03/2025 09h30", datetime(2025, 3, 4, 8, 30, tzinfo=UTC)),
        ("2025-03-04 08:12:33.120391", datetime(2025, 3, 4, 8, 12, 33, 120391, tzinfo=UTC)),
        ("2025-03-04 08:12:33 UTC", datetime(2025, 3, 4, 8, 12, 33, tzinfo=UTC)),
        ("2025-03-04 09:12:33+01", datetime(2025, 3, 4, 8, 12, 33, tzinfo=UTC)),
        ("2025-03-04T08:12:33.120Z", datetime(2025, 3, 4, 8, 12, 33, 120000, tzinfo=UTC)),
        ({"$date": "2025-03-04T08:12:33Z"}, datetime(2025, 3, 4, 8, 12, 33, tzinfo=UTC)),
        ({"$date": {"$numberLong": "1741075953000"}}, datetime(2025, 3, 4, 8, 12, 33, tzinfo=UTC)),
        (1741075953000, datetime(2025, 3, 4, 8, 12, 33, tzinfo=UTC)),
        ("31/02/2025", None),
        ("45720", None),
        ("mars 2025", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_a_moment_is_read_in_each_of_its_forms(written: object, read: datetime | None) -> None:
    assert moment(written) == read


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Un texte **gras**", "Un texte **gras**"),
        ("3 < 4 et 5 > 2, <jean@exemple.fr>", "3 < 4 et 5 > 2, <jean@exemple.fr>"),
        ("Un<br>deux<br/>trois", "Un\ndeux\ntrois"),
        ("<p>Un</p><p>deux &amp; trois</p>", "Un\ndeux & trois"),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
        ("<strong>gras</strong> <script>alert(1)</script>fin", "**gras** fin"),
        ('<img src="x" onerror="alert(1)">vu', "vu"),
        ("fin\r\nde\rligne\x00\x07", "fin\nde\nligne"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("👍 accordé", "👍 accordé"),
        ("  ", ""),
    ],
)
def test_a_text_is_markdown_without_html(written: str, kept: str) -> None:
    assert plain(written) == kept
    assert plain(plain(written)) == kept


@pytest.mark.parametrize(
    ("written", "siret"),
    [
        ("81111111100010", "81111111100010"),
        ("811 111 111 00010", "81111111100010"),
        ("811.111.111-00010", "81111111100010"),
        ("552014300008", "00552014300008"),
        ("811111111", None),
        ("8,1E+13", None),
        ("", None),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤", None),
    ],
)
def test_a_siret_is_read_with_its_blanks_and_without_its_zeros(written: str, siret: str | None) -> None:
    assert siret_of(written) == siret


def test_a_siret_is_found_within_an_address_but_not_within_a_longer_number() -> None:
    assert siret_within("https://exemple.fr/ets/81111111100010?x") == "81111111100010"
    assert siret_within("n° 811111111000101") is None


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("A définir", BoardColumn.A_DEFINIR),
        ("SUIVI EN COURS", BoardColumn.SUIVI_EN_COURS),
        ("in_progress", BoardColumn.SUIVI_EN_COURS),
        ("under_surveillance", BoardColumn.VEILLE),
        ("Accompagnement terminé", BoardColumn.SUIVI_TERMINE),
        ("Idées", None),
        ("", None),
    ],
)
def test_columns_and_statuts_are_ours_by_their_words(label: str, column: BoardColumn | None) -> None:
    assert column_of(label) is column


def test_networks_are_ours_by_their_words() -> None:
    assert [network_of(one) for one in ("CODEFI", "URSSAF", "banque de france", "SIGNAUX FAIBLES")] == [
        Network.CODEFI,
        Network.URSSAF,
        Network.BDF,
        None,
    ]


CELLS = 'id;Nom de l\'Établissement;note\r\n1;Été;"deux\r\nlignes; un « ; »"\r\n'


@pytest.mark.parametrize(
    "content",
    [
        CELLS.encode("utf-8"),
        CELLS.encode("utf-8-sig"),
        CELLS.encode("cp1252"),
        CELLS.encode("utf-16"),
        CELLS.replace("\r\n", "\n").encode(),
    ],
)
def test_a_table_is_read_in_each_encoding(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    (row,) = read_table(path, [], required=["id"])
    assert row["nom_de_l_etablissement"] == "Été"
    assert row["note"].split() == ["deux", "lignes;", "un", "«", ";", "»"]
    assert row["absente"] == ""


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_is_read_with_each_separator(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"id{separator}name\n1{separator}\\N\n\n2{separator}b\n", encoding="utf-8")
    assert [(row["id"], row["name"]) for row in read_table(path, [])] == [("1", ""), ("2", "b")]


def test_a_record_of_another_length_is_left_aside_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,name\n1,a\n2,b,c\n3,d\n4\n", encoding="utf-8")
    aside: list[LeftAside] = []
    assert [row["id"] for row in read_table(path, aside)] == ["1", "3"]
    assert [(one.where, one.why[:21]) for one in aside] == [
        ("t.csv, ligne 3", "3 champs au lieu de 2"),
        ("t.csv, ligne 5", "1 champs au lieu de 2"),
    ]


@pytest.mark.parametrize("content", ["", "nom,statut\na,b\n"])
def test_a_table_without_a_required_column_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableExport, match=r"t\.csv : colonne id absente"):
        read_table(path, [], required=["id"])
