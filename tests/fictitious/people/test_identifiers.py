"""SIREN and SIRET of the invented country obey Luhn's rule and are all different."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.fictitious.people import identifiers

ranks = st.lists(st.integers(0, 2_999_999), min_size=1, max_size=20, unique=True)


def is_luhn(text: str) -> bool:
    """Luhn's rule, written as its definition says."""
    doubled = [int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(text))]
    return sum(sum(map(int, str(digit))) for digit in doubled) % 10 == 0


@given(ranks)
def test_siren_are_valid_and_different(some: list[int]) -> None:
    siren = identifiers.siren(np.array(some)).tolist()
    assert all(len(text) == 9 and is_luhn(text) for text in siren)
    assert len(set(siren)) == len(some)


@given(ranks, st.integers(1, 9_999))
def test_siret_are_valid(some: list[int], sequence: int) -> None:
    siren = identifiers.siren(np.array(some))
    nic = identifiers.nic(siren, np.full(len(some), sequence))
    assert all(len(n) == 5 and is_luhn(s + n) for s, n in zip(siren.tolist(), nic.tolist(), strict=True))


@given(ranks)
def test_employers_and_the_rest_of_the_register_never_share_a_siren(some: list[int]) -> None:
    first = identifiers.register_siren(np.array([0])).tolist()[0]
    assert is_luhn(str(first))
    assert all(int(text) < first for text in identifiers.siren(np.array(some)).tolist())


def test_too_many_employers_are_refused() -> None:
    with pytest.raises(ValueError, match="3000000"):
        identifiers.siren(np.array([3_000_000]))
