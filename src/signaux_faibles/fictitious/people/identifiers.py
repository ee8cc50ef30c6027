"""SIREN and SIRET of invented units: with a valid Luhn key, in ranges where France has no company."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.str_]

COMPANIES = 14_000_000
"""First eight digits of the first employer. INSEE numbers companies from 3 to 9; 1 and 2 belong to public bodies."""
REGISTER = 17_000_000
"""First eight digits of the first unit without employees; at the scale of the country they go up to 69."""
OUTSIDERS = 10_000_000
"""First eight digits of the first company that files accounts but is not in our SIRENE, which is only a part."""
_ROOM = REGISTER - COMPANIES
_STRIDE = 1_299_709  # prime, so that successive units do not follow each other in the files


def siren(rank: npt.NDArray[np.int64]) -> Texts:
    """SIREN of employers by rank, all different.

    Raises:
        ValueError: a rank is beyond the three million numbers kept for employers.
    """
    if rank.size and rank.max() >= _ROOM:
        raise ValueError(f"Au plus {_ROOM} entreprises ont un SIREN dans le pays inventé.")
    body = COMPANIES + rank * _STRIDE % _ROOM
    return (body * 10 + luhn_key(body, 8)).astype(str)


def register_siren(rank: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """SIREN, as numbers of nine digits, of the units of the register that never employ anyone, in increasing order."""
    return _numbered(REGISTER + rank)


def outsider_siren(rank: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """SIREN, as numbers of nine digits, of companies that SIRENE does not hold."""
    return _numbered(OUTSIDERS + rank)


def _numbered(body: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return body * 10 + luhn_key(body, 8)


def nic(siren: Texts, sequence: npt.NDArray[np.int64]) -> Texts:
    """The last five digits of the SIRET of establishment number `sequence` (from 1) of a company."""
    body = siren.astype(np.int64) * 10_000 + sequence
    key = luhn_key(body, 13)
    return np.char.zfill((sequence * 10 + key).astype(str), 5)


def luhn_key(number: npt.NDArray[np.int64], digits: int) -> npt.NDArray[np.int64]:
    """The digit to write after `number` so that the whole satisfies Luhn's rule."""
    total = np.zeros(number.shape, dtype=np.int64)
    rest = number.copy()
    for position in range(digits):
        digit = rest % 10
        rest //= 10
        doubled = digit * 2 if position % 2 == 0 else digit
        total += doubled - 9 * (doubled > 9)
    return (10 - total % 10) % 10
