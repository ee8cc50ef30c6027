"""The companies that an agent ticked in a list or in the table of follow-ups, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.shortcuts import resolve_url

from signaux_faibles.web.alert_work.forms import MOST_ALERTS
from signaux_faibles.web.request import sent_number

NOBODY = "Cochez une entreprise au moins."
ORIGIN = ("liste", "entreprise", "query")
"""Fields that say where a selection was made: `page_of` reads them, each form passes them on."""
TOO_MANY = f"Au plus {MOST_ALERTS} entreprises à la fois : rien n’est fait, cochez-en moins."


@dataclass(frozen=True)
class Chosen:
    """What was ticked.

    Attributes:
        identifiers: sirens or sirets, once each, in the order of the page; none where the selection is refused.
        back: the address of the page, with its filters.
        refusal: why nothing can be done with the selection; empty when something can.
    """

    identifiers: tuple[str, ...]
    back: str
    refusal: str

    @classmethod
    def of(cls, sent: QueryDict) -> Chosen:
        """Read a form; more companies than an act takes are refused all together, so that none is left out unsaid."""
        ticked = [*sent.getlist("siren"), *sent.getlist("siret")]
        digits = dict.fromkeys(one for one in ticked if one.isdecimal() and len(one) in (9, 14))
        refusal = NOBODY if not digits else TOO_MANY if len(digits) > MOST_ALERTS else ""
        return cls(() if refusal else tuple(digits), page_of(sent), refusal)


def origin_of(sent: QueryDict) -> list[tuple[str, str]]:
    """The fields of a form that say where its selection was made, for the form that follows."""
    return [(name, sent.get(name, "")) for name in ORIGIN if name in sent]


def page_of(sent: QueryDict) -> str:
    """The page of a company, the list of a number, or the follow-ups, with the filters that the form sends back."""
    number, query = sent_number(sent.get("liste", "")), QueryDict(sent.get("query", "")).urlencode()
    company = sent.get("entreprise", "")
    if company.isascii() and company.isdecimal() and len(company) == 9:
        page = resolve_url("company", company)
    else:
        page = resolve_url("follow_ups") if number is None else resolve_url("alert_list", number)
    return f"{page}?{query}" if query else page
