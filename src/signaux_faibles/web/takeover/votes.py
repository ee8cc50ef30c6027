"""Votes on past lists, from the tables of the application in service (application §2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.snapshot.served.lists import PublishedList, levels
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.feedback.models import LONGEST_TEXT, Vote
from signaux_faibles.web.feedback.reasons import UselessReason
from signaux_faibles.web.takeover.identifiers import siren_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.parsed import LeftAside, Plan, UnreadableExport
from signaux_faibles.web.takeover.people import agents_by_address
from signaux_faibles.web.takeover.plain_texts import plain
from signaux_faibles.web.takeover.tables import TableRecord, read_table, table_file

VOTES, REASONS, GIVEN = "company_list_ratings", "rating_reasons", "rating_reasons_ratings"
USEFUL: Mapping[str, bool] = {
    **dict.fromkeys(("t", "true", "1", "oui"), True),
    **dict.fromkeys(("f", "false", "0", "non"), False),
}
_REASONS: Mapping[str, UselessReason] = {folded(one.value): one for one in UselessReason}
Voted = tuple[int, str, int]
"""An account, a siren, a list: what an agent votes on once."""


@dataclass(frozen=True)
class ReadyVote:
    """A vote that can be written; `reasons` are names of `UselessReason`."""

    account: Account
    siren: str
    list_number: int
    useful: bool
    reasons: tuple[str, ...]
    text: str
    at: datetime


def plan_votes(folder: Path, snapshot: Snapshot, lists: Sequence[PublishedList]) -> Plan[ReadyVote]:
    """The votes that can be written: of agents who have an account, on an alert of a list that is published here.

    Agents who voted here on the same alert keep that vote.

    Raises:
        UnreadableExport: the table of votes or one of its columns is not there.
    """
    path = table_file(folder, VOTES) if folder.is_dir() else None
    if path is None:
        raise UnreadableExport(f"{folder} ne contient pas {VOTES}.csv, la table des avis.")
    plan = Plan[ReadyVote]()
    rows = read_table(path, plan.left_aside, required=("siren", "list_name", "user_email", "useful"))
    reasons = _reasons_by_vote(folder, plan.left_aside)
    _Planning(plan, snapshot, lists).add(rows, reasons)
    return plan


def write_votes(plan: Plan[ReadyVote]) -> int:
    """Write the votes that are ready, the oldest first; how many."""
    rows = [Vote(**{name: getattr(one, name) for name in _COLUMNS}, reasons=list(one.reasons)) for one in plan.ready]
    Vote.objects.bulk_create(rows)
    return len(rows)


_COLUMNS = ("account", "siren", "list_number", "useful", "text", "at")


class _Planning:
    def __init__(self, plan: Plan[ReadyVote], snapshot: Snapshot, lists: Sequence[PublishedList]) -> None:
        self._plan, self._snapshot = plan, snapshot
        self._lists = {folded(one.label): one for one in sorted(lists, key=lambda one: one.imported)}
        self._accounts = agents_by_address()
        self._done: set[Voted] = set(Vote.objects.values_list("account", "siren", "list_number"))

    def add(self, rows: Sequence[TableRecord], reasons: Mapping[str, Sequence[str]]) -> None:
        """Plan the votes of a table, by the day on which they were written."""
        alerts = self._alerts(rows)
        for row in rows:
            siren, chosen = siren_of(row["siren"]), self._lists.get(folded(row["list_name"]))
            account, at = self._accounts.get(row["user_email"].lower()), moment(row["created_at"])
            why = self._refusal(row, alerts.get(chosen.number, {}) if chosen else None)
            if why or siren is None or chosen is None or account is None or at is None:
                self._plan.leave(row.where, row["siren"], why)
                continue
            key = (account.pk, siren, chosen.number)
            if key in self._done:
                self._plan.already += 1
                continue
            self._done.add(key)
            useful = USEFUL[row["useful"].lower()]
            recognised, text = _said(row, () if useful else reasons.get(row["id"], ()))
            self._plan.ready.append(ReadyVote(account, siren, chosen.number, useful, recognised, text, at))
        self._plan.ready.sort(key=lambda one: one.at)

    def _alerts(self, rows: Sequence[TableRecord]) -> Mapping[int, Mapping[str, object]]:
        """By list that is voted on, its companies in alert among those of the votes."""
        asked: dict[int, set[str]] = defaultdict(set)
        for row in rows:
            chosen, siren = self._lists.get(folded(row["list_name"])), siren_of(row["siren"])
            if chosen is not None and siren is not None:
                asked[chosen.number].add(siren)
        by_number = {one.number: one for one in self._lists.values()}
        return {number: levels(self._snapshot, by_number[number], sorted(sirens)) for number, sirens in asked.items()}

    def _refusal(self, row: TableRecord, alerts: Mapping[str, object] | None) -> str:
        """Why a vote is left aside; empty where it is not. `alerts`: those of its list; None where it is unknown."""
        siren, at = siren_of(row["siren"]), moment(row["created_at"])
        if siren is None:
            return f"« {row['siren']} » n'est pas un siren."
        if alerts is None:
            return f"La liste « {row['list_name']} » n'est pas publiée ici : reprenez-la d'abord (sf list import)."
        if siren not in alerts:
            return f"L'entreprise n'est pas en alerte dans la liste « {row['list_name']} »."
        if row["user_email"].lower() not in self._accounts:
            return f"{row['user_email'] or 'Cette personne'} n'a pas de compte : un avis ne se donne pas pour un autre."
        if row["useful"].lower() not in USEFUL:
            return f"« {row['useful']} » n'est ni oui ni non."
        if at is None or at > timezone.now():
            return "Aucune date lisible." if at is None else "Date à venir."
        return ""


def _reasons_by_vote(folder: Path, left_aside: list[LeftAside]) -> dict[str, list[str]]:
    """The labels of the reasons of each vote; none where these tables were not exported."""
    tables = [read_table(path, left_aside) if (path := table_file(folder, name)) else [] for name in (REASONS, GIVEN)]
    labels = {row["id"]: row["libelle"] for row in tables[0]}
    reasons: dict[str, list[str]] = defaultdict(list)
    for row in tables[1]:
        if labels.get(row["reason_id"]):
            reasons[row["rating_id"]].append(labels[row["reason_id"]])
    return reasons


def _said(row: TableRecord, labels: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The reasons that are ours, and the text; a reason that is not ours joins the text."""
    recognised = tuple(dict.fromkeys(_REASONS[folded(one)].name for one in labels if folded(one) in _REASONS))
    others = [one for one in labels if folded(one) not in _REASONS]
    parts = [*(f"Raison donnée : {one}." for one in others), " ".join(plain(row["comment"]).split("\n"))]
    return recognised, " ".join(filter(None, parts))[:LONGEST_TEXT]
