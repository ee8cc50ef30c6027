"""What answers a filter, and what answers the Back button, which also asks through the script of fragments."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS

Session = Callable[[str], Client]
ASKED = {
    "a browser": ({}, True),
    "a filter": ({"HX-Request": "true"}, False),
    "the Back button": ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, True),
}


@pytest.mark.parametrize(("headers", "whole"), ASKED.values(), ids=ASKED)
def test_only_a_filter_is_answered_with_a_fragment(signed_in: Session, headers: dict[str, str], whole: bool) -> None:
    answer = signed_in("CRP de la zone").get("/listes?level=elevee", headers=headers)
    page = answer.content.decode()
    assert ATELIERS.name in page
    assert ("<html" in page, "Données fictives" in page) == (whole, whole)
    assert "HX-Request" in answer["Vary"]
