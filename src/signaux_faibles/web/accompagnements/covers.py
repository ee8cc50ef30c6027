"""Covering a colleague who is away: for some days, another agent gets the news of their follow-ups and acts on them.

A cover ends by itself on its last day, and may be ended before. It opens follow-ups of the zone of whoever covers.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from signaux_faibles.web.accompagnements.models import Cover, CoverEnd
from signaux_faibles.web.accounts.models import Account

LONGEST_COVER = 183
"""Days: an absence of more than half a year is a portfolio to hand over."""


class CoverRefused(Exception):
    """The cover cannot be written; the message is a sentence."""


def covered_accounts(account: Account) -> dict[int, datetime]:
    """The accounts that an account covers today, each with the moment since when; read once per request."""
    today = timezone.localdate()
    covers: tuple[date, dict[int, datetime]] | None = account.__dict__.get("_covered")
    if covers is None or covers[0] != today:
        covers = today, {one.account_id: _moment(one.first) for one in covers_on(today).filter(by=account)}
        account.__dict__["_covered"] = covers
    return covers[1]


def zone_of(account: Account) -> frozenset[str]:
    """The departments of an account, read once per request."""
    if "_zone" not in account.__dict__:
        account.__dict__["_zone"] = frozenset(account.zone.values_list("departement", flat=True))
    zone: frozenset[str] = account.__dict__["_zone"]
    return zone


def covers_on(day: date) -> QuerySet[Cover]:
    """The covers of a day that were not ended."""
    return Cover.objects.filter(first__lte=day, last__gte=day, end=None).order_by("pk")


def covers_of(accounts: Collection[int], day: date) -> dict[int, list[Cover]]:
    """By account, who covers it on a day."""
    covers: dict[int, list[Cover]] = {}
    for one in covers_on(day).filter(account__in=accounts, by__is_active=True).select_related("by"):
        covers.setdefault(one.account_id, []).append(one)
    return covers


def planned_covers(account: Account, today: date) -> QuerySet[Cover]:
    """The covers of an account that run or are to come, by first day."""
    covers = Cover.objects.filter(account=account, last__gte=today, end=None)
    return covers.select_related("by").order_by("first", "pk")


def cover(account: Account, by: Account, first: date, last: date, today: date) -> Cover:
    """Say who covers an account, from a day to another.

    Raises:
        CoverRefused: the days are in the past, in the wrong order, too long, or whoever covers is the account itself.
    """
    if by.pk == account.pk:
        raise CoverRefused("On ne se remplace pas soi-même.")
    if last < first:
        raise CoverRefused("Le dernier jour précède le premier.")
    if last < today:
        raise CoverRefused("Ces jours sont déjà passés.")
    if (last - first).days > LONGEST_COVER:
        raise CoverRefused("Plus de six mois : transférez plutôt votre portefeuille.")
    row = Cover(account=account, by=by, first=first, last=last)
    row.save()
    return row


@transaction.atomic
def end_cover(account: Account, number: int) -> None:
    """End a cover of one's own at once; one that has ended, or belongs to somebody else, stays as it is."""
    ended_cover = Cover.objects.filter(pk=number, account=account, end=None).first()
    if ended_cover is not None:
        CoverEnd(cover=ended_cover, author=account).save()


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
