"""A pasted list: one row per identifier, with what became of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, BRETONNE, FORGOTTEN, MASKED
from signaux_faibles.web.search.identifier_list import MOST_IDENTIFIERS, ListRefused, RowState, cells_of

Session = Callable[[str], Client]
ADDRESS = "/recherche/identifiants"
CELLS = {
    "one per line": ("811111111\n833333333", ["811111111", "833333333"]),
    "a column with its heading": ("Siren\n811111111\n", ["811111111"]),
    "cells of a spreadsheet": ("811111111\tATELIERS\n833333333\tMECANIQUE", ["811111111", "833333333"]),
    "semicolons and commas": ("811111111;833333333,822222222", ["811111111", "833333333", "822222222"]),
    "several on a line": ("811111111 833333333", ["811111111", "833333333"]),
    "what is no identifier": ("811111111\n1234", ["811111111", "1234"]),
    "nothing": ("\n ; ", []),
}


@pytest.mark.parametrize(("text", "cells"), CELLS.values(), ids=CELLS.keys())
def test_a_list_is_cut_into_cells(text: str, cells: list[str]) -> None:
    assert [typed for typed, _ in cells_of(text)] == cells


def test_a_list_is_bounded() -> None:
    assert len(cells_of("811111111\n" * MOST_IDENTIFIERS)) == MOST_IDENTIFIERS
    with pytest.raises(ListRefused, match="limitée à 500 identifiants"):
        cells_of("811111111\n" * (MOST_IDENTIFIERS + 1))
    with pytest.raises(ListRefused):
        cells_of("x" * 100_000)


STATES = {
    "a company": (ATELIERS.siren, RowState.COMPANY),
    "a closed company that the index leaves out": (FORGOTTEN.siren, RowState.COMPANY),
    "a masked company": (MASKED.siren, RowState.COMPANY),
    "an establishment": (f"{ATELIERS.siren}00010", RowState.ESTABLISHMENT),
    "an unknown establishment of a known company": (f"{ATELIERS.siren}99999", RowState.COMPANY_ONLY),
    "a VAT number": (f"FR12{ATELIERS.siren}", RowState.COMPANY),
    "an unknown siren whose key is right": ("732829320", RowState.UNKNOWN),
    "an unknown siren whose key is wrong": ("123456789", RowState.WRONG_KEY),
    "eight digits": ("12345678", RowState.MALFORMED),
}


@pytest.mark.parametrize(("typed", "state"), STATES.values(), ids=STATES.keys())
def test_a_row_says_what_became_of_it(signed_in: Session, typed: str, state: RowState) -> None:
    answer = signed_in("CRP de la zone").post(ADDRESS, {"identifiers": typed})
    assert [(row.typed, row.state) for row in answer.context["listed"].rows] == [(typed, state)]
    assert state.value in answer.content.decode()


def test_what_is_repeated_is_said(signed_in: Session) -> None:
    pasted = {"identifiers": f"{ATELIERS.siren}\n811 111 111"}
    assert "2 lignes lues, 1 trouvée, 1 répétée" in signed_in("CRP de la zone").post(ADDRESS, pasted).content.decode()


@pytest.mark.parametrize(
    ("kind", "levels"),
    [
        ("CRP de la zone", ["Alerte élevée", None]),
        ("Urssaf sans détection", [None, None]),
        ("CRP d'une autre zone", [None, None]),
        ("habilitations échues", [None, None]),
    ],
)
def test_a_level_is_shown_to_who_may_read_it(signed_in: Session, kind: str, levels: list[str | None]) -> None:
    answer = signed_in(kind).post(ADDRESS, {"identifiers": f"{ATELIERS.siren}\n{BRETONNE.siren}"})
    rows = answer.context["listed"].rows
    assert [row.hit.level.label if row.hit.level else None for row in rows] == levels
    assert answer.content.decode().count("fr-badge--error") == sum(level is not None for level in levels)


def test_a_list_that_is_too_long_is_refused_and_kept(signed_in: Session) -> None:
    answer = signed_in("CRP de la zone").post(ADDRESS, {"identifiers": "811111111\n" * 501})
    assert answer.status_code == 422
    assert "limitée à 500 identifiants" in answer.content.decode()
