"""The people of the demonstration, as its commands act for them."""

from __future__ import annotations

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.request import today

CODEFI, CRP, DDETS, URSSAF = (f"{name}@demo.example" for name in ("codefi", "crp", "ddets", "urssaf"))
"""Their addresses, by which `demonstration_people` finds them."""


def demonstration_people() -> dict[str, Actor]:
    """Who acts in the demonstration, by address, with the rights of today."""
    return {one.email: Actor(one, one.agent(), today()) for one in Account.objects.filter(demo=True)}
