"""What is held of companies is found by a whole siren."""

from __future__ import annotations

import pytest

from signaux_faibles.snapshot.by_siren import BySiren

HELD = BySiren.of([("100000001", ("Alerte", None)), ("100000002", None), ("100000003", ("Alerte", None))])
CASES = {
    "100000001": ("Alerte", None),
    "100000003": ("Alerte", None),
    "100000002": None,
    "100000000": None,
    "999999999": None,
    "10000000": None,
    "1000000010": None,
    "": None,
    "é": None,
}


@pytest.mark.parametrize(("siren", "known"), CASES.items())
def test_what_is_known_of_a_company(siren: str, known: object) -> None:
    assert HELD.get(siren) == known


def test_what_repeats_is_held_once() -> None:
    assert HELD.values == (("Alerte", None), None)


def test_nothing_is_known_of_anybody() -> None:
    assert BySiren[str].of([]).get("100000001") is None
