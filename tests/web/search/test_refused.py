"""The page of results when a search is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a " * 1900, "La recherche est limitée à 100 caractères : raccourcissez la vôtre."),
        ("ab cd ef gh ij kl mn op qr st uv wx yz", "La recherche est limitée à 12 mots différents : retirez-en."),
    ],
)
def test_a_search_that_costs_too_much_is_refused_in_a_sentence(
    signed_in: Callable[[str], Client], text: str, sentence: str
) -> None:
    answer = signed_in("CRP de la zone").get("/recherche", {"q": text})
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (200, True)
    assert f'value="{text.strip()[:100]}"' in page
    assert "fr-alert--error" in page
