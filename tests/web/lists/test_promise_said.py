"""The promise of a list on its pages: made, kept, broken, withdrawn, and what became of its alerts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from harness.promised_list import CERTAIN, MADE, MOVED, write_promised_list

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP = "CRP de la zone"
EARLIER, OLD, NEW = date(2025, 1, 1), date(2025, 6, 1), date(2026, 10, 1)
SAID: dict[str, tuple[date, Mapping[str, Any], Any, int, str]] = {
    "not judged yet": (NEW, MADE, CERTAIN, 0, "Elle sera jugée quand les procédures des 6 mois"),
    "kept": (OLD, MADE, CERTAIN, 20, "Tenue jusqu’ici : 20 procédures ouvertes en 12 mois, il en fallait au moins 8."),
    "kept to the end": (
        EARLIER,
        MADE,
        CERTAIN,
        20,
        "Tenue : 20 procédures ouvertes en 18 mois, il en fallait au moins 20.",
    ),
    "one too few": (EARLIER, MADE, CERTAIN, 19, "Promesse rompue, donc retirée : 19 procédures ouvertes en 18 mois"),
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
    settings.SF_HOME = write_promised_list(tmp_path, month, promise, level, failed=failed)
    client = signed_in(CRP)
    pages = [client.get(address).content.decode() for address in ("/listes/2", "/listes/2/fiche")]
    for page in pages:
        assert words in page.replace("\u00a0", " ").replace("\u202f", " ")
    made = "au moins 1 entreprise sur 4 entrera en procédure collective dans les 18 mois"
    assert all((made in page) is (promise["withheld"] is None) for page in pages)


def test_the_card_says_what_became_of_the_alerts(signed_in: SignedIn, settings: Settings, tmp_path: Path) -> None:
    settings.SF_HOME = write_promised_list(tmp_path, OLD, MADE, CERTAIN, failed=20)
    page = signed_in(CRP).get("/listes/2/fiche").content.decode()
    assert "Ce que ses alertes sont devenues" in page
    assert "20 entreprises sont entrées en procédure en 14 mois, sur 80." in page


def test_a_new_list_has_no_outcome_yet(signed_in: SignedIn, settings: Settings, tmp_path: Path) -> None:
    settings.SF_HOME = write_promised_list(tmp_path, NEW, MADE, CERTAIN, failed=0)
    assert "sont devenues" not in signed_in(CRP).get("/listes/2/fiche").content.decode()
