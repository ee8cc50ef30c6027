"""Lists of the service before this one: three formats, one archive, nothing invented about them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from detection.invented_home import write_home
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.archive import (
    PUBLISHED,
    WITHDRAWN,
    ArchivedList,
    act,
    add,
    archived,
    writing_lists,
)
from signaux_faibles.detection.lists.past.lists import lists_of
from signaux_faibles.detection.lists.past.planning import plan_import
from signaux_faibles.detection.lists.past.reading import read_records
from signaux_faibles.detection.lists.past.writing import write_past
from signaux_faibles.home.home import Home

WHEN = {"at": "2026-11-02T08:00:00+00:00", "by": "essai"}
API = {
    "siren": "000000001", "score": 0.91, "diff": 0.02, "alert": "Alerte seuil F1", "periode": "2025-03-01T00:00:00Z",
    "idListe": "Mars 2025", "batch": "2503", "algo": "2021", "redressements": ["solvabilite"],
    "alertPreRedressements": "Alerte seuil F2", "macroRadar": {"sante_financiere": 0.4},
    "explSelection": {"selectConcerning": [["Dettes sociales", "dette"]]},
    "macroExpl": {"Dettes sociales": 1.2, "Environnement": -0.3},
}  # fmt: skip
FRONT = {
    "siren": "000000001", "code_naf": "4399C", "code_commune": "97411", "région": "La Réunion",
    "Risque de défaillance": 91.0, "alert": "Alerte seuil F1/2", "idListe": "Septembre 2025", "batch": "2509_x",
    "algo": "3.1", "période": "2025-9-01", "Seuil modéré": 0.65, "Seuil fort": 0.88,
    "macroExpl": {"Dettes sociales": 1.2, "Environnement": -0.3}, "microExpl": {"Dettes sociales": {"dette": 1.2}},
}  # fmt: skip
TABLE = {
    "id": 7, "siren": 1, "code_naf": "4399C", "score": 91.0, "code_commune": "1004", "region": "84",
    "alert": "alerte seuil f1", "batch": "2603", "algo": "4", "periode": "2026-03-01", "seuil_modere": 0.65,
    "seuil_fort": 0.88, "macro_expl": {"Dettes-sociales": 1.2, "Environnement": -0.3}, "micro_expl": None,
    "list_name": "Mars 2026", "created_at": "2026-03-02", "updated_at": "2026-03-02",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    write_home(made, companies=40)
    return made


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: dict[str, Any], name: str = "liste.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(rows), encoding="utf-8")
        return path

    return write


def taken(home: Home, *files: Path) -> list[ArchivedList]:
    return [write_past(home, one, **WHEN) for one in plan_import(home, files)]


@pytest.mark.parametrize(
    ("row", "label", "month", "departement", "thresholds"),
    [
        (API, "Mars 2025", date(2025, 3, 1), None, {}),
        (FRONT, "Septembre 2025", date(2025, 9, 1), "974", {"elevee": 0.88, "moderee": 0.65}),
        (TABLE, "Mars 2026", date(2026, 3, 1), "01", {"elevee": 0.88, "moderee": 0.65}),
    ],
)
def test_each_format_says_the_same_of_a_company(row, label, month, departement, thresholds, written):
    (past,) = lists_of(read_records(written(row)))
    (company,) = past.rows
    assert (past.label, past.month, dict(past.thresholds)) == (label, month, thresholds)
    assert (company.siren, company.level, company.departement) == ("000000001", Level.HIGH, departement)
    assert company.score == pytest.approx(0.91)
    assert sorted(company.themes.values()) == [-0.3, 1.2]
    assert json.loads(company.original) == row, "the whole row is kept"


def test_the_table_of_the_application_in_csv_may_hold_several_lists(home, tmp_path):
    rows = [
        TABLE | {"siren": "2", "macro_expl": '{"Dettes-sociales": 1}', "score": "91,5"},
        TABLE
        | {"list_name": "Juin 2026", "periode": "2026-06-01", "macro_expl": "", "alert": "Pas d'alerte", "score": 2},
    ]
    path = tmp_path / "company_score_entries.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, TABLE, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    lists = taken(home, path)
    assert [(one.card["label"], one.state) for one in lists] == [("Mars 2026", PUBLISHED), ("Juin 2026", PUBLISHED)]
    assert [one.card["counts"]["elevee"] for one in lists] == [1, 0]


def test_the_first_lists_name_establishments_and_a_company_counts_once(home, written):
    rows = [
        {"siret": "00000000100017", "score": 0.2, "alert": "Pas d'alerte", "periode": "2019-10-01", "batch": "1910"},
        {"siret": "00000000100025", "score": 0.8, "alert": "Alerte seuil F1", "periode": "2019-10-01", "batch": "1910"},
    ]
    (past,) = lists_of(read_records(written(*rows)))
    assert [(one.siren, one.level, past.label) for one in past.rows] == [("000000001", Level.HIGH, "Octobre 2019")]


def test_an_imported_list_holds_levels_ranks_and_themes_and_no_probability(home, written):
    rows = [
        FRONT | {"siren": f"00000000{number}", "Risque de défaillance": risk, "alert": alert}
        for number, risk, alert in ((1, 70, "Alerte seuil F2"), (2, 95, "Alerte seuil F1/2"), (3, 12, "Pas d'alerte"))
    ]
    (made,) = taken(home, written(*rows))
    entries = pq.read_table(made.folder / "entries.parquet").to_pylist()
    assert [(row["siren"], row["level"], row["rank"]) for row in entries] == [
        ("000000002", "elevee", 1),
        ("000000001", "moderee", 2),
        ("000000003", None, 3),
    ]
    assert {row["probability"] for row in entries} == {row["class_observed"] for row in entries} == {None}
    reasons = pq.read_table(made.folder / "reasons.parquet").to_pylist()
    assert {row["siren"] for row in reasons} == {"000000001", "000000002"}
    assert {(row["theme"], row["family"], row["value"], row["known_at"]) for row in reasons} == {
        ("Dettes sociales", "urssaf", None, None),
        ("Environnement", "ouverte", None, None),
    }
    assert made.card["model"] is made.card["snapshot"] is None
    assert made.card["source"]["algorithm"] == "3.1"
    assert made.card["fictitious"], "as the register that says which companies exist"
    kept = pq.read_table(made.folder / "originals.parquet").to_pylist()
    assert [json.loads(row["content"])["Risque de défaillance"] for row in kept] == [70, 95, 12]


def test_an_import_done_again_writes_nothing(home, written):
    file = written(FRONT)
    first = taken(home, file)
    assert taken(home, file) == first
    assert [one.number for one in archived(home)] == [1]


def test_an_import_that_was_killed_before_publishing_is_finished(home, written, monkeypatch):
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    file = written(FRONT)
    with monkeypatch.context() as patch:
        patch.setattr("signaux_faibles.detection.lists.past.writing.act", killed)
        with pytest.raises(KeyboardInterrupt):
            taken(home, file)
    assert [one.state for one in archived(home)] == ["draft"]
    assert [one.state for one in taken(home, file)] == [PUBLISHED]


def test_first_alerts_are_those_that_the_lists_imported_before_do_not_have(home, written):
    march = FRONT | {"idListe": "Mars 2025"}
    june = [FRONT | {"idListe": "Juin 2025", "siren": siren} for siren in ("000000001", "000000002")]
    first, second = taken(home, written(*june, name="b.json"), written(march, name="a.json"))
    assert (first.card["label"], first.card["counts"]["first_alerts"]) == ("Mars 2025", None)
    entries = {row["siren"]: row["first_alert"] for row in pq.read_table(second.folder / "entries.parquet").to_pylist()}
    assert entries == {"000000001": False, "000000002": True}


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([FRONT | {"couleur": "rouge"}], r"enregistrement 1 : colonne « couleur » inconnue"),
        ([{k: v for k, v in FRONT.items() if k != "alert"}], "pas de colonne « alerte »"),
        ([{k: v for k, v in FRONT.items() if k != "siren"}], "ni siren ni siret"),
        ([FRONT | {"alert": "Alerte seuil F3"}], "« Alerte seuil F3 » n'est pas un niveau"),
        ([FRONT, FRONT], r"enregistrement 2 : le siren 000000001 est déjà à « liste.json, enregistrement 1 »"),
        ([FRONT | {"siren": "12345678A"}], "« 12345678A » n'est pas un siren"),
        ([FRONT | {"siren": "999999999"}], r"ne connaît pas 999999999, ni 0 autre entreprise"),
        ([FRONT | {"Risque de défaillance": 130}], "ni entre 0 et 1, ni entre 0 et 100"),
        ([FRONT | {"Risque de défaillance": "haut"}], "« haut » n'est pas un nombre"),
        ([FRONT | {"macroExpl": ["Dettes"]}], "n'est pas un objet de nombres"),
        ([FRONT | {"idListe": "La dernière", "période": "hier"}], "ne disent son mois"),
        ([FRONT, FRONT | {"siren": "2", "idListe": "septembre 2025 (bis)"}], "sont du même mois"),
        ([], "aucune entreprise"),
        ([3], "ce n'est pas un objet"),
    ],
)
def test_a_file_that_is_not_such_a_list_is_refused_whole(home, written, rows, refusal):
    with pytest.raises(DetectionRefused, match=refusal):
        plan_import(home, [written(*rows)])
    assert archived(home) == []


AGAIN = json.dumps([FRONT])
SAID_TWICE = {
    "a key with two values": (
        AGAIN.replace('"alert"', '"alert": "Pas d\'alerte", "alert"'),
        "« alert » y a deux valeurs",
    ),
    "in two cases": (AGAIN.replace('"alert"', '"ALERT": "Pas d\'alerte", "alert"'), "« alert » y a deux valeurs"),
    "a column twice": ("siren;alert;alert\n000000001;a;b\n", "« alert » y figure deux fois"),
    "nested without end": ("[" * 200_000, "JSON illisible"),
}


@pytest.mark.parametrize(("content", "refusal"), SAID_TWICE.values(), ids=SAID_TWICE)
def test_what_a_list_says_twice_is_not_guessed(home, tmp_path, content, refusal):
    """An imported list is frozen: the last of two values would be so for ever."""
    path = tmp_path / ("liste.json" if content.startswith("[") else "liste.csv")
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DetectionRefused, match=refusal):
        plan_import(home, [path])


def test_a_company_in_a_hundred_may_be_unknown_to_the_register(home, written, tmp_path):
    write_home(Home(tmp_path / "large"), companies=120)
    rows = [FRONT | {"siren": f"{number:09d}"} for number in range(1, 101)]
    (planned,) = plan_import(Home(tmp_path / "large"), [written(*rows, FRONT | {"siren": "999999999"})])
    assert [one.siren for one in planned.unknown] == ["999999999"]
    made = write_past(Home(tmp_path / "large"), planned, **WHEN)
    assert (made.card["source"]["unknown"], made.card["counts"]["scored"]) == (1, 100)


def test_another_list_of_the_month_stops_the_import_unless_it_is_withdrawn(home, written):
    with writing_lists(home):
        card = {"label": "Septembre 2025", "month": "2025-09-01", "fictitious": True}
        other = add(home, card, {}, **WHEN)
    with pytest.raises(DetectionRefused, match=r"comme la liste n° 1 .* sf list withdraw 1"):
        plan_import(home, [written(FRONT)])
    act(home, other.number, PUBLISHED, **WHEN)
    act(home, other.number, WITHDRAWN, **WHEN)
    assert [one.number for one in taken(home, written(FRONT))] == [2]


def test_two_files_of_one_month_are_refused(home, written):
    with pytest.raises(DetectionRefused, match="portent chacun une liste de septembre 2025"):
        plan_import(home, [written(FRONT, name="a.json"), written(FRONT | {"siren": "2"}, name="b.json")])


def test_an_invented_list_does_not_enter_a_real_archive(tmp_path, written):
    real = Home(tmp_path / "real")
    write_home(real, companies=40, fictitious=False)
    (tmp_path / "DONNEES_FICTIVES.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DetectionRefused, match="données fictives"):
        plan_import(real, [written(FRONT)])


def test_a_list_without_scores_is_in_the_order_of_its_levels(home, written):
    bare = {"idListe": "Mars 2025", "algo": "x"}
    rows = [
        bare | {"siren": "3", "alert": "Alerte seuil F2"},
        bare | {"siren": "2", "alert": "Alerte seuil F1"},
        bare | {"siren": "1", "alert": "Alerte seuil F2"},
    ]
    (made,) = taken(home, written(*rows))
    assert pq.read_table(made.folder / "entries.parquet")["siren"].to_pylist() == [
        "000000002",
        "000000001",
        "000000003",
    ]
