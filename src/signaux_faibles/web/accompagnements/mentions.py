"""Citing a colleague in a comment, by `@` and their signature: whoever is cited may read the text, and is notified."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.reading import ties_to
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import may_read_text

CITED = re.compile(r"(?<![\w.@])@(?P<word>\w[\w'’-]*)")
"""An `@` that begins a word; that of an address stands inside one."""
SHOWN = 8
"""People that are suggested at once."""


@dataclass(frozen=True)
class TextReaders:
    """What decides who may read a text: its network, its follow-up, whether only those who carry it may read it."""

    follow_up: FollowUp
    network: Network
    amicable: bool

    def holds(self, account: Account) -> bool:
        """Whether an account may read it."""
        ties = ties_to(self.follow_up, account)
        return may_read_text(account.agent(), ties, self.network, amicable=self.amicable)


@dataclass(frozen=True)
class Citations:
    """The people that a text cites: those who may read it, and those who may not."""

    readers: tuple[Account, ...]
    others: tuple[Account, ...]


def citations(text: str, circle: TextReaders, author: Account) -> Citations:
    """The people that a text cites, its author left aside; an `@` that names nobody is ordinary text.

    When several people have the same name, those who may read the text are meant.
    """
    readers: dict[int, Account] = {}
    others: dict[int, Account] = {}
    for match in CITED.finditer(text):
        named = [one for one in _named(text[match.start() + 1 :], match["word"]) if one.pk != author.pk]
        reading = [one for one in named if circle.holds(one)]
        readers |= {one.pk: one for one in reading}
        others |= {} if reading else {one.pk: one for one in named}
    return Citations(tuple(readers.values()), tuple(others.values()))


def suggested(typed: str, circle: TextReaders, author: Account) -> list[Account]:
    """The people who may read a text and whose name holds what was typed, by name."""
    of_zone = Q(zone__departement=circle.follow_up.departement) | Q(follow_ups__follow_up=circle.follow_up)
    accounts = _open_accounts().filter(of_zone, name__icontains=typed.strip()).exclude(pk=author.pk).distinct()
    colleagues = []
    for one in accounts.order_by("name", "pk"):
        if circle.holds(one):
            colleagues.append(one)
        if len(colleagues) == SHOWN:
            break
    return colleagues


def refusal(others: Iterable[Account], network: Network) -> str:
    """Why a text that cites people who may not read it is refused."""
    names = ", ".join(one.signature for one in others)
    return (
        f"{names} ne peut pas lire ce texte du réseau {network.value}. Retirez la mention, ou écrivez dans un réseau "
        "ou un accompagnement qui lui est ouvert."
    )


def _open_accounts() -> QuerySet[Account]:
    return Account.objects.filter(is_active=True, product_administrator=False)


def _named(text: str, word: str) -> list[Account]:
    """The accounts whose signature, or else whose whole name, begins a text: the longest one that does."""
    near = list(_open_accounts().filter(name__istartswith=word))
    for spelled in ([(one, one.signature) for one in near], [(one, one.name) for one in near]):
        named = [(one, name) for one, name in spelled if _begins(text, name)]
        if named:
            longest = max(len(name) for _, name in named)
            return [one for one, name in named if len(name) == longest]
    return []


def _begins(text: str, name: str) -> bool:
    """Whether a text begins with a name, as a whole word."""
    rest = text[len(name) : len(name) + 1]
    return text[: len(name)].casefold() == name.casefold() and not (rest.isalnum() and name[-1:].isalnum())
