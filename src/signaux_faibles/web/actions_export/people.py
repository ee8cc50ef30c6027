"""Agents in a delivery: a pseudonym and an administration, never a name or an address."""

from __future__ import annotations

from functools import cached_property

from django.utils.crypto import salted_hmac

from signaux_faibles.web.accounts.models import Account

_SALT = "signaux_faibles.actions_export"
_DIGITS = 16


def pseudonym(email: str) -> str:
    """Sixteen hexadecimal digits for an address: the same in every export as long as the secret key is the same."""
    return salted_hmac(_SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:_DIGITS]


class People:
    """The accounts that deliveries name, read once."""

    def agent(self, account: int) -> str:
        """The pseudonym of an account."""
        return pseudonym(self._by_number[account][0])

    def administration(self, account: int) -> str:
        """The administration of an account, today."""
        return self._by_number[account][1]

    def administration_at(self, email: str) -> str:
        """The administration of an address that the journal holds; empty where no account has it any more."""
        return self._by_email.get(email, "")

    @cached_property
    def _by_number(self) -> dict[int, tuple[str, str]]:
        rows = Account.objects.values_list("pk", "email", "administration")
        return {number: (email, administration) for number, email, administration in rows}

    @cached_property
    def _by_email(self) -> dict[str, str]:
        return dict(self._by_number.values())
