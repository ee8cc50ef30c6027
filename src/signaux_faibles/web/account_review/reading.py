"""The accounts that an agent reviews, with their rights, their last sign-in, and what was done to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from signaux_faibles.sources.families import Family
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.rights.accounts import ReviewWhy, decide_review, may_review_accounts
from signaux_faibles.web.rights.agent import Administration, Agent
from signaux_faibles.web.rights.refusals import NAMES
from signaux_faibles.web.rights.unlocks import MOST_UNLOCKS, WATCHED, is_massive
from signaux_faibles.web.territory import department_labels
from signaux_faibles.wording.french import day_label

READ_WITH = ("zone", "habilitations", "unlocks")
LATEST = 30
"""Changes of rights that a sheet shows."""


@dataclass(frozen=True)
class ReviewedAccount:
    """An account as its reviewer reads it; `to_do` is what the review should settle."""

    account: Account
    administration: str
    zone: tuple[str, ...]
    habilitations: tuple[tuple[str, date, bool], ...]
    to_do: tuple[str, ...]

    @classmethod
    def of(cls, account: Account, today: date) -> ReviewedAccount:
        """Read an account; a list of them reads `READ_WITH` at once."""
        labels = department_labels()
        now = timezone.now()
        unlocked = [one.at for one in account.unlocks.all()]
        rights = sorted(account.habilitations.all(), key=lambda one: one.family)
        ended = any(one.until < today for one in rights)
        words = (
            ("Inactif depuis six mois", account.is_active and account.idle(today)),
            ("À revoir", account.is_active and account.due_for_review(today)),
            ("Droits échus", ended),
            (f"Plus de {MOST_UNLOCKS} déverrouillages en {WATCHED.days} jours", is_massive(unlocked, now)),
        )
        codes = sorted(place.departement for place in account.zone.all())
        return cls(
            account=account,
            administration=Administration[account.administration].value,
            zone=tuple(f"{labels.get(code, code)} ({code})" for code in codes),
            habilitations=tuple((NAMES[Family(one.family)], one.until, one.until < today) for one in rights),
            to_do=tuple(word for word, due in words if due),
        )


@dataclass(frozen=True)
class RightsChange:
    """A change of rights: when, by whom, what, in words."""

    at: datetime
    by: str
    what: str


def reviewed_accounts(agent: Agent, today: date) -> list[ReviewedAccount]:
    """The accounts that an agent reviews, those with something to settle first."""
    if not may_review_accounts(agent):
        return []
    rows = Account.objects.prefetch_related(*READ_WITH)
    if not agent.product_administrator:
        rows = rows.filter(administration=agent.administration.name)
    accounts = [ReviewedAccount.of(one, today) for one in rows.order_by("administration", "name", "pk")]
    return sorted(accounts, key=lambda one: (not one.account.is_active, not one.to_do))


def account_in_review(number: int, reviewer: Account, agent: Agent) -> tuple[Account | None, ReviewWhy]:
    """An account, and whether the reviewer reviews it; None where they may not even know that it exists."""
    account = Account.objects.prefetch_related(*READ_WITH).filter(pk=number).first()
    if account is None:
        return None, ReviewWhy.NOT_CORRESPONDENT
    own = account.pk == reviewer.pk
    why = decide_review(agent, Administration[account.administration], own=own)
    return (account if why in (ReviewWhy.CORRESPONDENT, ReviewWhy.PRODUCT, ReviewWhy.OWN) else None), why


def changes_of(account: Account) -> list[RightsChange]:
    """The latest changes of the rights of an account, from the journal."""
    kinds = [EntryKind.RIGHTS.name, EntryKind.WATCHING.name]
    rows = Entry.objects.filter(subject=account.email, kind__in=kinds).order_by("-sequence")[:LATEST]
    return [RightsChange(row.at, row.account, _words(EntryKind[row.kind], json.loads(row.detail))) for row in rows]


def _words(kind: EntryKind, detail: dict[str, Any]) -> str:
    if kind is EntryKind.WATCHING:
        return "Fin de la vue avec ses droits" if "ended" in detail else f"Vue avec ses droits : {detail['motive']}"
    if "reviewed" in detail:
        return "Droits revus et confirmés"
    if "second_factor" in detail:
        return "Second facteur enregistré" if detail["second_factor"] == "enrolled" else "Second facteur oublié"
    if "active" in detail:
        why = f" : {detail['why']}" if detail.get("why") else ""
        return ("Compte rouvert" if detail["active"] else "Compte fermé") + why
    until = day_label(date.fromisoformat(detail["until"]))
    names = ", ".join(NAMES[Family(one)] for one in detail["families"]) or "aucune habilitation"
    return f"Droits donnés : {names}, jusqu’au {until} ; zone {' '.join(detail['zone']) or 'vide'}"
