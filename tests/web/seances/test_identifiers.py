"""Sirens and sirets as they are pasted from a spreadsheet, a mail or a register."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, HEALTHY, MASKED
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.shelf import Shelf
from signaux_faibles.web.seances.identifiers import found_in, pasted


@pytest.mark.parametrize(
    ("text", "identifiers", "others"),
    [
        ("811111111", "811111111", ""),
        ("811 111 111", "811111111", ""),
        ("811\u00a0111\u00a0111\u00a000010", "81111111100010", ""),
        ("811111111 822222222", "811111111 822222222", ""),
        ("811 111 111\n822 222 222 00010", "811111111 82222222200010", ""),
        ("811111111;822222222,811111111", "811111111 822222222", ""),
        ("1. Ateliers (811.111.111)", "811111111", "1"),
        ("81111111", "", "81111111"),
        ("8111111110001", "", "8111111110001"),
        ("aucun", "", ""),
    ],
)  # fmt: skip
def test_a_pasted_text(text: str, identifiers: str, others: str) -> None:
    read = pasted(text)
    assert " ".join(read.identifiers) == identifiers
    assert " ".join(read.others) == others


SIREN = st.from_regex(r"[1-9][0-9]{8}", fullmatch=True)
SIRET = st.from_regex(r"[1-9][0-9]{13}", fullmatch=True)


@given(st.lists(SIREN | SIRET, min_size=1, unique=True), st.sampled_from(["\n", ";", ", ", "\r\n", "\t|\t"]))
def test_no_identifier_is_lost_whatever_separates_them(held: list[str], between: str) -> None:
    read = pasted(between.join(held))
    assert read.identifiers == tuple(held)
    assert read.others == ()


@pytest.mark.parametrize(
    ("typed", "sirets", "elsewhere"),
    [
        (f"{ATELIERS.siren}", f"{ATELIERS.siren}00010", ""),
        (f"{CEVENOL.siren}", f"{CEVENOL.siren}00020", ""),  # its head office is in another department
        (f"{HEALTHY.siren}00010 {MASKED.siren}", f"{HEALTHY.siren}00010 {MASKED.siren}00010", ""),
        (f"{ATELIERS.siren} {ATELIERS.siren}00010", f"{ATELIERS.siren}00010", ""),
        (f"{BRETONNE.siren}", "", f"{BRETONNE.siren}"),
        (f"{CEVENOL.siren}00010", "", f"{CEVENOL.siren}00010"),
        ("000000000", "", "000000000"),
    ],
)
def test_the_establishments_of_the_department(shared_home: Home, typed: str, sirets: str, elsewhere: str) -> None:
    with Shelf(shared_home).pinned() as snapshot:
        found = found_in(snapshot, typed.split(), "87")
    assert " ".join(found.sirets) == sirets
    assert " ".join(found.elsewhere) == elsewhere
