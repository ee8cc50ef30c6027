"""Names that would make a page read otherwise than it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from harness.tiny_home import ATELIERS, TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.readable import MISLEADING

NAME = "ATELIERS\u202eDU\x1b[31m LIMOUSIN\u2066\x07"


def test_a_misleading_name_is_shown_by_its_numbers(
    signed_in: Callable[[str], Client], settings: Settings, tmp_path: Path
) -> None:
    TinyHome(tmp_path).publish("2610-a", renamed={ATELIERS.siren: NAME})
    settings.SF_HOME = Home(tmp_path)
    for address in (f"/entreprises/{ATELIERS.siren}", "/recherche?q=ateliers"):
        page = signed_in("CRP de la zone").get(address).content.decode()
        assert "ATELIERS&lt;U+202E&gt;DU&lt;U+001B&gt;[31m LIMOUSIN&lt;U+2066&gt;&lt;U+0007&gt;" in page
        assert not MISLEADING.search(page)


@pytest.mark.parametrize("address", ["/recherche?q=%E2%80%AEabc", "/listes?scope=%E2%80%AEabc", "/connexion?next=%1b"])
def test_what_is_typed_is_shown_by_its_numbers_too(signed_in: Callable[[str], Client], address: str) -> None:
    assert not MISLEADING.search(signed_in("CRP de la zone").get(address).content.decode())


def test_french_text_is_left_as_it_is() -> None:
    assert not MISLEADING.search("« Éléonore » : 12\u202f340\u00a0€ – l’œuvre\n\t<p>")
