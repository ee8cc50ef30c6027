"""What pages record before they are sent: readings of protected families, exports, the alerts that were shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from signaux_faibles.detection.levels import Level
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.models import Entry, Exposure
from signaux_faibles.web.journal.writing import record
from signaux_faibles.web.rights.decide import ReadingVerdict


@dataclass(frozen=True)
class Shown:
    """An alert that a page shows."""

    siren: str
    rank: int
    level: Level


def record_reading(
    reader: Reader,
    subject: str,
    families: Iterable[Family],
    *,
    kind: EntryKind = EntryKind.READING,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Record that protected families are about to be shown, or to leave in a file; nothing where there are none."""
    protected = [family for family in families if family is not Family.OPEN]
    if protected:
        record(kind, subject, by=reader.author, families=protected, detail=detail)


def record_page(
    reader: Reader,
    subject: str,
    ask: Callable[[Family], ReadingVerdict],
    families: Iterable[Family],
    *,
    snapshot: str,
    kind: EntryKind = EntryKind.READING,
) -> None:
    """Record that the page of a company or of an establishment is about to be shown, with why each family is open."""
    reasons = opened(ask, families)
    reasons_by_family = {family.value: reason for family, reason in reasons.items()}
    record_reading(reader, subject, reasons, kind=kind, detail={"snapshot": snapshot, "reasons": reasons_by_family})


def opened(ask: Callable[[Family], ReadingVerdict], families: Iterable[Family]) -> dict[Family, str]:
    """The protected families that are open to a reader, each with the reason why."""
    decisions = {family: ask(family) for family in families}
    return {family: one.why.name for family, one in decisions.items() if one.allowed and family is not Family.OPEN}


def companies_read(account: str, sirens: Collection[str]) -> frozenset[str]:
    """Those of these companies whose page an account read, with something protected on it."""
    entries = Entry.objects.filter(account=account, kind=EntryKind.READING.name, subject__in=sirens)
    return frozenset(entries.values_list("subject", flat=True))


def record_exposures(reader: Reader, list_number: int, snapshot: str, shown_alerts: Iterable[Shown]) -> None:
    """Record the alerts that a reader is shown; the first time of each is the one that stays."""
    asked = {"account": reader.account.email, "list_number": list_number, "snapshot": snapshot}
    alerts = {one.siren: one for one in shown_alerts}
    already = set(Exposure.objects.filter(**asked, siren__in=alerts).values_list("siren", flat=True))
    rows = [
        Exposure(**asked, siren=siren, rank=one.rank, level=one.level.value)
        for siren, one in alerts.items()
        if siren not in already
    ]
    if rows:
        Exposure.objects.bulk_create(rows, ignore_conflicts=True)  # shown at once by another page of the same agent
