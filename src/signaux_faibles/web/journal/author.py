"""Who an entry of the journal is of: an account, in a session that has a purpose."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.session_purpose import purpose_of
from signaux_faibles.web.rights.purposes import Purpose


@dataclass(frozen=True)
class Author:
    """Who reads or acts.

    Attributes:
        account: the address of the account, or words for whoever is not one.
        administration: its name in `Administration`.
        purpose: that of the session; None outside any.
        seen_as: the address of the colleague with whose rights they see; empty for their own.
    """

    account: str
    administration: str = ""
    purpose: Purpose | None = None
    seen_as: str = ""

    @classmethod
    def of(cls, account: Account, request: HttpRequest) -> Author:
        """The author of a request."""
        watched = getattr(request, "watched", None)
        seen_as = watched.account.email if watched else ""
        return cls(account.email, account.administration, purpose_of(request), seen_as)

    @property
    def said(self) -> dict[str, object]:
        """What the detail of an entry says of its author."""
        purpose = {"purpose": self.purpose.name} if self.purpose else {}
        return {**purpose, "seen_as": self.seen_as} if self.seen_as else {**purpose}


OPERATOR = Author("ligne de commande")
"""Who acts when nobody is signed in."""
