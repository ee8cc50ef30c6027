"""The filter « Nom ou siren » of a list searches as the whole register does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, Invented

TEXTS = {
    "words in another order": ("limou atel", ATELIERS),
    "a letter wrong": ("eleonroe", ELEONORE),
    "a sign": ("le pain d'or", ELEONORE),
    "a siret": (f"{ATELIERS.siren} 00010", ATELIERS),
    "a VAT number": (f"FR12{ATELIERS.siren}", ATELIERS),
}


@pytest.mark.parametrize(("text", "company"), TEXTS.values(), ids=TEXTS.keys())
def test_a_text_finds_in_a_list(signed_in: Callable[[str], Client], text: str, company: Invented) -> None:
    page = signed_in("CRP de la zone").get("/listes", {"text": text}).content.decode()
    assert [one for one in (ATELIERS, CEVENOL, ELEONORE) if one.name in page] == [company]


def test_a_text_that_would_cost_too_much_is_refused(signed_in: Callable[[str], Client]) -> None:
    words = "ab cd ef gh ij kl mn op qr st uv wx yz"
    page = signed_in("CRP de la zone").get("/listes", {"text": words}).content.decode()
    assert "Un filtre est refusé" in page
    assert "limitée à 12 mots différents" in page
