"""Votes and disputes of a company: written, then read by its page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.database.fixed_query import FixedQuery
from signaux_faibles.web.feedback.models import Dispute, Vote
from signaux_faibles.web.feedback.reasons import UselessReason
from signaux_faibles.web.feedback.subjects import Subject
from signaux_faibles.web.rights.agent import Administration

_WAITING = FixedQuery(lambda siren: Dispute.objects.filter(siren=siren, answer=None).values_list("pk"), "sample")


@dataclass(frozen=True)
class OpenDispute:
    """A dispute without answer, as pages show it: what, since when, from where; not what the agent wrote."""

    subject: Subject
    on: date
    administration: str


def vote_of(account: Account, siren: str, list_number: int) -> Vote | None:
    """The last vote of an account on a company of a list, which is the one that counts."""
    votes = Vote.objects.filter(account=account, siren=siren, list_number=list_number)
    last: Vote | None = votes.order_by("-at", "-pk").first()
    return last


def vote(
    account: Account, siren: str, list_number: int, *, useful: bool, reasons: Sequence[UselessReason], text: str
) -> Vote:
    """Write a vote; an earlier one of the same account stays, and no longer counts."""
    row = Vote(account=account, siren=siren, list_number=list_number, useful=useful, text=text)
    row.reasons = [reason.name for reason in reasons]
    row.save()
    return row


def dispute(account: Account, siren: str, siret: str, subject: Subject, text: str, snapshot: str) -> Dispute:
    """Write that a figure is wrong; it is « contesté » until its source answers.

    The same words sent again before an answer, as by a second click, add no second dispute.
    """
    same: Dispute | None = Dispute.objects.filter(
        account=account, siren=siren, siret=siret, subject=subject.name, text=text, answer=None
    ).first()
    if same is not None:
        return same
    row = Dispute(account=account, siren=siren, siret=siret, subject=subject.name, text=text, snapshot=snapshot)
    row.save()
    return row


def open_disputes(siren: str, siret: str, readable: Collection[Subject]) -> tuple[OpenDispute, ...]:
    """The disputes of a company, or of an establishment, that wait for an answer, of the subjects that may be read."""
    if not _WAITING.rows(siren):  # as for most companies, for which the ORM takes ten times longer to say so
        return ()
    rows = Dispute.objects.filter(siren=siren, answer=None, subject__in=[subject.name for subject in readable])
    if siret:
        rows = rows.filter(siret=siret)
    return tuple(
        OpenDispute(Subject[row.subject], timezone.localdate(row.at), Administration[row.account.administration].value)
        for row in rows.select_related("account").order_by("at", "pk")
    )
