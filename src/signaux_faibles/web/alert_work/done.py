"""What an act did, said once on the page that follows, with the way to undo it: the alerts may have left the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from enum import Enum

from signaux_faibles.snapshot.served.company import Company, company_of
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.request import AgentRequest


class SaidOn(Enum):
    """The kind of page that says what was done, by its key in a session."""

    LIST = "alert_work_on_list"
    COMPANY = "alert_work_on_company"


@dataclass(frozen=True)
class WrittenActs:
    """An act that was written, in a sentence.

    Attributes:
        list_number: the list where it was done.
        undoable: by siren, the version of the state that it made, for whoever wants it back as it was.
        siren: of the company, where it was done on its page; else empty.
    """

    sentence: str
    list_number: int
    undoable: Mapping[str, int] = field(default_factory=dict)
    siren: str = ""


def announce(request: AgentRequest, page: SaidOn, written: WrittenActs) -> None:
    """Keep what was done for the next page of a kind that the agent opens."""
    request.session[page.value] = list(astuple(written))


def announced(request: AgentRequest, page: SaidOn) -> WrittenActs | None:
    """What was done since the last page of a kind was opened; once."""
    return WrittenActs(*request.session.pop(page.value)) if page.value in request.session else None


def done_on_company(request: AgentRequest, reader: Reader) -> tuple[WrittenActs, Company] | None:
    """What was just done on the page of a company, and which; nothing of one whose alert is closed to the agent now."""
    written = announced(request, SaidOn.COMPANY)
    company = company_of(request.snapshot, written.siren) if written else None
    if written is None or company is None:
        return None
    allowed = reader.asking(company.siren, company.active_departments)(Family.DETECTION).allowed
    return (written, company) if allowed else None
