"""Unlocking a company, and what an account has unlocked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from signaux_faibles.web.accompagnements.reading import followed_in_zone
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.database.fixed_query import FixedQuery
from signaux_faibles.web.journal.author import Author
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.writing import record
from signaux_faibles.web.rights.agent import CompanyTies
from signaux_faibles.web.rights.unlocks import WATCHED, Motive, is_massive, last_day
from signaux_faibles.web.unlocking.models import Unlock
from signaux_faibles.web.unlocking.unlock_log import alert_correspondent, record_unlock

_LIVE = FixedQuery(
    lambda account, today: (
        Unlock.objects.filter(account=account, until__gte=today).order_by("until").values_list("siren", "until")
    ),
    10**9,
    date(2000, 1, 1),
)


@dataclass(frozen=True)
class TiesOf:
    """From a siren and the departments of its active establishments, what ties the company to an agent.

    Attributes:
        unlocked: the companies that the agent unlocked, each with the last day.
        followed: those whose open follow-up the agent carries, in their zone.
    """

    unlocked: Mapping[str, date]
    followed: frozenset[str]

    def __call__(self, siren: str, active_departments: frozenset[str]) -> CompanyTies:
        """The ties of a company."""
        return CompanyTies(active_departments, siren in self.followed, self.unlocked.get(siren))

    @property
    def personal(self) -> frozenset[str]:
        """The companies that are tied to the agent by more than their departments."""
        return self.followed | self.unlocked.keys()


@transaction.atomic
def unlock(account: Account, siren: str, motive: Motive, text: str, author: Author | None = None) -> Unlock:
    """Write an unlock that opens from today, in the journal too; log it, and alert when there are too many.

    `author` is who the journal names, by default the account outside any session. Log: docs/deployment.md.
    """
    row = Unlock(account=account, siren=siren, motive=motive.name, text=text, until=last_day(timezone.localdate()))
    row.save()
    now = timezone.now()
    moments = list(Unlock.objects.filter(account=account, at__gt=now - WATCHED).values_list("at", flat=True))
    detail = {"motive": motive.name, "text": text, "until": row.until.isoformat()}
    record(EntryKind.UNLOCK, siren, by=author or Author(account.email, account.administration), detail=detail)
    record_unlock(account.email, account.administration, motive.name)
    if is_massive(moments, now):
        alert_correspondent(account.email, account.administration, len(moments))
    return row


def live_unlocks(account: Account, today: date) -> dict[str, date]:
    """The companies that an account has unlocked, each with the last day of its latest unlock."""
    return dict(_LIVE.rows(account.pk, today))


def ties_of(account: Account, zone: frozenset[str], today: date) -> TiesOf:
    """The ties of companies to an account, whose unlocks and follow-ups are read once."""
    return TiesOf(live_unlocks(account, today), followed_in_zone(account, zone))
