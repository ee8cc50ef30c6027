"""The agents who may carry a follow-up, as forms offer them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from signaux_faibles.web.accounts.models import Account


def offered_accounts(departement: str | None, carriers: Iterable[Account]) -> list[Account]:
    """The open accounts of the agents of a department, and those that carry the follow-up already, by name."""
    of_department = Q(is_active=True, product_administrator=False, zone__departement=departement)
    carrying = Q(pk__in=[one.pk for one in carriers])
    return list(Account.objects.filter(of_department | carrying).distinct().order_by("name", "pk"))
