"""Accounts that owe a second factor, and the codes that an application would show."""

from __future__ import annotations

import time
from binascii import unhexlify
from collections.abc import Callable

from django_otp.oath import TOTP

from signaux_faibles.web.accounts.models import Account


def crp_on_real_data(account: Callable[[str], Account]) -> Account:
    """A CRP whose account is not of the demonstration."""
    one = account("CRP de la zone")
    Account.objects.update(demo=False)
    one.refresh_from_db()
    return one


def code(key: str, steps: int = 0) -> str:
    """The code of a key, so many steps of thirty seconds from now."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"
