"""The identifiers that a text holds, and their keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.snapshot.search.identifiers import Identifier, IdentifierKind, identifiers, luhn, miscounted

FOUND = {
    "a siren": ("152092268", ["152092268"]),
    "a siren with spaces": ("152 092 268", ["152092268"]),
    "a siren with no-break spaces": ("152\u00a0092\u202f268", ["152092268"]),
    "a siren with dots": ("152.092.268", ["152092268"]),
    "a siren, digit by digit": ("1 5 2 0 9 2 2 6 8", ["152092268"]),
    "a siret": ("152 092 268 00012", ["15209226800012"]),
    "a siren after its name": ("siren 152092268", ["152092268"]),
    "a siren between words": ("SARL Auberge (152 092 268)", ["152092268"]),
    "a registration": ("RCS Paris 152 092 268", ["152092268"]),
    "a VAT number": ("FR12152092268", ["152092268"]),
    "a VAT number with spaces": ("fr 12 152 092 268", ["152092268"]),
    "a VAT number with letters in its key": ("FRX9152092268", ["152092268"]),
    "two sirens": ("152092268, 811 111 111", ["152092268", "811111111"]),
    "one siren twice": ("152092268 152092268", ["152092268"]),
    "a postcode and a siren": ("87000 152092268", ["152092268"]),
    "eight digits": ("15209226", []),
    "ten digits": ("1520922680", []),
    "a telephone number": ("05 55 12 34 56", []),
    "words": ("garage 2000", []),
}


@pytest.mark.parametrize(("text", "digits"), FOUND.values(), ids=FOUND.keys())
def test_identifiers_are_found_inside_a_text(text: str, digits: list[str]) -> None:
    assert [one.digits for one in identifiers(text)] == digits


KEYS = {
    "a true siren": (Identifier(IdentifierKind.SIREN, "732829320"), True),
    "a digit changed": (Identifier(IdentifierKind.SIREN, "732829321"), False),
    "a true siret": (Identifier(IdentifierKind.SIRET, "73282932000074"), True),
    "a siret of La Poste, whose digits add up to a multiple of five": (
        Identifier(IdentifierKind.SIRET, "35600000049837"),
        True,
    ),
    "another siret of La Poste": (Identifier(IdentifierKind.SIRET, "35600000049838"), False),
}


@pytest.mark.parametrize(("one", "right"), KEYS.values(), ids=KEYS.keys())
def test_the_key_of_an_identifier(one: Identifier, right: bool) -> None:
    assert one.key_is_right is right


@given(number=st.integers(0, 10**8 - 1))
def test_one_last_digit_alone_satisfies_the_formula(number: int) -> None:
    assert sum(luhn(f"{number:08}{last}") for last in range(10)) == 1


MISCOUNTED = {
    "1582126130002": 13,
    "158 212 613 000 260": 15,
    "158212613": 0,
    "15821261300026": 0,
    "87000": 0,
    "3 suisses": 0,
}


@pytest.mark.parametrize(("text", "digits"), MISCOUNTED.items())
def test_a_number_with_too_many_digits_is_counted(text: str, digits: int) -> None:
    assert miscounted(text) == digits
