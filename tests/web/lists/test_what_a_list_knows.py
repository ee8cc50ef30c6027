"""What a list cannot know, or says of all its companies alike, is not given as a fact about one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, TinyHome
from signaux_faibles.home.home import Home

Session = Callable[[str], Client]
OTHERS = [f"9000000{n:02}" for n in range(10)]


def rewrite(file: Path, change: Callable[[list[dict[str, object]]], list[dict[str, object]]]) -> None:
    """Write a file of a list again, with its rows changed."""
    rows = pq.read_table(file)
    pq.write_table(pa.Table.from_pylist(change(rows.to_pylist()), schema=rows.schema), file)


@pytest.fixture
def october(settings: Settings, tmp_path: Path) -> Path:
    """The folder of the only list of a home."""
    home = TinyHome(tmp_path)
    home.publish("2610-a")
    settings.SF_HOME = Home(tmp_path)
    return home.write_list(1, "Octobre 2026", date(2026, 10, 1))


def test_without_an_earlier_list_the_filter_of_first_alerts_is_off_and_says_why(
    signed_in: Session, october: Path
) -> None:
    rewrite(october / "entries.parquet", lambda rows: [row | {"first_alert": None} for row in rows])
    page = signed_in("CRP de la zone").get("/listes?first_alert=on").content.decode()
    assert "4 entreprises en alerte" in page
    assert "Le filtre des premières alertes n’est pas appliqué." in page
    assert re.search(r'<input type="checkbox" name="first_alert"[^>]*disabled', page)
    assert page.count("Aucune liste publiée dans les dix-huit mois précédents") == 2


def test_an_effect_that_all_alerts_share_is_no_reason_for_one_of_them(signed_in: Session, october: Path) -> None:
    """The headcount falls for the Ateliers alone; a delay that all share would have coloured the same theme."""

    def add_delay(rows: list[dict[str, object]]) -> list[dict[str, object]]:
        trend = next(row for row in rows if row["variable"] == "headcount_trend")
        delay = trend | {"variable": "retard", "label": "Mois sans effectif déclaré", "contribution": 0.223}
        kept = [row for row in rows if row is not trend]
        return [*kept, *(delay | {"siren": siren} for siren in [ATELIERS.siren, *OTHERS])]

    rewrite(october / "reasons.parquet", add_delay)
    page = signed_in("CRP de la zone").get(f"/entreprises/{ATELIERS.siren}").content.decode()
    themes = re.findall(r'<h4 class="fr-h6">([^<]*)</h4>', page)
    assert themes == ["Dettes sociales", "Santé financière"]
    assert "Sans effet propre à cette entreprise" in page
    assert "Mois sans effectif déclaré (−20" in page


def test_a_slight_effect_of_the_usual_value_of_the_sector_is_no_reason(signed_in: Session, october: Path) -> None:
    """No hours of activité partielle, where most companies have none; a heavier effect of the same value stays."""

    def add_hours(rows: list[dict[str, object]]) -> list[dict[str, object]]:
        trend = next(row for row in rows if row["variable"] == "headcount_trend")
        nothing = {"value": 0.0, "text": "0", "sector_median": 0.0}
        hours = trend | nothing | {"theme": "Activité partielle", "variable": "ap_mois_12", "label": "Mois d’activité"}
        owed = trend | nothing | {"theme": "Dettes sociales", "variable": "part_ouvriere", "label": "Part salariale"}
        return [*rows, hours | {"contribution": 0.2}, owed | {"contribution": -0.4}]

    rewrite(october / "reasons.parquet", add_hours)
    page = signed_in("CRP de la zone").get(f"/entreprises/{ATELIERS.siren}").content.decode()
    assert "Activité partielle" not in re.findall(r'<h4 class="fr-h6">([^<]*)</h4>', page)
    idle = page[page.index("Sans effet propre à cette entreprise") :].partition("</p>")[0]
    assert "Mois d’activité (0)" in idle
    assert "Part salariale" not in idle
