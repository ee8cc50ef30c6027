"""What a company is called: how a page names an establishment, and the follow-ups that a name finds."""

from __future__ import annotations

from django.db.models import QuerySet

from signaux_faibles.snapshot.served.establishments import Site
from signaux_faibles.snapshot.served.lists import sirens_found
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.wording.french import NOT_DISSEMINATED

GONE = "Établissement absent du répertoire"


def name_of(site: Site | None) -> str:
    """The name of the company of an establishment, or why it has none; None is one that the register does not hold."""
    return (site.name or NOT_DISSEMINATED) if site else GONE


def named(rows: QuerySet[FollowUp], text: str, snapshot: Snapshot) -> QuerySet[FollowUp]:
    """Those whose siret begins with the digits typed, or whose company the search of the register finds.

    Raises:
        SearchRefused: the search would cost too much; `SearchedTextField` refuses such a text before.
    """
    digits = "".join(text.split())
    if digits.isdigit():
        return rows.filter(siret__startswith=digits)
    return rows.filter(siren__in=sirens_found(snapshot, text, set(rows.values_list("siren", flat=True))))
