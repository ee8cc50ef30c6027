"""What the journal records of a list: the companies that were shown or exported, and each alert as it was shown."""

from __future__ import annotations

from collections.abc import Sequence

from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.journal.kinds import EntryKind
from signaux_faibles.web.journal.reading import Shown, record_exposures, record_reading
from signaux_faibles.web.lists.alert_list import AlertList
from signaux_faibles.web.lists.candidate import Candidate
from signaux_faibles.web.request import AgentRequest


def record_list(page: AlertList, reader: Reader, request: AgentRequest) -> None:
    """Record a page of a list before it is sent."""
    companies = [row.candidate for row in page.rows]
    number, snapshot = page.asked.published.number, request.snapshot.manifest.id
    _record(companies, number, reader, request, EntryKind.READING)
    exposures = [Shown(one.alert.siren, one.alert.rank, one.alert.level) for one in companies]
    record_exposures(reader, number, snapshot, exposures)


def record_export(companies: Sequence[Candidate], number: int, reader: Reader, request: AgentRequest) -> None:
    """Record a workbook before it is sent."""
    _record(companies, number, reader, request, EntryKind.EXPORT)


def record_selection(companies: Sequence[Candidate], number: int, reader: Reader, request: AgentRequest) -> None:
    """Record what the filters of a list keep, before something is made of it."""
    _record(companies, number, reader, request, EntryKind.READING)


def _record(
    companies: Sequence[Candidate], number: int, reader: Reader, request: AgentRequest, kind: EntryKind
) -> None:
    families = {Family.DETECTION} | ({Family.URSSAF} if any(one.debts for one in companies) else set())
    detail = {
        "snapshot": request.snapshot.manifest.id,
        "filters": request.GET.urlencode(),
        "sirens": [one.alert.siren for one in companies],
    }
    record_reading(reader, f"liste {number}", families, kind=kind, detail=detail)
