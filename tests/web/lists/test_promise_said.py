"""The promise of a list on its pages: made, kept, broken, withdrawn, and what became of its alerts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import TinyHome
from signaux_faibles.home.home import Home

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP = "CRP de la zone"
MADE = {
    "one_in": 4, "withheld": None, "confidence": 0.9, "companies": 312, "events": 97,
    "pace": {"6": 0.3, "12": 0.6, "18": 1.0},
}  # fmt: skip
CERTAIN = {"moved": 1.02, "certain": True, "bound": 0.15}
MOVED = {"moved": 1.4, "certain": False, "bound": 0.15}


def chosen_list(
    path: Path, settings: Settings, month: date, promise: Mapping[str, Any], level: Any, high: int, failed: int
) -> None:
    """A list with as many high alerts, of which some entered a procedure three months later."""
    home = TinyHome(path)

    def judged(tables: Path) -> None:
        file = tables / "procedures_chronology.parquet"
        known = pq.read_table(file)
        day = date(month.year + (month.month + 2) // 12, (month.month + 2) % 12 + 1, 9)
        rows = [
            dict.fromkeys(known.column_names)
            | {
                "siren": f"7{number:08d}",
                "date_effet": day,
                "stade_procol": "ouverture",
                "action_procol": "liquidation",
            }
            for number in range(failed)
        ]
        pq.write_table(pa.concat_tables([known, pa.Table.from_pylist(rows, schema=known.schema)]), file)

    home.publish("2610-a", altered=judged)
    folder = home.write_list(2, "Ancienne", month)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card |= {"promise": promise, "level": level, "model": "x", "counts": {}}
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    entries = pq.read_table(folder / "entries.parquet").slice(0, 1).to_pylist()[0]
    rows = [entries | {"siren": f"7{number:08d}", "rank": number + 1, "level": "elevee"} for number in range(high)]
    schema = pq.read_table(folder / "entries.parquet").schema
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "entries.parquet")
    settings.SF_HOME = Home(path)


OLD, NEW = date(2025, 6, 1), date(2026, 10, 1)
SAID: dict[str, tuple[date, Mapping[str, Any], Any, int, str]] = {
    "not judged yet": (NEW, MADE, CERTAIN, 0, "Elle sera jugée quand les procédures des 6 mois"),
    "kept": (OLD, MADE, CERTAIN, 20, "Tenue jusqu’ici : 20 procédures ouvertes en 12 mois, il en fallait au moins 6."),
    "broken": (OLD, MADE, CERTAIN, 0, "Promesse rompue, donc retirée : 0 procédure ouverte en 6 mois"),
    "the regime moved": (OLD, MADE, MOVED, 20, "Promesse retirée : le rythme connu des défaillances a changé (+40"),
    "withheld": (OLD, MADE | {"one_in": None, "withheld": "regime"}, MOVED, 0, "Aucune promesse : le rythme"),
}


@pytest.mark.parametrize(("month", "promise", "level", "failed", "words"), SAID.values(), ids=SAID)
def test_the_list_and_its_card_say_the_promise_and_what_became_of_it(
    signed_in: SignedIn,
    settings: Settings,
    tmp_path: Path,
    month: date,
    promise: Mapping[str, Any],
    level: Any,
    failed: int,
    words: str,
) -> None:
    chosen_list(tmp_path, settings, month, promise, level, 80, failed)
    client = signed_in(CRP)
    pages = [client.get(address).content.decode() for address in ("/listes/2", "/listes/2/fiche")]
    for page in pages:
        assert words in page.replace("\u00a0", " ").replace("\u202f", " ")
    made = "au moins 1 entreprise sur 4 entrera en procédure collective dans les 18 mois"
    assert all((made in page) is (promise["withheld"] is None) for page in pages)


def test_the_card_says_what_became_of_the_alerts(signed_in: SignedIn, settings: Settings, tmp_path: Path) -> None:
    chosen_list(tmp_path, settings, OLD, MADE, CERTAIN, 80, 20)
    page = signed_in(CRP).get("/listes/2/fiche").content.decode()
    assert "Ce que ses alertes sont devenues" in page
    assert "20 entreprises sont entrées en procédure en 14 mois, sur 80." in page


def test_a_new_list_has_no_outcome_yet(signed_in: SignedIn, settings: Settings, tmp_path: Path) -> None:
    chosen_list(tmp_path, settings, NEW, MADE, CERTAIN, 80, 0)
    assert "sont devenues" not in signed_in(CRP).get("/listes/2/fiche").content.decode()
