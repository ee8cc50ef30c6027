"""The votes of agents on the alerts of past lists, in the tables of the application in service (application §2.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from signaux_faibles.fictitious.agents import words
from signaux_faibles.fictitious.agents.officers import CODEFI, Officers
from signaux_faibles.fictitious.agents.past_lists import MODERATE, Scored, label_of
from signaux_faibles.fictitious.agents.tables import write_rows
from signaux_faibles.fictitious.months import year_of

_VOTED, _USELESS = 5, 3
"""One alert in five gets a vote, and one vote in three says that it was useless; chosen by siren and list [C]."""
_DAY = 18
_RATING = ("id", "siren", "list_name", "user_email", "user_segment", "useful", "comment", "created_at")


def write_votes(folder: Path, lists: Mapping[int, Sequence[Scored]], officers: Officers) -> None:
    """The votes, their reasons, and the list of reasons."""
    votes = list(_votes(lists, officers))
    write_rows(folder / "company_list_ratings.csv", _RATING, votes)
    reasons = [{"id": n, "code": f"R{n}", "libelle": one} for n, one in enumerate(words.REASONS, start=1)]
    write_rows(folder / "rating_reasons.csv", ("id", "code", "libelle"), reasons)
    ratings = [
        {"rating_id": one["id"], "reason_id": int(str(one["id"])) % len(words.REASONS) + 1}
        for one in votes
        if one["useful"] == "f"
    ]
    write_rows(folder / "rating_reasons_ratings.csv", ("rating_id", "reason_id"), ratings)


def _votes(lists: Mapping[int, Sequence[Scored]], officers: Officers) -> Iterator[dict[str, object]]:
    """A vote of the secretary of the CODEFI, where the company has its head office."""
    number = 0
    for origin, companies in sorted(lists.items()):
        for one in sorted(companies, key=lambda one: one.siren):
            if one.risk < MODERATE or one.chance(origin) % _VOTED or one.departement not in officers.region:
                continue
            number += 1
            officer = officers.of(CODEFI, one.departement)
            yield {
                "id": number,
                "siren": one.siren,
                "list_name": label_of(origin),
                "user_email": officer.email,
                "user_segment": officer.segment,
                "useful": "t" if one.chance(origin) // _VOTED % _USELESS else "f",
                "comment": "",
                "created_at": f"{year_of(origin)}-{origin % 12 + 1:02d}-{_DAY} 14:00:00.000000",
            }
