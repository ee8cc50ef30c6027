"""The key of a batch, `AAMM`: the month of its deliveries (import-chain §3.1)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date


def batch_month(key: str) -> date:
    """First day of the month of a batch: 2411 is 2024-11-01.

    Raises:
        ValueError: the key is not four ASCII digits, or its month is not 01 to 12; the message is a French sentence.
    """
    if not re.fullmatch("[0-9]{4}", key):
        raise ValueError(f"Lot « {key} » : la clé d'un lot s'écrit AAMM en quatre chiffres, par exemple 2411.")
    year, month = int(key[:2]), int(key[2:])
    if not 1 <= month <= 12:
        raise ValueError(f"Lot « {key} » : le mois {key[2:]} n'existe pas. La clé d'un lot s'écrit AAMM, de 01 à 12.")
    return date(2000 + year, month, 1)


def delivered_at(key: str) -> date:
    """The day by which what a batch delivered is known: the last of its month.

    Raises:
        ValueError: see `batch_month`.
    """
    month = batch_month(key)
    return month.replace(day=monthrange(month.year, month.month)[1])
