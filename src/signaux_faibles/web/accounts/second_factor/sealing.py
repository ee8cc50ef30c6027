"""Secrets of applications of codes, sealed in the database by a key that is not in it."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"signaux-faibles, second factor"
"""The key of the installation may seal other things one day: each has a key of its own, derived from it."""
BETWEEN = ":"


class Unreadable(Exception):
    """A secret that no key opens, or that was sealed for another account."""


def seal(owner: int, secret: str) -> str:
    """A secret, readable only with a key of the installation, and only as that of its owner."""
    return _keys(settings.SF_SEAL_KEYS).encrypt(f"{owner}{BETWEEN}{secret}".encode()).decode()


def unseal(owner: int, sealed: str) -> str:
    """The secret of an owner.

    Raises:
        Unreadable: no key of the installation opens it, or it was sealed for another owner.
    """
    try:
        whose, _, secret = _keys(settings.SF_SEAL_KEYS).decrypt(sealed.encode()).decode().partition(BETWEEN)
    except InvalidToken as failure:
        raise Unreadable from failure
    if whose != str(owner):
        raise Unreadable
    return secret


def sealed_again(sealed: str, keys: Sequence[str]) -> str:
    """The same secret, sealed by the first of some keys.

    Raises:
        Unreadable: none of them opens it.
    """
    try:
        return _keys(keys).rotate(sealed.encode()).decode()
    except InvalidToken as failure:
        raise Unreadable from failure


def _keys(texts: Sequence[str]) -> MultiFernet:
    """The first seals, any opens."""
    return MultiFernet([Fernet(_derived(one)) for one in texts])


def _derived(text: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(derivation.derive(text.encode()))
