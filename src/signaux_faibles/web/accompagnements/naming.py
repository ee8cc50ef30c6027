"""Finding follow-ups by what their company is called."""

from __future__ import annotations

from django.db.models import QuerySet

from signaux_faibles.snapshot.served.lists import sirens_found
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.models import FollowUp


def named(rows: QuerySet[FollowUp], text: str, snapshot: Snapshot) -> QuerySet[FollowUp]:
    """Those whose siret begins with the digits typed, or whose company the search of the register finds.

    Raises:
        SearchRefused: the search would cost too much; `SearchedTextField` refuses such a text before.
    """
    digits = "".join(text.split())
    if digits.isdigit():
        return rows.filter(siret__startswith=digits)
    return rows.filter(siren__in=sirens_found(snapshot, text, set(rows.values_list("siren", flat=True))))
